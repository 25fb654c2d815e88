"""What people type into the grids of a monitoring report, read in £ million."""

from dataclasses import dataclass, replace
from decimal import Decimal

from bcfportal.lib.money import pounds
from bcfportal.lib.plausible import tick
from bcfportal.lib.text.bounds import LONGEST_TEXT
from bcfportal.lib.text.typed_numbers import read_typed
from bcfportal.lib.text.typed_text import shown

# No council's line is £10 billion: a larger figure was not typed in £ million. From £1,000 with its
# sign on, it can be either.
MOST, UNSURE = Decimal(10_000), Decimal(1_000)
# Exact to the penny, which is the eighth decimal of £ million.
PLACES = 8
# How the field ends in which a person says that an amount is right.
QUESTION = "right"


@dataclass(frozen=True)
class Box:
    """One box: its field's name, what it is called, what is in it, and what is wrong with that.

    ``asks`` says why the amount is unlike what it stands beside; ``ticked`` is what was answered.
    """

    field: str
    label: str
    text: str
    error: str = ""
    value: Decimal | None = None
    asks: str = ""
    ticked: str = ""

    @property
    def right_field(self) -> str:
        """The field of the tick that the amount is right."""
        return f"{self.field}-{QUESTION}"

    @property
    def right(self) -> str:
        """What that tick says."""
        return tick(self.value)

    @property
    def is_said_right(self) -> bool:
        """Whether a person has said of this amount that it is right."""
        return bool(self.right) and self.ticked == self.right

    @property
    def asks_if_right(self) -> bool:
        """Whether the question waits for its answer."""
        return bool(self.asks) and not self.is_said_right


def asked(box: Box, words: str, typed: dict) -> Box:
    """The box with what is asked of its amount, and what is ticked."""
    return replace(box, asks=words, ticked=str(typed.get(box.right_field) or "")) if words else box


def read_millions(text: str) -> Decimal | None:
    """Pounds of what was typed in £ million: "103.677" -> 103677000, "(0.5)" -> -500000.

    What says its own unit is read in it: "£1.185m", "£250k" and "£1,185,432", which can be nothing
    but pounds. None where nothing was typed. Raises ValueError with a sentence for the person, also
    where it can be pounds or million.
    """
    typed = read_typed(text, PLACES)
    if typed is None:
        return None
    if typed.sign == "%":
        raise ValueError(f"Enter £ million, such as 1.234: “{shown(text)}” is in per cent.")
    size = abs(typed.number)
    if typed.scale or (typed.sign and size >= MOST):
        return _in_pence(typed.number)
    if size >= MOST or (typed.sign and size >= UNSURE):
        raise ValueError(_pounds_or_more(typed.number))
    return typed.number * 1_000_000


def _in_pence(amount):
    if amount != round(amount, 2):
        raise ValueError("Enter £ million or pounds, such as 1.234 or £1,234,000: no half pennies.")
    return amount


def _pounds_or_more(number: Decimal) -> str:
    """What to type for pounds, thousands or millions: the number alone does not say."""
    # In £ million with six decimals, pounds are exact whatever their size.
    in_millions = f"{(abs(number) / 1_000_000).normalize():f}"
    return (
        f"Enter £ million: {in_millions} for {pounds(abs(number))}, or "
        f"{abs(number):,f}k for thousands of pounds."
    )


def money_box(field: str, label: str, typed: dict, *, income: bool = False) -> Box:
    """The box with what was typed in it, read; ``income`` asks for a negative figure."""
    text = str(typed.get(field) or "").strip()
    try:
        value = read_millions(text)
    except ValueError as error:
        return Box(field, label, text, str(error))
    if income and value is not None and value > 0:
        return Box(field, label, text, f"Income is negative: enter ({text.strip('+£ ')}).")
    return Box(field, label, text, "", value)


def text_box(field: str, label: str, typed: dict) -> Box:
    """The box with the words typed in it."""
    text = str(typed.get(field) or "").strip()
    too_long = len(text) > LONGEST_TEXT
    error = f"Shorten this to {LONGEST_TEXT:,} characters or fewer." if too_long else ""
    return Box(field, label, text, error)


def as_typed(amount: Decimal | None) -> str:
    """Pounds as typed in £ million, exactly, with three decimals or more: "103.680"."""
    if amount is None:
        return ""
    number = (amount / 1_000_000).normalize()
    text = f"{abs(number):.{max(3, -int(number.as_tuple().exponent))}f}"
    return f"({text})" if number < 0 else text
