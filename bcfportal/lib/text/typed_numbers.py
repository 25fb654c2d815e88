"""What people type or paste into a number box, read exactly.

The forms accepted are those that Excel shows in its number, currency, accounting and percentage
formats, the minus behind and the "CR" of finance systems, the short "12k", "1.2m" and "1.2
million", the word "zero", and a comma for the point where it can be nothing else: "98,5". A blank
is not zero: it is None, and so is a lone dash.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal

from bcfportal.lib.text.beside_numbers import said_beside
from bcfportal.lib.text.invisible import in_plain_signs, is_turned
from bcfportal.lib.text.typed_text import DASHES, quoted

WHOLE_DIGITS = 12
# Fewer pounds than this, with parts of a penny, are rather millions.
FEW_POUNDS = 1_000
DECIMAL_PLACES = 4

# A long dash alone is a blank, and is no minus.
_MINUS = DASHES.replace("\u2014", "").replace("\u2015", "")
_BLANK = re.compile(rf"£?\s*[{DASHES}]?")
_NUMBER = r"(?P<whole>[1-9]\d{0,2}(?P<comma>[, ])\d{3}(?:(?P=comma)\d{3})*|\d*)(?:\.(?P<part>\d*))?"
_SHORT = (
    r"(?:(?P<scale>k|thou|thousand|m|mn|mill?|million|bn|billion)|(?P<percent>%|per ?cent|p\.?c))?"
)
# Figures in ASCII only: \d alone would take ² and the digits of other scripts.
_TYPED = re.compile(
    rf"(?P<sign>[{_MINUS}+]?)\s*(?P<pound>£?)\s*(?P<inner>[{_MINUS}]?)\s*{_NUMBER}\s*{_SHORT}",
    re.ASCII | re.IGNORECASE,
)
# A comma where the point stands in Britain, and points between thousands: what can be nothing else.
_COMMA_FOR_POINT = re.compile(
    r"(?<![\d.,])(?:(?P<whole>[1-9]\d{0,2}(?:\.\d{3})+|0+),(?P<part>\d+)"
    r"|(?P<digits>[1-9]\d{0,2}(?: \d{3})+|\d*),(?P<one_or_two>\d{1,2})"
    r"|(?P<thousands>[1-9]\d{0,2}(?:\.\d{3}){2,}))(?![\d.,])",
    re.ASCII,
)
# A point in the middle of the line, as old papers print it; an apostrophe between thousands.
_RAISED_POINT = re.compile(r"(?<=\d)[·∙⋅](?=\d)", re.ASCII)
_THOUSANDS = re.compile(r"(?<=\d)['’](?=\d{3}(?!\d))", re.ASCII)
_GBP = re.compile(
    r"(?P<sign>[^\w\s]?)\s*(?:GBP\s*(?P<before>\d.*)"
    r"|(?P<behind>\d.*?)\s*(?:GBP|pounds?(?: sterling)?)(?P<end>\)?))",
    re.IGNORECASE,
)
# No pence have three figures, and nobody types none: 20.000 and 20,00 are rather 20,000.
_THOUSANDS_OR_PENCE = re.compile(
    r"(?P<sign>[^\w\s£]?\(?)£?(?P<whole>[1-9]\d{0,2})(?:\.(?P<three>\d{3})|,00)\)?", re.ASCII
)
# One comma that can be either: 1,2345 is 12,345 or 1.2345.
_EITHER = re.compile(r"(?P<whole>[1-9]\d*),(?P<part>\d{3,})", re.ASCII)
NOUGHT = frozenset({"zero", "nought"})
NIL = frozenset({"nil", "none", "nil return"})
# What to do about a word in a number box, where the screen has reasons to choose from.
CHOOSE_WHY = "if there is no figure, choose why"
# How finance systems print less than nothing: "3.2-", and "1.2 CR", a credit. A debit is more.
_BEHIND = re.compile(rf"(.*[\d%])\s*([{_MINUS}]|CR|DR)\.?", re.ASCII | re.IGNORECASE)
_TURNED = (
    "Type the number again: what was copied has invisible marks in it that show its digits in "
    "another order."
)
_SCALES = {
    "": 0,
    "k": 3,
    "thou": 3,
    "thousand": 3,
    "m": 6,
    "mn": 6,
    "mil": 6,
    "mill": 6,
    "million": 6,
    "bn": 9,
    "billion": 9,
}
# Fractions whose decimals are exact, as one sign or behind a whole number: "2½" and "2 1/2".
_EXACT = {
    "½": ".5",
    "¼": ".25",
    "¾": ".75",
    "⅕": ".2",
    "⅖": ".4",
    "⅗": ".6",
    "⅘": ".8",
    "⅛": ".125",
    "⅜": ".375",
    "⅝": ".625",
    "⅞": ".875",
    "1/2": ".5",
    "1/4": ".25",
    "3/4": ".75",
}
_FRACTION = re.compile(
    r"(?P<whole>(?<![\d.,])\d+) ?(?P<part>[½¼¾⅕-⅘⅛-⅞])|(?<!\d)(?P<alone>[½¼¾⅕-⅘⅛-⅞])"
    r"|(?P<before>(?<![\d.,])\d+) (?P<parts>1[/⁄]2|[13][/⁄]4)(?!\d)",
    re.ASCII,
)
_LAST_STOP = re.compile(r"(?<=[a-z%)])\.$", re.IGNORECASE)


class NotANumber(ValueError):
    """What was typed is no number at all."""


class TooLarge(ValueError):
    """What was typed has more digits than any figure has."""


class TooFine(ValueError):
    """What was typed has more decimals than the box takes; ``number`` is what it was read as."""

    def __init__(self, sentence: str, number: Decimal) -> None:
        super().__init__(sentence)
        self.number = number


@dataclass(frozen=True)
class Typed:
    """A number and the signs it was typed with: £ or %, and k, m, thousand ..., which are in it."""

    number: Decimal
    sign: str = ""
    scale: str = ""


def read_number(
    text: str, places: int = DECIMAL_PLACES, *, unit: str | None = None, advice: str = ""
) -> Decimal | None:
    """The number that was typed: "£1,234.50" -> 1234.50, "45%" -> 45, "(500)" -> -500.

    ``unit`` is what the box is in: "£" and "%" refuse the other's sign, any other unit refuses
    both; without one the sign is not read: "45%" is 45. None where nothing was typed, or a lone
    dash, with or without a pound sign, which is how Excel prints an empty amount. Raises
    ValueError with a sentence for the person: ``NotANumber`` where it is none, with the ``advice``
    at its end, ``TooLarge`` where it has more than 12 digits before the point, ``TooFine`` where it
    has more than ``places`` after it.
    """
    typed = read_typed(text, places, advice)
    if typed is None:
        return None
    if unit is not None and typed.sign not in ("", unit):
        what = {"£": "pounds", "%": "per cent"}
        raise ValueError(
            f"Enter {what.get(unit, 'a plain number')}: “{quoted(text)}” is in {what[typed.sign]}."
        )
    return typed.number


def read_typed(text: str, places: int = DECIMAL_PLACES, advice: str = "") -> Typed | None:
    """The number that was typed with its signs: "£1.2m" is 1200000, "£" and "m".

    None and ValueError as in ``read_number``.
    """
    typed = " ".join(in_plain_signs(text).split())
    if _BLANK.fullmatch(typed):
        return None
    if typed.casefold() in NOUGHT:
        return Typed(Decimal(0))
    if is_turned(text):
        raise ValueError(_TURNED)
    plain = _sign_in_front(with_point(_LAST_STOP.sub("", _FRACTION.sub(_in_decimals, typed))))
    if pounds := _GBP.fullmatch(plain):
        amount = pounds["before"] or f"{pounds['behind']}{pounds['end']}"
        plain = f"{pounds['sign']}£{amount}"
    inside, bracketed = _out_of_brackets(plain)
    match = _TYPED.fullmatch(inside)
    if not match or not (match["whole"] or match["part"]):
        _refuse_either(typed, places)
        _refuse_beside(typed, places, advice)
        raise NotANumber(_no_number(typed, advice))
    signs = [sign for sign in (match["sign"], match["inner"], bracketed and "-") if sign]
    if len(signs) > 1 or (match["pound"] and match["percent"]):
        raise NotANumber(_no_number(typed, advice))
    scale = (match["scale"] or "").lower()
    power = _SCALES[scale]
    whole = re.sub(r"\D", "", match["whole"])
    part = (match["part"] or "").rstrip("0")
    # Made from text, which is exact whatever the precision of arithmetic.
    size = Decimal(f"{whole or 0}.{part}E{power}")
    if size >= 10**WHOLE_DIGITS:
        raise TooLarge(f"Enter a number with at most {WHOLE_DIGITS} digits before the point.")
    if len(part) - power > places:
        minus = "-" if signs and signs[0] != "+" else ""
        raise TooFine(_too_fine(places, minus, size), Decimal(f"{minus}{size:f}"))
    number = Decimal(f"{size:f}")
    if number and signs and signs[0] != "+":
        number = number.copy_negate()
    return Typed(number, match["pound"] or ("%" if match["percent"] else ""), scale)


def refuse_thousands_or_pence(text: str | None) -> None:
    """Raises ValueError with both amounts in pounds that "20.000" and "20,00" can mean."""
    typed = " ".join(in_plain_signs(text or "").split())
    match = _THOUSANDS_OR_PENCE.fullmatch(typed)
    if not match or (match["three"] and match["three"][-1] != "0"):
        return
    whole, three = match["whole"], match["three"] or "000"
    raise ValueError(
        f"Enter {whole},{three} or {whole}.{three[:2]}: “{quoted(typed)}” can be either."
    )


def pounds_or_millions(error: TooFine, places: int) -> str:
    """Asks whether few pounds with parts of a penny are millions, as pages show money."""
    number = error.number
    if not 0 < abs(number) < FEW_POUNDS:
        return str(error)
    typed, sign = f"{number.normalize():f}", "-£" if number < 0 else "£"
    pence = number.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return (
        f"“{typed}” has parts of a penny. For {sign}{typed.removeprefix('-')} million enter "
        f"{typed}m; for pounds and pence enter {pence:f}."
    )


def with_point(typed: str) -> str:
    """The text with a point for a sign that can be nothing else: "1.234,5" -> "1234.5", "98·5".

    "98,500" stays as it is, and so does "98.500".
    """
    typed = _THOUSANDS.sub(",", _RAISED_POINT.sub(".", typed))

    def pointed(match: re.Match[str]) -> str:
        whole = re.sub(r"\D", "", match["whole"] or match["digits"] or match["thousands"] or "")
        part = match["part"] or match["one_or_two"]
        return f"{whole}.{part}" if part else whole

    return _COMMA_FOR_POINT.sub(pointed, typed)


def _refuse_either(typed: str, places: int) -> None:
    """Raises ValueError with both numbers that one comma can mean."""
    match = _EITHER.fullmatch(typed)
    if match and len(match["part"]) <= places:
        thousands = int(match["whole"] + match["part"])
        raise ValueError(
            f"Enter {thousands:,} or {match['whole']}.{match['part']}: “{typed}” can be either."
        )


def _in_decimals(match: re.Match[str]) -> str:
    part = match["part"] or match["alone"] or match["parts"].replace("⁄", "/")
    return f"{match['whole'] or match['before'] or ''}{_EXACT[part]}"


def _refuse_beside(typed: str, places: int, advice: str) -> None:
    """Raises ValueError where more than the number is said, with the number that can be typed."""
    said, number = said_beside(typed)
    if not said:
        return
    try:
        read_typed(number, places)
    except ValueError:
        number = ""
    such_as = f" alone, such as {number}" if number else ""
    # Where the number is there, only the words beside it are too many.
    end = f": {advice}" if advice and not number else ""
    raise ValueError(f"Enter a number{such_as}: {said}{end}.")


def no_figure(text: str | None) -> str:
    """What to say of a text that is read as nothing, though something is typed: "A dash is no
    figure". Nothing of an empty one and of a number.

    Reports print a dash for 0 and for no figure, so that where a figure is wanted it is neither.
    """
    typed = " ".join(in_plain_signs(text or "").split())
    if not typed or not _BLANK.fullmatch(typed):
        return ""
    return "“£” is no figure" if typed == "£" else "A dash is no figure"


def sign_of(unit: str) -> str:
    """The sign that figures of a measure's unit may have: "%" of "% of beds", "£", or none."""
    return unit[:1] if unit.startswith(("%", "£")) else ""


def _too_fine(places: int, minus: str, size: Decimal) -> str:
    """What to do about too many decimals; the rounded number can be copied."""
    if not places:
        return "Enter a whole number, such as 12."
    digits = Context(prec=WHOLE_DIGITS + places + 1, rounding=ROUND_HALF_UP)
    rounded = size.quantize(Decimal(1).scaleb(-places), context=digits).normalize(digits)
    return f"Enter a number with at most {places} decimal places, such as {minus}{rounded:f}."


def _sign_in_front(typed: str) -> str:
    """ "3.2-" and "3.2 CR" as "-3.2"; "3.2 DR" as "3.2"."""
    match = _BEHIND.fullmatch(typed)
    if not match:
        return typed
    return match[1] if match[2].upper() == "DR" else f"-{match[1]}"


def _out_of_brackets(typed: str) -> tuple[str, bool]:
    """Accountants' negatives: "(500)", "(£500)", "£(500)", "(4%)" and "(4)%"."""
    match = re.fullmatch(r"(£?) ?\(([^()]*)\) ?(%?)", typed)
    return (f"{match[1]}{match[2].strip()}{match[3]}", True) if match else (typed, False)


def _no_number(typed: str, advice: str) -> str:
    said = [nought_or_none(typed), advice]
    end = f": {', or '.join(filter(None, said))}." if any(said) else "."
    return f"Enter a number, such as 1,234 or 45.6. “{quoted(typed)}” is not one{end}"


def nought_or_none(typed: str) -> str:
    """What to do about "nil", which can be a figure of 0 or no figure; nothing of other texts."""
    return "enter 0 if the figure is nought" if typed.casefold() in NIL else ""
