"""Accessible PDFs: a Typst template and plain data in, a tagged PDF/UA-1 out.

Texts travel as data and are never read as markup, so they come out as they were typed. The same
template, data and date give the same bytes.
"""

import re
import unicodedata
from datetime import UTC, date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import msgspec
import typst
from django.conf import settings
from fontTools.ttLib import TTFont

from bcfportal.lib.text.bullets import with_plain_bullets

# Typst keeps what it worked out for its next ten compilations, so that ten different reports hold
# 700 MB. Blank pages before each paper make it forget sooner: it then holds two, in 300 MB.
BLANKS = 4
# What stands where a character has no glyph in any of our fonts.
MISSING = "□"
# Soft hyphen, joiners, directions, variations and tags: they have no glyph and need none, for
# they shape what is beside them.
SHAPING = (
    range(0x00AD, 0x00AE),
    range(0x200B, 0x2010),
    range(0x202A, 0x202F),
    range(0x2060, 0x2070),
    range(0xFE00, 0xFE10),
    range(0xE0020, 0xE0080),
)
_SHAPERS = re.compile(
    "[" + "".join(f"{chr(codes.start)}-{chr(codes.stop - 1)}" for codes in SHAPING) + "]+"
)
TEXT_FONT = "SourceSans3-*.ttf"
# Each stands for the letters that the text font has not.
OTHER_FONTS = (
    "NotoEmoji_*.ttf",
    "NotoSansArabic_*.ttf",
    "NotoSansBengali_*.ttf",
    "NotoSansGurmukhi_*.ttf",
    "NotoSansSC_*.ttf",
)


class TypesettingError(Exception):
    """A paper could not be made. The message says which, and what Typst found."""


def typeset(template: str, data: object, *, dated: date) -> bytes:
    """The PDF of ``template``, a file of ``templates/pdf/``, with ``data``, which it reads as JSON.

    ``dated`` is the date that the document bears. Raises TypesettingError where the template
    cannot be compiled or the result would not be PDF/UA-1.
    """
    folder = settings.BASE_DIR / "templates" / "pdf"
    noon = datetime(dated.year, dated.month, dated.day, 12, tzinfo=UTC)
    fonts = _fonts(settings.PDF_FONTS)
    try:
        for _ in range(BLANKS):
            typst.compile(b"", font_paths=fonts, ignore_system_fonts=True)
        pdf = typst.compile(
            folder / template,
            root=folder,
            font_paths=fonts,
            ignore_system_fonts=True,
            sys_inputs={"data": msgspec.json.encode(printable(data)).decode()},
            pdf_standards=["ua-1"],
            timestamp=noon,
        )
    except (typst.TypstError, RuntimeError, OSError) as error:
        hints = " ".join(getattr(error, "hints", None) or ())
        raise TypesettingError(f"{template} could not be typeset. {error} {hints}") from error
    return mark_row_heads(pdf)


def printable(data: object) -> object:
    """``data`` as plain dicts, lists and values, its texts fit for our fonts.

    A character that no font has would make the PDF break its standard: it becomes MISSING.
    Control characters go; every kind of line break is a newline, and a tab is a space. What shapes
    the letter before it stays with letters of the other fonts only: letters of the text font are
    not shaped, and with one such mark every "1" of a paper would be copied and searched as a "1"
    with the mark behind it.
    """
    return _walk(msgspec.to_builtins(data), _glyphs(settings.PDF_FONTS))


def unprinted(text: str) -> str:
    """The letters of the text in whose place papers print MISSING, each once, in their order."""
    glyphs = _glyphs(settings.PDF_FONTS)
    letters = dict.fromkeys(letter for letter in text if letter != MISSING)
    return "".join(letter for letter in letters if glyphs[ord(letter)] == MISSING)


def _walk(value: Any, glyphs: "_Glyphs") -> Any:
    if isinstance(value, str):
        return glyphs.without_shapers(value.replace("\r\n", "\n").translate(glyphs))
    if isinstance(value, list | tuple):
        return [_walk(member, glyphs) for member in value]
    if isinstance(value, dict):
        return {key: _walk(member, glyphs) for key, member in value.items()}
    return value


class _Glyphs(dict):
    """A table for str.translate that looks each character up once.

    What can be printed is in every text font or in one of the others. Those take a tenth of a
    second to read, and are not read where the text fonts have all letters.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.in_text = set.intersection(*(font_characters(path) for path in folder.glob(TEXT_FONT)))

    @cached_property
    def in_others(self) -> set[int]:
        paths = (path for pattern in OTHER_FONTS for path in self.folder.glob(pattern))
        return set().union(*map(font_characters, paths))

    def without_shapers(self, text: str) -> str:
        """``text`` without the unseen marks behind letters of the text font, or behind nothing."""

        def kept(marks: re.Match[str]) -> str:
            before = text[marks.start() - 1] if marks.start() else " "
            return "" if before.isspace() or ord(before) in self.in_text else marks[0]

        return _SHAPERS.sub(kept, text)

    def __missing__(self, code: int) -> str:
        self[code] = self._replacement(code)
        return self[code]

    def _replacement(self, code: int) -> str | None:
        character = chr(code)
        if character in "\n\r\v\f\x85\u2028\u2029":
            return "\n"
        if character == "\t":
            return " "
        if (bullet := with_plain_bullets(character)) != character:
            return bullet
        # U+FEFF is a byte order mark that strayed into the text: the standard forbids it.
        if unicodedata.category(character) == "Cc" or character == "\ufeff":
            return None
        if code in self.in_text or any(code in codes for codes in SHAPING):
            return character
        return character if code in self.in_others else MISSING


@cache
def _fonts(folder: Path) -> typst.Fonts:
    """The fonts, read once in each process. Raises TypesettingError where there are none."""
    if not all(any(folder.glob(pattern)) for pattern in (TEXT_FONT, *OTHER_FONTS)):
        raise TypesettingError(f"The fonts of the papers are not in {folder}. Run `make build`.")
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


@cache
def _glyphs(folder: Path) -> _Glyphs:
    """The characters that can be printed, where all fonts are there."""
    _fonts(folder)
    return _Glyphs(folder)


def font_characters(path: Path) -> set[int]:
    """The code points that a TrueType font has glyphs for, by its best Unicode table."""
    with TTFont(path, lazy=True) as font:
        return set(font.getBestCmap())


# Elements of the tag tree as Typst writes them: strong text, and a cell.
_STRONG = re.compile(rb"\n(\d+) 0 obj\n<</Type/StructElem/S/Strong/")
_CELL = re.compile(
    rb"\n\d+ 0 obj\n<</Type/StructElem/S/TD/P (?P<row>\d+) 0 R[^\n]*/K\[(?P<inside>[^\]\n]*)\]"
)
_HEADS = re.compile(rb"/Headers\[[^\]]+\]")


def mark_row_heads(pdf: bytes) -> bytes:
    """``pdf`` with the table cells that hold strong text and nothing else tagged as row heads.

    Typst has a function for this (pdf.header-cell) that its Python package does not switch on.
    The tag tree is plain text in the file, and the words for a row head are shorter than those
    they replace, so the bytes are changed in place and every offset stays true. The other cells of
    such a row lose their list of column heads, for a reader would take it as complete: without
    it the scopes of column heads and row heads both hold.
    """
    strong = {number + b" 0 R" for number in _STRONG.findall(pdf)}
    cells = list(_CELL.finditer(pdf))
    rows = {cell["row"] for cell in cells if cell["inside"] in strong}
    changed = bytearray(pdf)
    for cell in cells:
        if cell["row"] in rows:
            head = cell["inside"] in strong
            changed[cell.start() : cell.end()] = _with_scope(cell[0], head)
    return bytes(changed)


def _with_scope(cell: bytes, head: bool) -> bytes:
    """The cell without its list of heads, and as a row head where it is one, no byte longer."""
    if not head:
        return _HEADS.sub(lambda heads: b" " * len(heads[0]), cell)
    scope = _HEADS.sub(lambda heads: b"/Scope/Row".ljust(len(heads[0])), cell)
    return scope.replace(b"/S/TD/", b"/S/TH/", 1) if b"/Scope/Row" in scope else cell
