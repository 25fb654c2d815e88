"""Whether the amounts of a file have a point or a comma between pounds and pence.

The amounts that can mean one thing decide for those that can mean two, 2.500 and 2,500. Where they
do not, the person is asked once for the file.
"""

from dataclasses import dataclass, field

from bcfportal.lib.sentences import listed, noun
from bcfportal.lib.spreadsheets.refusals import at
from bcfportal.lib.text.decimal_marks import COMMA, EITHER, POINT, by_comma, mark_of
from bcfportal.lib.text.typed_numbers import read_number
from finance.ledger.reading import Row

# Neither is known: rows whose amounts can be either wait for an answer.
OPEN = ""
_EXAMPLES = 2


@dataclass
class AmountMarks:
    """What the amounts of a file say of their marks, and by which mark they are read."""

    mark: str = POINT
    # Whether the person has to say, or has said, which it is.
    asks: bool = False
    # The first amounts with a point, with a comma and with what can be either: (place, text).
    examples_of: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    # Whether one of those that can be either has a point: 2.500 is not how Britain writes pounds.
    has_three_places: bool = False

    def note(self, row: Row, value: object) -> str:
        """Notes an amount; says whether it has a point, a comma or what can be either."""
        kind = mark_of(value) if isinstance(value, str) else ""
        if kind and isinstance(value, str):
            examples, text = self.examples_of.setdefault(kind, []), " ".join(value.split())
            if len(examples) < _EXAMPLES and text not in [other for _, other in examples]:
                examples.append((at(row.sheet, row.number), text))
            self.has_three_places |= kind == EITHER and "." in text
        return kind

    def decided(self, *, semicolons: bool, answer: str) -> "AmountMarks":
        """The marks by which all amounts are to be read, once all are noted."""
        has_point, has_comma = POINT in self.examples_of, COMMA in self.examples_of
        if has_point != has_comma:
            return AmountMarks(COMMA if has_comma else POINT)
        # Programs that write a comma before the pence have semicolons between cells.
        if EITHER in self.examples_of and (has_comma or semicolons or self.has_three_places):
            mark = answer if answer in (POINT, COMMA) else OPEN
            return AmountMarks(mark, True, self.examples_of, self.has_three_places)
        return AmountMarks(POINT)

    def options(self) -> list[tuple[str, str]]:
        """The answers, each with what it would make of two amounts."""
        texts = [text for _, text in self.examples_of[EITHER][:_EXAMPLES]]
        by_point = [f"{text} is {_pounds(text)}" for text in texts]
        with_comma = [f"{text} is {_pounds(by_comma(text))}" for text in texts]
        return [(POINT, f"A point: {listed(by_point)}"), (COMMA, f"A comma: {listed(with_comma)}")]

    @property
    def quoted(self) -> str:
        """The amounts that the question is about."""
        return listed([text for _, text in self.examples_of[EITHER]])

    def remarks(self) -> list[str]:
        """What there is to say of the marks, in sentences."""
        point, comma = self.examples_of.get(POINT), self.examples_of.get(COMMA)
        if comma and point:
            return [
                f"Amounts have a comma before the pence in one place and a point in another: "
                f"{_said(comma)}, {_said(point)}. Each was read as it stands. Look at both."
            ]
        if not comma:
            return []
        said = f"Amounts have a comma before the pence: {_said(comma)}."
        texts = [text for _, text in self.examples_of.get(EITHER, [])]
        read = listed([f"{text} as {_pounds(by_comma(text))}" for text in texts])
        return [f"{said} So {read} {noun(len(texts), 'was', 'were')} read." if texts else said]


def _said(examples: list[tuple[str, str]]) -> str:
    place, text = examples[0]
    return f"{text} in {place[0].lower()}{place[1:]}"


def _pounds(text: str) -> str:
    number = read_number(text)
    if number is None:
        return text
    minus = "-" if number < 0 else ""
    return f"{minus}£{abs(number):,.{max(2, -int(number.as_tuple().exponent))}f}"
