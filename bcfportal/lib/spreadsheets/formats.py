"""Cells as Excel shows them: a number or a day with the format that makes 401 look like CC00401."""

import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

# The formats that Excel has by number (ECMA-376, part 1, 18.8.30) and that matter here.
BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "dd/mm/yyyy h:mm",
    37: "#,##0;(#,##0)",
    38: "#,##0;(#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;(#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),
}
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
# How long something took, more than a day's hours too.
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.IGNORECASE)
_HALF_OF_DAY = re.compile(r"am/pm|a/p")
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[\$(?P<currency>[^\]-]*)[^\]]*\]'
    r"|\[(?P<bracket>[^\]]*)\]|(?P<digits>[0#?][0#?.,]*)|(?P<power>[eE][+-]0+)|(?P<sign>.)",
    re.DOTALL,
)
_COLOURS = re.compile(r"(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+)", re.I)
_SECTIONS = re.compile(r'(?:"[^"]*"|\\.|[^;"\\])*')
_LONGEST = 255


class FormattedNumber(Decimal):
    """A number of a cell, with the format that it is shown in."""

    format = ""

    @classmethod
    def of(cls, text: str, shown_as: str) -> "FormattedNumber":
        """The number of a text, exactly."""
        made = cls(text)
        made.format = shown_as
        return made


class FormattedDay(date):
    """A day of a cell that is shown without its year: 17 April 2026 as 17-Apr."""

    format = ""

    @classmethod
    def of(cls, day: date, shown_as: str) -> "FormattedDay":
        """The same day."""
        made = cls(day.year, day.month, day.day)
        made.format = shown_as
        return made

    @property
    def displayed(self) -> str:
        """What the person sees: "17-Apr", "Apr" without the day, "17" or "Friday" without both."""
        letters = _letters(self.format)
        if "m" not in letters or {"h", "s"} & set(letters):
            return f"{self:%A}" if "ddd" in letters else f"{self.day:02}"
        return f"{self:%d-%b}" if "d" in letters else f"{self:%b}"


def is_date(code: str) -> bool:
    """Whether a format shows a day or a month, and not a time or a number."""
    letters = set(_letters(code))
    # Beside hours or seconds an m is a minute.
    return bool({"y", "d"} & letters) or ("m" in letters and not {"h", "s"} & letters)


def is_time(code: str) -> bool:
    """Whether a format shows a time or how long something took, and no day."""
    return bool({"h", "s"} & set(_letters(code))) and not is_date(code)


def hides_year(code: str) -> bool:
    """Whether a format of days does not show the year."""
    letters = _letters(code)
    return "y" not in letters and "e" not in letters


def _letters(code: str) -> str:
    """What a format of its own shows of a day or a time: its first section without all else."""
    bare = _NOT_FORMAT.sub(lambda part: "h" if _ELAPSED.fullmatch(part[0]) else "", code)
    return _HALF_OF_DAY.sub("", bare.partition(";")[0].casefold())


# What may stand beside the digits of an amount, without spaces and the pound.
_OF_MORE = ("", "+", "dr")
_OF_LESS = ("-", "()", "cr")
_MINUSES = str.maketrans("−–—", "---")


def shown_otherwise(value: Decimal) -> str | None:
    """What a person sees where that is another amount than the cell holds: "2,400k", "(2,400)".

    None where it is the same, rounded or not.
    """
    code = getattr(value, "format", "")[:_LONGEST]
    if not value or not code or code.casefold() in ("general", "@"):
        return None
    sections = _sections(code)
    if any(_CONDITION.search(section) for section in sections):
        seen = [_beside(abs(value), section) for section in sections]
        other = next((text for text, said, _ in seen if said not in _OF_MORE + _OF_LESS), None)
        return other and other.strip()
    less = value < 0
    text, said, is_red = _beside(abs(value), sections[1 if less and len(sections) > 1 else 0])
    if less and len(sections) == 1:
        return None if said in _OF_MORE else f"-{text}"
    if less:
        return None if said in _OF_LESS or (said == "" and is_red) else text
    return None if said in _OF_MORE else text


_CONDITION = re.compile(r"\[[<>=]")
_NO_DIGITS = "no digits"


def _sections(code: str) -> list[str]:
    """The sections of a format, those too that show nothing."""
    marked = re.sub(r'"[^"]*"|\\.', lambda part: part[0].replace(";", "\0"), code)
    return [section.replace("\0", ";") for section in marked.split(";")]


def _beside(value: Decimal, section: str) -> tuple[str, str, bool]:
    """What a section shows, what of it stands beside the digits, and whether it is red."""
    seen, said, is_red, has_digits = "", "", False, False
    for token in _TOKEN.finditer(re.sub("general", "0.#", section, flags=re.IGNORECASE)):
        if token["digits"] is not None:
            digits = token["digits"].rstrip(",")
            scaled = len(token["digits"]) - len(digits)
            if not has_digits:
                places = len(digits.partition(".")[2])
                number = (value / 1000**scaled).quantize(Decimal(1).scaleb(-places))
                text = f"{number:,f}" if "," in digits else f"{number:f}"
                seen += text.rstrip("0").rstrip(".") if digits.endswith(".#") else text
            has_digits = True
            said += "scaled" if scaled else ""
        elif token["bracket"] is not None:
            is_red |= token["bracket"].casefold() == "red"
        elif token["power"] is None:
            literal = (
                token["quoted"] or token["escaped"] or token["currency"] or token["sign"] or ""
            )
            seen, said = seen + literal, said + literal
    said = re.sub(r"\s|£|gbp|/", "", said.translate(_MINUSES).casefold())
    return seen.strip(), said if has_digits else _NO_DIGITS, is_red


def as_shown(value: Decimal) -> str | None:
    """A number as the person sees it: 401 in the format "CC"00000 -> "CC00401".

    Without a format it is the plain number. None where what is shown cannot be told for sure.
    """
    code = getattr(value, "format", "")
    if not code or code.casefold() in ("general", "@"):
        return f"{value:f}"
    sections = [part for part in _SECTIONS.findall(code[:_LONGEST]) if part] or [""]
    section = sections[0]
    if value < 0:
        if len(sections) < 2:
            return None
        section = sections[1]
    elif not value and len(sections) > 2:
        section = sections[2]
    return _filled(abs(value), section)


def _filled(value: Decimal, section: str) -> str | None:
    parts: list[str] = []
    slots: list[int] = []
    power = percent = False
    for token in _TOKEN.finditer(section):
        if token["digits"] is not None:
            slots.append(len(parts))
            parts.append(token["digits"])
        elif token["power"] is not None:
            power = True
        elif token["bracket"] is not None:
            if not _COLOURS.fullmatch(token["bracket"]):
                return None
        elif token["sign"] is not None:
            percent = percent or token["sign"] == "%"
            if token["sign"].isalpha() or token["sign"] in "/@":
                return f"{value:f}" if section.casefold() == "general" else None
            parts.append(token["sign"])
        else:
            parts.append(token["quoted"] or token["escaped"] or token["currency"] or "")
    if power:
        places = len(parts[slots[0]].partition(".")[2]) if slots else 0
        mantissa, _, exponent = f"{value:.{places}E}".partition("E")
        return f"{mantissa}E{exponent[0]}{int(exponent[1:]):02}"
    return _with_digits(value * 100 if percent else value, parts, slots)


def _with_digits(value: Decimal, parts: list[str], slots: list[int]) -> str | None:
    """The digits from the right into the places that the format has for them."""
    if not slots:
        return "".join(parts)
    pattern = "".join(parts[slot] for slot in slots)
    whole, _, part = pattern.partition(".")
    before_last = "".join(parts[slot] for slot in slots[:-1])
    if whole.endswith(",") or {".", ","} & set(part) or "." in before_last:
        return None
    rounded = value.quantize(Decimal(1).scaleb(-len(part)), ROUND_HALF_UP)
    digits, _, decimals = f"{rounded:f}".partition(".")
    digits = digits.lstrip("0")
    if "," in whole:
        if slots[1:]:
            return None
        digits = digits.rjust(whole.count("0"), "0")
        text = f"{int(digits or 0):,}" if digits else ""
        parts[slots[0]] = text + _decimals(decimals, part)
        return "".join(parts)
    for slot in reversed(slots):
        places = parts[slot].partition(".")[0]
        taken = ""
        for place in reversed(places):
            digit, digits = (digits[-1], digits[:-1]) if digits else ("", "")
            taken = (digit or {"0": "0", "?": " ", "#": ""}[place]) + taken
        if slot == slots[0]:
            taken = digits + taken
        parts[slot] = taken + (
            _decimals(decimals, part) if "." in pattern and slot == slots[-1] else ""
        )
    return "".join(parts)


def _decimals(decimals: str, pattern: str | None) -> str:
    """The decimals that are shown: a # shows none where there is a nought at the end."""
    if not pattern:
        return ""
    while decimals and decimals.endswith("0") and pattern[len(decimals) - 1] == "#":
        decimals = decimals[:-1]
    return f".{decimals}"
