"""What a row of figures is asked beside its neighbours: parts that do not make the whole."""

from dataclasses import replace
from decimal import Decimal

from bcfportal.lib.figures import figure
from bcfportal.lib.sums import sum_complete


def with_questions(rows):
    """The rows, with a question where the typed parts of a measure are not its whole.

    Only the counts that figures are made of add up: numerators and denominators. A whole is asked
    about where all of its parts are typed. An average over all that two other measures make is
    asked about where their figures are typed and make another.
    """
    parts: dict = {}
    wholes = {}
    for row in rows:
        if row.segment:
            parts.setdefault((row.measure, row.when), []).append(row)
        else:
            wholes[row.measure.pk, row.when] = row
    asked = [_asked(row, parts.get((row.measure, row.when), [])) for row in rows]
    return [_made_otherwise(row, wholes) for row in asked]


def _made_otherwise(row, wholes):
    """Asks about an average over all that is not the share of the rest times their average."""
    measure = row.measure
    share = wholes.get((measure.rest_of_id, row.when))
    average = wholes.get((measure.rest_average_id, row.when))
    if row.segment or not share or not average or None in (row.value, share.value, average.value):
        return row
    rest = 100 - share.value
    made = rest * average.value / 100
    # Each may have been rounded by half of its last digit.
    most = (rest + _half(share)) * (average.value + _half(average)) / 100 - made
    if abs(made - row.value) <= most + _half(row):
        return row
    places = max(measure.decimals, -min(int(row.value.as_tuple().exponent), 0))
    sentence = (
        f"{figure(rest, '%')} of {figure(average.value, average.unit)} is "
        f"{figure(made.quantize(Decimal(1).scaleb(-places)), row.unit)}, and the "
        f"{measure.name.lower()} is {figure(row.value, row.unit)}."
    )
    return replace(row, unusual=" ".join(filter(None, (row.unusual, sentence))))


def _half(row):
    """Half of the last digit that a figure is given with."""
    digits = max(row.measure.decimals, -min(int(row.value.as_tuple().exponent), 0))
    return Decimal(1).scaleb(-digits) / 2


def _asked(row, parts):
    if row.segment or row.unusual or not parts:
        return row
    for what in ("numerator", "denominator"):
        whole = getattr(row, what)
        made = sum_complete(getattr(part, what) for part in parts)
        if whole is None or made is None or made == whole:
            continue
        return replace(
            row,
            unusual=f"The {what} of the whole is {figure(whole)}, and those of its "
            f"{len(parts)} parts add up to {figure(made)}.",
        )
    return row
