"""The source documents, where they lie beside the checkout, sentence by sentence.

They are plain text taken from PDFs: tables became cells with tabs between them, cells cut words in
two or printed letters twice, rows lost their beginnings and ends. So sentences are compared by
their letters and digits only, and the letters next to a tab are not compared.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import yaml
from django.conf import settings

FIXTURES = Path(settings.BASE_DIR) / "fixtures"
FOLDER = Path(settings.BASE_DIR).parent / "shared" / "seeds"
COUNCILS = {
    "000": "nottinghamshire",
    "001": "nottinghamshire",
    "002": "nottinghamshire",
    "003": "nottinghamshire",
    "004": "norfolk",
}
WORDS = 8
_HEADS = (
    r"(?:Title|£ Total|Description|Rationale|Method|Finance|Outcome Measures|Outcome|Measures"
    r"|Performance|Rating):?(?=\t|$)"
)
_LEADS = (
    r"^\W*(?:o )?(?:\d{1,2}(?:\. ?\d{1,2})*[.)]? |(?:Green|Amber|Red) [–-] "
    r"|\(?[a-z](?:\)[.:]?|\.) )?"
)
# The end of a sentence, a bullet, or an empty line, a head of a table (both written \0 below).
_ENDS = r"(?<=[.!?;:])[’'\"”)]*\s+(?=[A-Z0-9‘'\"“(χ+])|\s[•~·]\s|\n *- |[\uf0b7\uf0a7\uf0d8]|\0|$"


@dataclass(frozen=True)
class Sentence:
    """Eight words or more of a document, with the number of the line that they begin on."""

    seed: str
    line: int
    text: str

    @property
    def words(self) -> str:
        """As one line."""
        return " ".join(re.sub(r"</?[a-z][^>]*>", "", self.text).split())


def sentences(seed: str, text: str) -> Iterator[Sentence]:
    """The sentences of eight words or more, in the order of the document."""
    whole, lines = "", []
    for number, line in enumerate(text.replace("\u00ad", "").splitlines(), 1):
        line = re.sub(_HEADS, "\0", line) + " \n" if line.strip() else "\0"
        whole += line
        lines += [number] * len(line)
    start = 0
    for end in re.finditer(_ENDS, whole):
        part = whole[start : end.start()]
        first = start + len(part) - len(part.lstrip())
        if len(re.findall(r"[^\W\d_][\w'’-]*", part)) >= WORDS:
            yield Sentence(seed, lines[first], part.strip())
        start = end.end()


def fold(text: str) -> str:
    """The letters and digits of a text, small, without accents, mark-up and spaces."""
    text = unicodedata.normalize("NFKD", re.sub(r"</?[a-z][^>]*>", "", text)).lower()
    return re.sub(r"[^a-z0-9χ£%]", "", text)


class Held:
    """All texts of a council's fixtures."""

    def __init__(self, council: str):
        files = sorted((FIXTURES / council).glob("*.yaml"))
        loaded = (yaml.load(file.read_text(), Loader=yaml.CSafeLoader) for file in files)
        self._texts = [text for records in loaded for text in _texts(records)]

    @cached_property
    def letters(self) -> str:
        return "|".join(map(fold, self._texts))

    def holds(self, sentence: Sentence) -> bool:
        """Whether a fixture holds it, but for a number or colour before it and what tabs broke."""
        text = re.sub(_LEADS, "", sentence.text)
        if fold(text) in self.letters:
            return True
        cells = [fold(cell) for line in text.split("\n") for cell in line.split("\t")]
        cells = [cell for cell in cells if cell]
        return all(cell in self.letters for cell in cells) or (
            len(cells) > 1 and bool(re.search(_across(cells), self.letters))
        )

    def share(self, sentence: Sentence) -> float:
        """The share of its runs of four words that a fixture holds, from 0 to 1."""
        words = [word for word in map(fold, sentence.words.split()) if word]
        runs = ["".join(words[at : at + 4]) for at in range(len(words) - 3)]
        return sum(run in self.letters for run in runs) / max(len(runs), 1)


def _across(cells):
    """A pattern of the cells one after the other, without the letters next to each break."""
    parts = [
        re.escape(cell[3 if place else 0 : None if place == len(cells) - 1 else -3])
        for place, cell in enumerate(cells)
    ]
    return r"[^|]{0,7}".join(parts)


def _texts(value):
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif value is not None:
        yield str(value)
