"""What a row of figures is asked beside its neighbours: parts that do not make the whole."""

from dataclasses import replace

from bcfportal.lib.figures import figure


def with_questions(rows):
    """The rows, with a question where the typed parts of a measure are not its whole.

    Only the counts that figures are made of add up: numerators and denominators. A whole is asked
    about where all of its parts are typed.
    """
    parts: dict = {}
    for row in rows:
        if row.segment:
            parts.setdefault((row.measure, row.when), []).append(row)
    return [_asked(row, parts.get((row.measure, row.when), [])) for row in rows]


def _asked(row, parts):
    if row.segment or row.unusual or not parts:
        return row
    for what in ("numerator", "denominator"):
        whole, each = getattr(row, what), [getattr(part, what) for part in parts]
        if whole is None or None in each or sum(each) == whole:
            continue
        return replace(
            row,
            unusual=f"The {what} of the whole is {figure(whole)}, and those of its "
            f"{len(each)} parts add up to {figure(sum(each))}.",
        )
    return row
