"""What is asked about the words beside the names of a block, and what the answers make of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bcfportal.lib.pasting.around import is_footnote
from bcfportal.lib.pasting.grids import WHOLE, Grid
from bcfportal.lib.pasting.layout import Layout, Line
from bcfportal.lib.pasting.meaning import OUT
from bcfportal.lib.pasting.names import fold, shortened
from bcfportal.lib.pasting.result import Question, Reading
from bcfportal.lib.pasting.said import AROUND, NAME, Beside, Said

# The words say nothing of which figure the line holds.
ROW = "row"
_NOTHING = "Nothing more: they are the figures that are asked for here"
# Of so many words of a column each is asked about; of more, all at once.
MOST_WORDS = 6
_SHOWN = 3
_CODE = re.compile(r"([^\W\d_]{1,6}[./-]?)\d{1,4}[a-z]?", re.ASCII)


@dataclass(frozen=True)
class _Word:
    field: str
    # The words that one question is about, as they are printed.
    texts: tuple[str, ...]
    column: int


class Wording:
    """The words of a block's lines, with what a person answered about those that are not known."""

    def __init__(
        self, layout: Layout, grid: Grid, answers: Mapping[str, str], reading: Reading
    ) -> None:
        self.layout, self.grid, self.answers, self.reading = layout, grid, answers, reading
        beside = Beside(layout, grid)
        # Units in words that are said of all figures.
        self.units = beside.around.units
        reading.left_out += [
            f"“{shortened(text)}” is a note below the figures: it goes into no box."
            for text in beside.around.footnotes
        ]
        # The columns of words that say which figures stand beside them.
        self.columns = beside.columns
        self._said = {line.number: beside.of(line) for line in layout.body if line.filled}
        self._find_parts()
        self._words = self._of_columns()

    def of(self, line: Line) -> Said:
        """What the line's words say, with what was answered; ``unknown`` is what was not."""
        said = self._said.get(line.number, Said())
        unknown = []
        for column, text in said.unknown:
            answer = self.answers.get(self._words[column, fold(text)].field, "")
            what, _, key = answer.partition("|")
            if answer not in dict(self._options()) and (column, answer) != (AROUND, ROW):
                unknown.append((column, text))
            elif answer == OUT:
                said = replace(said, out="you said so")
            elif what == "part":
                said = replace(said, part=key)
            elif what == "column":
                said = replace(said, column=key)
        return replace(said, unknown=tuple(unknown))

    def ask(self, name: str, said: Said) -> None:
        """Asks about the words that are not known, each once."""
        for column, text in said.unknown:
            word = self._words[column, fold(text)]
            if all(question.field != word.field for question in self.reading.questions):
                options = self._options()
                if column == AROUND:
                    others = [pair for pair in options if pair[0] != ROW]
                    others = others[-1:] if is_footnote(text) else others
                    options = [(ROW, _NOTHING), *others]
                self.reading.questions.append(Question(word.field, self._asks(name, word), options))

    def leave_out(self, name: str, said: Said, why: str) -> None:
        """Says that a line is left out, with its words."""
        beside = "".join(f", “{shortened(text, 40)}”," for text in said.printed)
        self.reading.left_out.append(
            f"“{shortened(name)}”{beside} is left out: {why[:1].lower()}{why[1:].rstrip('.')}."
        )

    def _find_parts(self) -> None:
        """Words that may name a part do, where another line of the row has another word there."""
        together: dict[object, list[int]] = {}
        for line in self.layout.body:
            if said := self._said.get(line.number):
                doubted = {text for _, text in (*said.perhaps, *said.unknown)}
                sure = tuple(fold(text) for text in said.printed if text not in doubted)
                names = [line.name] if line.name else map(line.get, self.layout.names)
                rows = tuple(self.grid.called(name) or fold(name) for name in names)
                together.setdefault((rows, sure), []).append(line.number)
        for numbers in together.values():
            texts: dict[int, set[str]] = {}
            for number in numbers:
                said = self._said[number]
                for column, text in (*said.perhaps, *said.unknown):
                    texts.setdefault(column, set()).add(fold(text))
            for number in numbers:
                said = self._said[number]
                if any(len(texts[column]) > 1 for column, _ in said.perhaps):
                    self._said[number] = said.as_part()

    def _of_columns(self) -> dict[tuple[int, str], _Word]:
        """The questions about words, by column and folded word."""
        by_column: dict[int, dict[str, tuple[int, str]]] = {}
        for number, said in self._said.items():
            for column, text in said.unknown:
                by_column.setdefault(column, {}).setdefault(fold(text), (number, text))
        questions = {}
        for column, several in by_column.items():
            texts = tuple(text for _, text in several.values())
            place = "name" if column == NAME else column + 1
            together = _Word(f"words-{place}", texts, column)
            for folded, (number, text) in several.items():
                alone = _Word(f"word-{place}-{number}", (text,), column)
                at_once = len(texts) > MOST_WORDS or _are_serial(texts)
                questions[column, folded] = together if at_once else alone
        return questions

    def _asks(self, name: str, word: _Word) -> str:
        quoted = ", ".join(f"“{shortened(text, 40)}”" for text in word.texts[:_SHOWN])
        if word.column == AROUND:
            if is_footnote(word.texts[0]):
                return f"Below the figures stands {quoted}. Are they what is asked for here?"
            return f"What does {quoted} say of the figures? These words are not known here."
        if len(word.texts) > 1:
            head = self.layout.heads.get(word.column)
            place = self.layout.column_at(word.column).casefold()
            column = f"under “{shortened(head.text)}”" if head else f"in {place}"
            column = "in brackets behind the names" if word.column == NAME else column
            return (
                f"Which figures stand beside {quoted}{_and_more(word.texts)} {column}? "
                "These words are not known here."
            )
        if word.column == NAME:
            return (
                f"What is {quoted}, behind the name in “{shortened(name)}”? It is not known here."
            )
        return f"What is {quoted}, beside “{shortened(name)}”? It is not known here."

    def _options(self) -> list[tuple[str, str]]:
        grid = self.grid
        options = [(f"part|{part.key}", part.label) for part in grid.parts if part.key != WHOLE]
        if not options or any(part.key == WHOLE for part in grid.parts):
            whole = "The whole: " if options else ""
            options = [(ROW, f"{whole}it is the figure of the row itself".capitalize()), *options]
        if grid.default:
            options += [
                (f"column|{column.key}", column.label)
                for column in grid.columns
                if column.key != grid.default and not column.of_words
            ]
        return [*options, (OUT, "Leave it out")]


def _and_more(texts: Sequence[str]) -> str:
    return f" and {len(texts) - _SHOWN} more" if len(texts) > _SHOWN else ""


def _are_serial(texts: Sequence[str]) -> bool:
    """Whether the words are codes in a series: KPI1, KPI2."""
    codes = [_CODE.fullmatch(text) for text in texts]
    starts = {code[1].casefold() if code else text for code, text in zip(codes, texts, strict=True)}
    return len(texts) > 1 and len(starts) == 1
