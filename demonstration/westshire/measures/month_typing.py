"""What people type into a month of the council's measures: its figures and its report cards."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from bcfportal.lib import clock
from bcfportal.lib.periods import Period
from demonstration.westshire.measures import vital_signs_story as wanted
from demonstration.westshire.measures.vital_signs import SIGNS
from demonstration.westshire.measures.vital_signs_figures import Figure, figures_of, rounded
from demonstration.westshire.measures.vital_signs_texts import CARDS, CARDS_IN, OTHERWISE, SUCCESS
from demonstration.westshire.story import Story
from outcomes.entry.grid import counted_monthly, grid
from outcomes.models import Measure
from outcomes.monthly.draft import MonthDraft
from publishing.models import SectionName
from returns.actions import draft_of, save_section

BY_SLUG = {sign.slug: sign for sign in SIGNS}
# An action is promised for so many days from the day that it is written, or a little more.
DAYS_TO_ACT = 45


@dataclass(frozen=True)
class Place:
    """A row of the month's grid: the name of its boxes, the measure, and the part or the whole."""

    key: str
    measure: Measure
    segment: str


def places(story: Story) -> list[Place]:
    """The rows that the month asks for, as the grid has them: the whole, then its parts."""
    segments = dict(story.council.segments.values_list("slug", "pk"))
    places = []
    for measure in counted_monthly(story.council).order_by("-collection", "position"):
        places.append(Place(f"m{measure.pk}", measure, ""))
        sign = BY_SLUG.get(measure.slug)
        for slug in sign.split if sign else ():
            places.append(Place(f"m{measure.pk}-s{segments[slug]}", measure, slug))
    return places


def begin(story: Story, *, month, by: str) -> None:
    """The first third of the figures, as far as they are in by then."""
    rows = places(story)
    typed = _typed(rows[: len(rows) // 3], month)
    _save(story, month.report(story), SectionName.MEASURES, typed, by)


def figures(story: Story, *, month, by: str) -> None:
    """All figures; what is unlike those before is said to be right."""
    report = month.report(story)
    typed = _typed(places(story), month)
    _save(story, report, SectionName.MEASURES, _said_to_be_right(report, typed), by)


def correct(story: Story, *, month, by: str) -> None:
    """The figure that was wrong, and those that have come since."""
    report = month.report(story)
    typed = _typed(places(story), month, corrected=True)
    _save(story, report, SectionName.MEASURES, _said_to_be_right(report, typed), by)


def answer(story: Story, *, month, by: str) -> None:
    """What the officer asked for: a figure put right, and the owner of an action."""
    report = month.report(story)
    draft = draft_of(report)
    typed = dict(draft.typed(SectionName.MEASURES))
    handed_back = story.council.measures.get(slug="hours-handed-back")
    figure = _figure_of(handed_back, "", month)
    if isinstance(figure, wanted.Nothing):
        raise ValueError("The figure that is handed back is one.")
    typed[f"m{handed_back.pk}-value"] = f"{figure.value + 98:,}"
    typed[f"m{handed_back.pk}-comment"] = "One provider's list had been left out."
    _save(story, report, SectionName.MEASURES, _said_to_be_right(report, typed), by)
    cards = dict(draft_of(report).typed(SectionName.CARDS))
    waiting = story.council.measures.get(slug="waiting-for-home-care")
    if cards.get(f"c{waiting.pk}-0-text"):
        cards[f"c{waiting.pk}-0-owner"] = "Director of adult social care"
        _save(story, report, SectionName.CARDS, cards, by)


def cards(story: Story, *, month, by: str) -> None:
    """A card for each measure that is an exception by the figures, or by a person's judgement."""
    report = month.report(story)
    draft = MonthDraft(report)
    typed = dict(draft.typed(SectionName.CARDS))
    for row in draft.cards:
        key, slug = f"c{row.measure.pk}", row.measure.slug
        budget = wanted.BUDGET.get((slug, month.period.key), "")
        risk = wanted.RISK.get((slug, month.period.key), "")
        if not (row.met or budget or risk) or typed.get(f"{key}-explains"):
            continue
        typed |= _card(key, row, month)
        typed |= {f"{key}-budget": budget, f"{key}-risk": risk}
    _save(story, report, SectionName.CARDS, typed, by)


def _card(key, row, month):
    measure = row.measure
    special = CARDS_IN.get((measure.slug, month.period.key))
    explains, action, owner = special or CARDS.get(measure.slug, OTHERWISE)
    due = _promised(row, month) or clock.today() + timedelta(
        DAYS_TO_ACT + 15 * (measure.position % 3)
    )
    return {
        f"{key}-explains": explains,
        f"{key}-success": SUCCESS.get(measure.theme, ""),
        f"{key}-0-text": action,
        f"{key}-0-owner": owner,
        f"{key}-0-due": f"{due.day}/{due.month}/{due.year}",
    }


def _promised(row, month):
    """The day that was promised a month ago, which may have passed; None for a new action."""
    if row.last is None or Period.parse(row.last.period).following != month.period:
        return None
    return row.last.actions.first().due


def _typed(rows: list[Place], month, *, corrected: bool = False) -> dict[str, str]:
    typed: dict[str, str] = {}
    for row in rows:
        typed |= _row_typed(row, month, corrected)
    return typed


def _row_typed(row, month, corrected):
    result = _figure_of(row.measure, row.segment, month, corrected)
    if isinstance(result, wanted.Nothing):
        return {
            f"{row.key}-none": result.reason,
            f"{row.key}-expected": result.expected,
            f"{row.key}-comment": result.comment,
        }
    typed = {f"{row.key}-value": _as_typed(result.value, row.measure.unit)}
    if result.denominator is not None:
        typed[f"{row.key}-numerator"] = f"{result.numerator:,}"
        typed[f"{row.key}-denominator"] = f"{result.denominator:,}"
    said = wanted.CORRECTION_WORDS if corrected else wanted.OUTLIER_WORDS
    if comment := said.get((row.measure.slug, month.period.key)):
        typed[f"{row.key}-comment"] = comment
    return typed


def _figure_of(measure, segment, month, corrected=False) -> "Figure | wanted.Nothing":
    """What is known of the measure when the month is typed, or corrected later."""
    slug, period = measure.slug, month.period.key
    if slug == wanted.ADDED:
        parts = wanted.ADDED_FIGURES.get(period)
        return _share(parts) if parts else wanted.NOT_BEGUN
    if slug == wanted.ENDED and period >= wanted.ENDED_FROM:
        return wanted.IS_ENDED
    late = wanted.LATE.get((slug, period))
    if late and not (corrected and (slug, period) in wanted.CAME_LATE):
        return late
    if (slug, period) == (wanted.CORRECTED.slug, wanted.CORRECTED.month) and not corrected:
        return _share(wanted.CORRECTED.first)
    figure = figures_of(BY_SLUG[slug]).get((period, segment))
    if figure is None:
        return wanted.NO_CASES
    if figure.value < 0 and measure.unit == "%":
        return wanted.BELOW_NOUGHT
    return figure


def _share(parts):
    """A share in per cent with one decimal."""
    numerator, denominator = map(Decimal, parts)
    return Figure(rounded(100 * numerator / denominator, 1), numerator, denominator)


def _as_typed(value, unit):
    """As people type it: with the sign of pounds or per cent, and commas."""
    sign = "−" if value < 0 else ""
    pound, percent = ("£", "") if unit == "£" else ("", "%" if unit == "%" else "")
    return f"{sign}{pound}{abs(value):,}{percent}"


def _said_to_be_right(report, typed):
    return typed | {
        f"{row.key}-right": row.right or "yes"
        for row in grid(report, typed).rows
        if row.asks_if_right
    }


def _save(story, report, name, typed, by):
    version = report.sections.get(name=name).version
    save_section(report.pk, name, typed, version=version, **story.by(by))
