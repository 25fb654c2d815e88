"""What an officer sees of a month of vital signs before approving it."""

from bcfportal.lib.periods import period_of
from reporting.vital_signs.checks import parts
from reporting.vital_signs.dashboard import detail
from reporting.vital_signs.sheet import VitalSigns
from reporting.vital_signs.standing import Standing, standings

MONTHLY = ("vital signs", "supporting")


def vital_signs_words(sheet: VitalSigns) -> dict[str, str]:
    """What the sheet says of its own month, by title: each figure, and each card's words."""
    month, said = period_of(sheet.period), {}
    for standing in _monthly(sheet, month):
        result = standing.by_period.get(month.key)
        parts_words = detail(result)
        words = standing.words_of(result) + (f" ({parts_words})" if parts_words else "")
        said[standing.measure.name] = words
    for standing in standings(sheet, month):
        card = standing.card
        if card is None or card.period != month.key:
            continue
        name = standing.measure.name
        actions = "\n".join(
            f"{each.text} ({each.owner}, by {each.due:%-d %B %Y})" if each.due else each.text
            for each in card.actions
        )
        for title, words in (
            ("what explains it", card.explains),
            ("what success looks like", card.success),
            ("actions", actions),
            ("adverse to the budget", card.budget_reason),
            ("adverse to a corporate risk", card.risk_reason),
        ):
            if words:
                said[f"{name}: {title}"] = words
    return said


def vital_signs_checks(work, sheet: VitalSigns) -> list[str]:
    """What an officer should look at, in sentences. Empty where nothing stands out."""
    month, found = period_of(sheet.period), []
    found += [
        f"{row.name}: {row.unusual} {row.boxes['right'].text and 'Said to be right.'}".strip()
        for row in work.grid.rows
        if row.unusual
    ]
    for standing in _monthly(sheet, month):
        result = standing.by_period.get(month.key)
        disagreement = parts(standing.measure, result) if result else None
        if disagreement:
            found.append(
                f"{disagreement.about}: {disagreement.first.words}, but "
                f"{disagreement.second.words}."
            )
        if result is None:
            found.append(f"{standing.measure.name} has no result for {month.label}.")
    for standing in standings(sheet, month):
        for met in standing.met:
            found.append(f"{standing.measure.name}, {met.criterion}: {met.reason}.")
    return found


def _monthly(sheet, month) -> list[Standing]:
    return [
        each
        for collection in MONTHLY
        for each in standings(sheet, month, collection)
        if each.measure.frequency == "month"
    ]
