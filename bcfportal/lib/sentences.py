"""Parts of sentences: days, months, lists, numbers with their nouns, nouns with their articles.

Money in words is in ``bcfportal.lib.money``, shares in ``bcfportal.lib.shares``.
"""

from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal

# A word that begins so is said with a vowel; "union" and "one" are not.
_VOWELS = ("a", "e", "i", "o", "un", "up", "ur")
_NOT_SAID_SO = ("eu", "one", "once", "uni")


def day_words(day: date) -> str:
    """The day in words: "14 September 2026"."""
    return f"{day.day} {day:%B %Y}"


def month_words(day: date) -> str:
    """The calendar month of the day in words: "September 2026"."""
    return f"{day:%B %Y}"


def within(label: str) -> str:
    """A label within a sentence: "Balance on 1 April" begins small, and April does not."""
    return f"{label[:1].lower()}{label[1:]}"


def listed(names: Sequence[str]) -> str:
    """Names in a sentence: "A", "A and B", "A, B and C"; "" where there is none."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def counted(number: int | Decimal, singular: str, plural: str = "") -> str:
    """The number and its noun: (1, "return") -> "1 return", (2000, "return") -> "2,000 returns".

    ``many`` is the plural where it is not made with an s.
    """
    return f"{number:,} {noun(number, singular, plural)}"


def noun(number: int | Decimal, singular: str, plural: str = "") -> str:
    """The noun alone, or whatever goes by the number: (2, "is", "are") -> "are"."""
    return singular if number == 1 else plural or f"{singular}s"


def time_words(at: time) -> str:
    """The time of a day: 10:00 -> "10am", 12:55 -> "12:55pm", 12:00 -> "midday"."""
    if at.minute == 0 and at.hour in (0, 12):
        return "midday" if at.hour else "midnight"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes}{'pm' if at.hour >= 12 else 'am'}"


def several(word: str) -> str:
    """The plural of a noun of a council's own: "Purpose" -> "Purposes", "Duty" -> "Duties"."""
    return f"{word[:-1]}ies" if word.endswith("y") else f"{word}s"


def singular(unit: str) -> str:
    """What is counted, of one: "people" -> "person", "brief interventions" -> "brief
    intervention".

    Only a unit of one or two words that is plain a plural is changed; others stay as they are.
    """
    parts = unit.split(" ")
    last = parts[-1]
    if len(parts) > 2 or parts[0] == "per":
        return unit
    if last == "people":
        last = "person"
    elif last.endswith("ies"):
        last = f"{last[:-3]}y"
    elif last.endswith("s") and not last.endswith("ss"):
        last = last[:-1]
    return " ".join((*parts[:-1], last))


def with_article(word: str) -> str:
    """The noun with its article: "outturn" -> "an outturn", "budget" -> "a budget"."""
    lower = word.lower()
    vowel = lower.startswith(_VOWELS) and not lower.startswith(_NOT_SAID_SO)
    return f"{'an' if vowel else 'a'} {word}"
