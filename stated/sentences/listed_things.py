"""How many things a sentence says that it lists, and how many it lists."""

import re
from collections.abc import Iterator

from bcfportal.lib.sentences import counted
from bcfportal.lib.text.numbers_in_words import Number
from stated.rules import Qualifier
from stated.sentences.reading import Sentence, Slip

# Nobody counts more things than these before listing them.
_MOST = 12
# An item with more words is a clause, in which commas do more than part items.
_MOST_WORDS = 5
# The noun of what is listed ends the clause before the colon.
_BEFORE_COLON = re.compile(
    r"(?:[ -][A-Za-z’'-]+){0,3}?[ -][A-Za-z’'-]+s(?: (?:are|were|is|as follows|are as follows|have"
    r" been (?:set|agreed)|were agreed|of work|(?:to|of|for|in) (?:the|our|this) [a-z]+))? ?: ",
    re.IGNORECASE,
)
_AND = re.compile(r"\b(?:and|or|plus|&)\b", re.IGNORECASE)
_SOME = re.compile(r"\b(?:includ\w+|such as|for example|e\.g|among|etc|both)\b", re.IGNORECASE)


def things_apart(sentence: Sentence) -> Iterator[Slip]:
    """A number of things that a list behind a colon has more or fewer of.

    Semicolons keep the items apart, or commas where no item has "and" within; a list with figures
    of its own is none of things.
    """
    head, colon, items = sentence.text.partition(": ")
    if not colon or re.search(r"\d", items) or _SOME.search(sentence.text):
        return
    before = [number for number in sentence.counts if number.end <= len(head)]
    if not before or any(number.start > len(head) for number in sentence.figures):
        return
    said = before[-1]
    if not _counts_things(sentence, said):
        return
    number = _items(items)
    if number and number != said.number:
        yield Slip(
            sentence.text,
            said.written,
            f"{counted(number, 'thing')} listed",
            f"apart by {abs(number - int(said.number))}",
        )


def _counts_things(sentence: Sentence, said: Number) -> bool:
    return (
        1 < said.number <= _MOST
        and not (said.is_pounds or said.has_decimals)
        and sentence.qualifier(said) == Qualifier.EXACT
        and bool(_BEFORE_COLON.match(sentence.after(said)))
    )


def _items(items: str) -> int:
    """How many items a list has; 0 where that is not plain."""
    if ";" in items:
        return len([item for item in items.split(";") if item.strip(" .")])
    parts = [part.strip(" .") for part in items.split(",")]
    pieces = [*parts[:-1], *_AND.split(parts[-1])]
    if len(parts) < 2 or any(len(part.split()) > _MOST_WORDS for part in pieces):
        return 0
    # "a, b and c": the last two are joined, and no other.
    joined = [len(_AND.findall(part)) for part in parts]
    if any(joined[:-1]) or joined[-1] != 1 or ":" in items or ". " in items:
        return 0
    opens = _AND.match(parts[-1])
    return len(parts) if opens else len(parts) + 1
