"""Money: exact pounds in, words for people out. Rounded once, at display, half away from zero."""

from decimal import ROUND_HALF_UP, Decimal

_STYLES = {"upper": ("K", "M"), "lower": ("k", "m")}


def _round(amount: Decimal, unit: Decimal) -> Decimal:
    return (amount / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def pounds(amount: Decimal) -> str:
    """Whole pounds: 144798 -> "£144,798"; a negative amount in brackets: -500 -> "(£500)"."""
    whole = _round(amount, Decimal(1))
    return f"(£{-whole:,})" if whole < 0 else f"£{abs(whole):,}"


def exact(amount: Decimal) -> str:
    """Pounds as they are, with their pence: 5.2 -> "£5.20", 144798 -> "£144,798"."""
    if amount == amount.to_integral_value():
        return pounds(amount)
    return f"(£{-amount:,.2f})" if amount < 0 else f"£{amount:,.2f}"


def short_pounds(amount: Decimal, style: str = "upper") -> str:
    """Pounds for a card: 236500 -> "£237K", 1919795 -> "£1.9M", 600000 -> "£600K".

    ``style`` is "upper" (K, M) or "lower" (k, m), the council's house style. A rounding step
    crosses the unit: 999950 is "£1M". Raises KeyError for another style.
    """
    thousand, million = _STYLES[style]
    size = abs(amount)
    if _round(size, Decimal(1)) < 1000:
        text = f"£{_round(size, Decimal(1)):,}"
    elif _round(size, Decimal(1000)) < 1000:
        text = f"£{_round(size, Decimal(1000))}{thousand}"
    else:
        tenths = _round(size, Decimal(100_000))
        whole, rest = divmod(int(tenths), 10)
        text = f"£{whole:,}{f'.{rest}' if rest else ''}{million}"
    return f"({text})" if amount < 0 and text.strip("£") != "0" else text


def short_unit(most: Decimal, style: str = "upper") -> tuple[Decimal, str]:
    """(pounds, their letter) in which an axis up to ``most`` pounds is written: (1000000, "m").

    Below £10,000 it is written in pounds, without a letter. ``style`` is as for ``short_pounds``.
    """
    thousand, million = _STYLES[style]
    if most >= 1_000_000:
        return Decimal(1_000_000), million
    return (Decimal(1000), thousand) if most >= 10_000 else (Decimal(1), "")


def millions(amount: Decimal, places: int = 3) -> str:
    """Pounds as £ million without the sign, for columns headed £m: 4399000 -> "4.399".

    A negative amount stands in brackets: -471000 -> "(0.471)". What rounds to 0 has none.
    """
    step = Decimal(1).scaleb(-places)
    rounded = (amount / 1_000_000).quantize(step, rounding=ROUND_HALF_UP)
    return f"({-rounded:,})" if rounded < 0 else f"{abs(rounded):,}"


def million_pounds(amount: Decimal) -> str:
    """Pounds in a sentence about £ million: 4399000 -> "£4.399m", -500000 -> "(£0.500m)"."""
    return f"(£{millions(-amount)}m)" if amount < 0 else f"£{millions(amount)}m"


def per_cent(value: Decimal, places: int = 1) -> str:
    """A per cent with its sign: 8.354 -> "8.4%"; a negative one in brackets: "(4.3%)"."""
    rounded = value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
    return f"({-rounded:,}%)" if rounded < 0 else f"{abs(rounded):,}%"
