"""The columns of codes and of amounts, where several can be.

Of a cost centre and an account the codes of the ledger decide: where joined ones are known and no
single one is, they are joined in the same way. Of an actual and an amount, either will do where
they are the same in every row. Else the person is asked once.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from itertools import combinations, permutations

from bcfportal.lib.sentences import listed
from finance.ledger.asking import Kind, Questions
from finance.ledger.cells import plain, quoted, read_words
from finance.ledger.headings import AMOUNT, CODE, Heading
from finance.ledger.known import KnownCodes
from finance.ledger.reading import Row

_SIGNS = ("-", "", "/", ".", " ", "_", ":")
_EXAMPLES = 2
_SUBJECT = 80
# Signs between the columns, and which of the columns of the heading, in order: "-|0,1".
Way = str


def _way(sign: str, which: Iterable[int]) -> Way:
    return f"{sign}|{','.join(map(str, which))}"


def _which(way: Way) -> tuple[str, list[int]]:
    sign, _, which = way.partition("|")
    return sign, [int(place) for place in which.split(",")]


def subject_of(heading: Heading) -> str:
    """What a question about the columns of this heading is about."""
    return " and ".join(_titles(heading))[:_SUBJECT]


def _titles(heading):
    return [heading.titles[place] for place in heading.several[CODE]]


class CodeColumns:
    """Notes what the rows of a file say of their code columns, and joins them."""

    def __init__(self, by_ledger: dict[str, Way] | None = None) -> None:
        """``by_ledger`` is how the codes of the ledger are made, where that is found already."""
        self.by_ledger = by_ledger or {}
        self._headings: dict[str, Heading] = {}
        self._examples: dict[str, list[list[str]]] = {}
        # How many rows make a code that the ledger has, by the way of making it.
        self._known: dict[str, Counter[Way]] = {}
        self.open: set[str] = set()

    def note(self, heading: Heading, parts: list[str], known: KnownCodes) -> None:
        """Takes the parts of a row's code, blank ones too."""
        subject = subject_of(heading)
        self._headings.setdefault(subject, heading)
        examples = self._examples.setdefault(subject, [])
        if len(examples) < _EXAMPLES and all(parts) and parts not in examples:
            examples.append(parts)
        ways = self._known.setdefault(subject, Counter())
        for number in range(1, len(parts) + 1):
            for which in permutations(range(len(parts)), number):
                for sign in _SIGNS if number > 1 else ("",):
                    if sign.join(parts[place] for place in which) in known:
                        ways[_way(sign, which)] += 1

    def decided(self) -> dict[str, Way]:
        """By the ledger's codes, for each heading that they decide; the others are asked about."""
        return self.by_ledger | {
            subject: next(iter(ways))
            for subject, ways in self._known.items()
            if subject in self.open and len(ways) == 1 and "," in next(iter(ways))
        }

    def code(self, heading: Heading, parts: list[str], way: Way) -> str:
        """The code in this way. Raises ValueError where a part of it is blank."""
        sign, which = _which(way)
        titles = _titles(heading)
        for place in which:
            if not parts[place]:
                raise ValueError(f"there is no {titles[place]}. Enter it, or leave the row out.")
        return sign.join(parts[place] for place in which)

    def options(self, subject: str) -> list[tuple[Way, str]]:
        """The ways to make a code: those that the ledger has, all joined, some, and each alone."""
        titles = _titles(self._headings[subject])
        numbers = range(len(titles))
        ways = dict.fromkeys(way for way, _ in self._known[subject].most_common())
        for number in range(len(titles), 1, -1):
            ways |= dict.fromkeys(_way("-", which) for which in combinations(numbers, number))
        ways |= dict.fromkeys(_way("", [number]) for number in numbers)
        return [(way, self._words(subject, titles, way)) for way in ways]

    def _words(self, subject, titles, way):
        sign, which = _which(way)
        made = listed([sign.join(parts[at] for at in which) for parts in self._examples[subject]])
        name = listed([titles[at] for at in which])
        said = f"{name} {'together' if len(which) > 1 else 'alone'}"
        in_ledger = ", as the ledger has it" if way in self._known[subject] else ""
        return f"{said}: {made}{in_ledger}" if made else said

    def remarks(self) -> list[str]:
        """What was made of the columns by the codes of the ledger, in sentences."""
        return [
            f"The code is made of {self._words(subject, _titles(self._headings[subject]), way)}."
            for subject, way in self.by_ledger.items()
            if subject in self._headings
        ]


def parts_of(heading: Heading, cells: list, read: Callable[[object], str]) -> list[str]:
    """The texts of a row's code columns, "" where a cell is blank."""
    places = heading.several[CODE]
    values = [cells[place] if place < len(cells) else None for place in places]
    return ["" if value is None else read(value) for value in values]


class AmountColumns:
    """Finds the column of each row's amount by the answer, and asks while there is none."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        # By the words of the heading: a few amounts of each column, and the heading as answered.
        self._examples: dict[str, list[list[str]]] = {}
        self._answered: dict[tuple[str, str], Heading] = {}

    def chosen(self, row: Row) -> tuple[Row, bool]:
        """The row with one column for its amount, and whether that waits for an answer."""
        heading = row.heading
        if heading is None or AMOUNT not in heading.several:
            return row, False
        places = heading.several[AMOUNT]
        titles = [heading.titles[place] for place in places]
        subject = " and ".join(titles)[:_SUBJECT]
        answer = self._questions.answer(Kind.AMOUNT, subject)
        if self._differ(subject, row, places):
            question = self._questions.ask(Kind.AMOUNT, subject, None, about=listed(titles))
            question.options = self._options(subject, places, titles)
            if answer not in dict(question.options):
                return row, True
        if answer not in map(str, places):
            return row, False
        key = (subject, answer)
        if key not in self._answered:
            self._answered[key] = replace(heading, places=heading.places | {AMOUNT: int(answer)})
        return replace(row, heading=self._answered[key]), False

    def _differ(self, subject: str, row: Row, places: tuple[int, ...]) -> bool:
        cells = [plain(row.cells[place]) if place < len(row.cells) else None for place in places]
        if all(cell == cells[0] for cell in cells):
            return False
        examples = self._examples.setdefault(subject, [])
        if len(examples) < _EXAMPLES:
            examples.append([quoted(read_words(cell)) or "nothing" for cell in cells])
        return True

    def _options(
        self, subject: str, places: tuple[int, ...], titles: list[str]
    ) -> list[tuple[str, str]]:
        examples = self._examples[subject]
        return [
            (str(place), f"{titles[at]}: {listed([amounts[at] for amounts in examples])}")
            for at, place in enumerate(places)
        ]
