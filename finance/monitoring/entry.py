"""What people type into the grids of a monitoring report, read in £ million."""

from decimal import Decimal

from bcfportal.lib.money import exact
from bcfportal.lib.text.typed_numbers import read_typed
from bcfportal.lib.text.typed_text import quoted

# No council's line is £10 billion: a larger figure was not typed in £ million. From £1,000 with its
# sign on, it can be either.
MOST, UNSURE = Decimal(10_000), Decimal(1_000)
# A number from here on is in pounds: in thousands it would be £1 billion.
LEAST_POUNDS = Decimal(1_000_000)
# Exact to the penny, which is the eighth decimal of £ million.
PLACES = 8


def read_millions(text: str, advice: str = "") -> Decimal | None:
    """Pounds of what was typed in £ million: "103.677" -> 103677000, "(0.5)" -> -500000.

    What says its own unit is read in it: "£1.185m", "£250k" and "£1,185,432", which can be nothing
    but pounds. None where nothing was typed, or a dash alone. Raises ValueError with a sentence for
    the person, also where it can be pounds or million; where it is no number, with ``advice``.
    """
    typed = read_typed(text, PLACES, advice)
    if typed is None:
        return None
    if typed.sign == "%":
        raise ValueError(f"Enter £ million, such as 1.234: “{quoted(text)}” is in per cent.")
    size = abs(typed.number)
    if typed.scale or (typed.sign and size >= MOST):
        return _in_pence(typed.number)
    if size >= MOST or (typed.sign and size >= UNSURE):
        raise ValueError(_pounds_or_more(typed.number))
    return typed.number * 1_000_000


def _in_pence(amount):
    if amount != round(amount, 2):
        raise ValueError("Enter £ million or pounds, to the penny, such as 1.234 or £1,234,000.")
    return amount


def _pounds_or_more(number: Decimal) -> str:
    """What to type for a number that may be pounds or thousands; each example is what was typed.

    Thousands come first, for no line is a few pounds. What would be £1 billion or more in
    thousands is pounds.
    """
    number = round(number, 2)
    if abs(number) >= LEAST_POUNDS:
        return f"Enter £ million: {_examples(number)}."
    in_pounds = _signed(number, f"{abs(number / 1_000_000).normalize():f}")
    return f"Enter £ million: {_examples(number * 1000)}, or {in_pounds} for {exact(number)}."


def _examples(amount: Decimal) -> str:
    """Two ways to type so many pounds: "12.498 or 12,498k for £12,498,000"."""
    million, thousand = (abs(amount / unit).normalize() for unit in (1_000_000, 1_000))
    # What is too large to be typed in £ million alone says its unit.
    in_millions = f"{million:f}" if million < MOST else f"{million:,f}m"
    ways = (in_millions, f"{thousand:,f}k")
    return f"{' or '.join(_signed(amount, way) for way in ways)} for {exact(amount)}"


def _signed(amount: Decimal, text: str) -> str:
    return f"({text})" if amount < 0 else text


def as_typed(amount: Decimal | None) -> str:
    """Pounds as typed in £ million, exactly, with three decimals or more: "103.680"."""
    if amount is None:
        return ""
    number = (amount / 1_000_000).normalize()
    text = f"{abs(number):.{max(3, -int(number.as_tuple().exponent))}f}"
    return f"({text})" if number < 0 else text
