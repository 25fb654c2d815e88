"""What a measure's name says: what it counts, and which of them."""

import re
from dataclasses import dataclass

from stated.sentences.reading import words_of

_NUMBER_OF = re.compile(
    r"^(?:the )?(?:total )?(?:number|no\.|count|percentage|per ?cent|proportion|share|rate|%|value"
    r"|amount)(?: \(?%\)?)? of (?:the )?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[A-Za-z&][A-Za-z’'&]*")
# A noun ends before these, and which of them it counts begins.
_WHICH = words_of(
    "who that which with to in of by from using still at on for where whose receiving living into"
    " during within after before without over aged between against per waiting under through and"
)
SMALL_WORDS = words_of(
    "the a an and or of in on at by to for with from who that which were was are is be been has"
    " have"
    " their its our all any this it into as per during within after before period quarter month"
    " year"
    " number total people's time"
)
# Verbs of which one form is not made from another.
_FORMS = {
    "used": "use",
    "using": "use",
    "uses": "use",
    "spent": "spend",
    "spending": "spend",
    "expenditure": "spend",
    "spends": "spend",
    "saved": "saving",
    "savings": "saving",
    "saves": "saving",
    "save": "saving",
    "made": "make",
    "given": "give",
    "gave": "give",
    "seen": "see",
    "saw": "see",
    "held": "hold",
    "taken": "take",
    "took": "take",
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
}
_PAST = frozenset(
    [
        "made",
        "given",
        "seen",
        "held",
        "taken",
        "sent",
        "met",
        "left",
        "kept",
        "won",
        "built",
        "found",
    ]
)
_ENDINGS = ("ations", "ation", "ions", "ion", "ings", "ing", "ments", "ment", "ed", "es", "s", "al")
_SHORTEST = 4


def root(word: str) -> str:
    """What a word has in common with its other forms: "support" of "supported", "supporting"."""
    word = word.lower().replace("’", "'").removesuffix("'s").rstrip("'")
    word = _FORMS.get(word, word)
    if word.endswith("ies") and len(word) > _SHORTEST:
        return f"{word[:-3]}y"
    for ending in _ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= _SHORTEST - (ending in ("s", "ed", "ing")):
            word = stem
            break
    if len(word) > _SHORTEST and word[-1] == word[-2] and word[-1] not in "ls":
        word = word[:-1]
    return word[:-1] if word.endswith("e") and len(word) > _SHORTEST else word


def same(first: str, second: str) -> bool:
    """Whether two words are forms of one."""
    return root(first) == root(second)


@dataclass(frozen=True)
class Named:
    """``nouns`` are what a measure counts, "home", "visits"; ``rest`` says which of them."""

    nouns: tuple[str, ...]
    rest: tuple[str, ...]
    # A verb is said in many ways: "saw", "helped" and "supported" people.
    verbs: frozenset[str]
    terms: tuple[str, ...]

    @property
    def all(self) -> set[str]:
        """The roots of its words."""
        return {root(word) for word in self.terms}

    def is_named_by(self, said: str, *, nouns_too: bool = False) -> bool:
        """Whether words say which of them: all but the verb, and the verb where it is alone."""
        roots = {root(word) for word in _WORD.findall(said)} | self._meant_by_initials(said)
        needed = {root(word) for word in self.rest if word not in self.verbs}
        if nouns_too and not roots & {root(noun) for noun in self.nouns}:
            return False
        if not needed <= roots:
            return False
        if needed or len(self.nouns) > 1 or nouns_too:
            return True
        return bool(roots & {root(word) for word in self.rest})

    def is_all_said_by(self, said: str) -> bool:
        """Whether words say the whole name, and hardly anything more."""
        own = {root(noun) for noun in self.nouns}
        own |= {root(word) for word in self.rest if word not in self.verbs}
        roots = {root(word) for word in _WORD.findall(said) if word.lower() not in SMALL_WORDS}
        roots |= self._meant_by_initials(said)
        return bool(own) and own <= roots and len(roots - self.all) <= 1

    def _meant_by_initials(self, said: str) -> set[str]:
        """The words that a short name in capitals stands for: "SPA" for "single point of"
        " access"."""
        terms = [word for word in self.terms if word.lower() not in ("the", "a")]
        meant: set[str] = set()
        for short in re.findall(r"\b[A-Z]{2,6}s?\b", said):
            letters = short.rstrip("s").lower()
            for kept in (terms, [word for word in terms if word.lower() not in SMALL_WORDS]):
                initials = "".join(word[0].lower() for word in kept)
                place = initials.find(letters)
                if place >= 0:
                    meant |= {root(word) for word in kept[place : place + len(letters)]}
        return meant


def named(name: str, unit: str) -> Named:
    """A measure's name, read: the noun it counts, and what says which."""
    short = re.sub(r" ?\([^)]*\)", "", _NUMBER_OF.sub("", name.strip()))
    terms = tuple(_WORD.findall(short))
    nouns: list[str] = []
    ends = len(terms)
    for place, word in enumerate(terms):
        if nouns and (word.lower() in _WHICH or _is_verb(word)):
            ends = place
            break
        if word.lower() not in ("the", "a", "all"):
            nouns.append(word)
    rest = tuple(word for word in terms[ends:] if word.lower() not in SMALL_WORDS)
    if unit == "£":
        money = {"spend", "saving", "cost", "incom", "valu", "underspend", "overspend"}
        nouns = [noun for noun in nouns if root(noun) in money] or nouns
    verbs = frozenset(word for word in rest if _is_verb(word))
    return Named(tuple(nouns), rest, verbs, terms)


def _is_verb(word: str) -> bool:
    low = word.lower()
    return low in _PAST or (low.endswith(("ed", "ing")) and len(low) > _SHORTEST)
