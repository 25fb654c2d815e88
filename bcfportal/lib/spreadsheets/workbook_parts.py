"""The small parts of an XLSX: where the workbook is, its texts, and which formats are dates."""

import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.parsers import expat
from zipfile import ZipFile

from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.formats import BUILT_IN, is_date
from bcfportal.lib.spreadsheets.refusals import Refused, refuse_doctype

# ECMA-376, part 1, 22.9.2.19 (ST_Xstring): what XML cannot hold, and _ before what looks like it.
_BY_NUMBER = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass
class Styles:
    """Formats by the place of the style, as cells name it: those of days, and other ones.

    ``struck`` are the styles whose letters are struck through.
    """

    dates: set[str] = field(default_factory=set)
    formats: dict[str, str] = field(default_factory=dict)
    struck: set[str] = field(default_factory=set)


def spelt_out(text: str) -> str:
    """The text with the letters that Excel writes by their number: "a_x000D_" -> "a\\r"."""
    if "_x" not in text:
        return text
    decoded = _BY_NUMBER.sub(lambda match: chr(int(match[1], 16)), text)
    # Letters beyond the first plane come as two halves.
    return decoded.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def plain_name(name: str) -> str:
    """The name of an element without its prefix."""
    return name.rpartition(":")[2]


def parse(
    content: bytes,
    start: Callable[[str, dict[str, str]], object] | None,
    end: Callable[[str], object] | None = None,
    letters: Callable[[str], object] | None = None,
) -> None:
    """Hands the events of some XML to the functions. Raises Refused for a document type."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = letters
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.Parse(content, True)


def read_part(archive: ZipFile, name: str, most: int = limits.SMALL_PART_BYTES) -> bytes:
    """The bytes of a part. Raises Refused where it has more than ``most``."""
    if archive.getinfo(name).file_size > most:
        raise Refused("A part of the workbook is too big. Save the sheet as CSV and try again.")
    return archive.read(name)


def related(archive: ZipFile, place: str) -> dict[str, tuple[str, str]]:
    """What a part refers to within the workbook: by id the kind and the place of each."""
    folder, name = posixpath.split(place)
    relations = f"{folder}/_rels/{name}.rels" if folder else f"_rels/{name}.rels"
    parts: dict[str, tuple[str, str]] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        if plain_name(name) == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            part = target[1:] if target.startswith("/") else posixpath.join(folder, target)
            kind = attributes.get("Type", "").rpartition("/")[2]
            parts[attributes.get("Id", "")] = (kind, posixpath.normpath(part))

    parse(read_part(archive, relations), start)
    return parts


def workbook_place(archive: ZipFile) -> str:
    """The part that is the workbook itself."""
    for kind, part in related(archive, "").values():
        if kind == "officeDocument":
            return part
    raise KeyError("There is no workbook.")


def read_texts(archive: ZipFile, part: str | None) -> list[str]:
    """The texts that cells share, without their fonts and readings."""
    texts: list[str] = []
    if not part:
        return texts
    pieces: list[str] = []
    inside = {"text": False, "phonetic": False}
    letters = 0

    def start(name: str, _: dict[str, str]) -> None:
        nonlocal letters
        tag = plain_name(name)
        if tag == "si":
            pieces.clear()
            letters = 0
        elif tag == "rPh":
            inside["phonetic"] = True
        elif tag == "t":
            inside["text"] = not inside["phonetic"]

    def end(name: str) -> None:
        tag = plain_name(name)
        if tag == "si":
            if len(texts) >= limits.TEXTS:
                raise Refused("The workbook has too many texts. Save the sheet as CSV.")
            texts.append(spelt_out("".join(pieces)))
        elif tag == "rPh":
            inside["phonetic"] = False
        elif tag == "t":
            inside["text"] = False

    def come(data: str) -> None:
        nonlocal letters
        if inside["text"]:
            letters += len(data)
            if letters > limits.LETTERS_OF_CELL:
                raise Refused(f"A cell has more than {limits.LETTERS_OF_CELL:,} characters.")
            pieces.append(data)

    parse(read_part(archive, part, limits.TEXTS_BYTES), start, end, come)
    return texts


def read_styles(archive: ZipFile, part: str | None) -> Styles:
    """Which styles are dates, in which format the others show a number, and which are struck."""
    styles, formats, inside = Styles(), {}, {"cellXfs": False, "fonts": False, "place": 0}
    struck: list[bool] = []
    if not part:
        return styles

    def start(name: str, attributes: dict[str, str]) -> None:
        tag = plain_name(name)
        if tag == "numFmt":
            formats[attributes.get("numFmtId")] = attributes.get("formatCode", "")
        elif tag in ("cellXfs", "fonts"):
            inside[tag] = True
        elif tag == "font" and inside["fonts"]:
            struck.append(False)
        elif tag == "strike" and inside["fonts"] and struck:
            struck[-1] = attributes.get("val", "1") not in ("0", "false")
        elif tag == "xf" and inside["cellXfs"]:
            number, place = attributes.get("numFmtId", "0"), str(inside["place"])
            code = formats.get(number, BUILT_IN.get(int(number)) if number.isdecimal() else None)
            if code:
                styles.formats[place] = code
                if is_date(code):
                    styles.dates.add(place)
            font = attributes.get("fontId", "0")
            if font.isdecimal() and int(font) < len(struck) and struck[int(font)]:
                styles.struck.add(place)
            inside["place"] += 1

    def end(name: str) -> None:
        if plain_name(name) in ("cellXfs", "fonts"):
            inside[plain_name(name)] = False

    parse(read_part(archive, part), start, end)
    return styles
