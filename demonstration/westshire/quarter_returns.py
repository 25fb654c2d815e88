"""How a return of Westshire is typed: section by section, through the actions of its screens."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from random import Random

from bcfportal.lib import present
from bcfportal.lib.figures import figure
from bcfportal.lib.ratings import COLOURS
from demonstration.westshire.long_texts import LONG_TEXTS, locality_report
from demonstration.westshire.project_figures import PERIODS, WHOLE, figures_of
from demonstration.westshire.promises_of_projects import answer_promises
from demonstration.westshire.quarter_texts import SAID
from demonstration.westshire.story import SEED, Story
from outcomes.entry.grid import grid
from publishing.models import Return, SectionName
from returns.actions import Incomplete, draft_of, fill_from_last_time, save_section, submit
from returns.draft import ProjectDraft

CAUSES = (
    "Two vacancies were open for most of the quarter.",
    "More people came with higher needs than the plan assumed.",
    "Referrals fell while practices changed their systems.",
    "A provider handed hours back at a month's notice.",
    "Sickness in the team was twice the usual.",
)
IN_THE_MARKET = (
    "Shops and warehouses in the county raised their pay in the spring.",
    "Two larger providers put off their plans until the new rates were known.",
    "Inspections found more to do in homes than in the year before.",
)
ACTIONS = (
    "Both posts are filled from next month; agency staff until then.",
    "The rota is being moved to where demand is.",
    "A weekly call with the provider goes through every delay.",
    "The referral form was cut to one page and sent to all practices.",
    "A recovery plan with monthly steps is agreed with the provider.",
)
GOING_WELL = (
    "Going to plan.",
    "On course for the year.",
    "As planned, and demand is steady.",
    "Ahead of plan since the spring.",
)
VARIANCES = (
    "A start three months later than planned.",
    "Vacancies in the first half of the year.",
    "Fewer people were referred than the plan assumed.",
)


@dataclass(frozen=True)
class Wish:
    """What a return of the story says instead of what the seed gives, where it is not empty."""

    # The figure of a measure's place, as typed.
    figures: tuple[tuple[int, str], ...] = ()
    rating: str = ""
    why_not_the_rule: str = ""
    performance: str = ""


ORDINARY = Wish()


def type_return(story: Story, report: Return, who: str, wish: Wish = ORDINARY) -> None:
    """Types all sections of the return; it is complete then, and not submitted."""
    by = story.by(who)
    _save(report, SectionName.MEASURES, measures_typed(report, wish), by)
    _save(report, SectionName.SPEND, _spend(report), by)
    _save(report, SectionName.PERFORMANCE, _performance(report, wish), by)
    _save(report, SectionName.RATING, _rating(story, report, who, wish), by)
    answer_promises(story, report, who)


def submit_return(story: Story, report: Return, who: str, wish: Wish = ORDINARY) -> None:
    type_return(story, report, who, wish)
    try:
        submit(report.pk, **story.by(who))
    except Incomplete as incomplete:
        raise ValueError(f"{report}: {incomplete.draft.all_problems}") from incomplete


def submit_unchanged(story: Story, report: Return, who: str) -> None:
    """Submits what last time said, except the spend to date, and declares that it is so."""
    by = story.by(who)
    fill_from_last_time(draft_of(report), **by, confirmed=True)
    last = present(ProjectDraft(report).last)
    forecast = {"spend_forecast": str(last.spend_forecast), "variance_reason": last.variance_reason}
    _save(report, SectionName.SPEND, _spend(report) | forecast, by)
    submit(report.pk, unchanged=True, **by)


def save_draft(story: Story, report: Return, who: str) -> None:
    """Types the words, and half of the figures: one of them wrong."""
    by = story.by(who)
    typed = measures_typed(report, ORDINARY)
    half = dict(list(typed.items())[: len(typed) // 2])
    if half:
        half[next(iter(half))] = "about 40"
    _save(report, SectionName.MEASURES, half, by)
    _save(report, SectionName.PERFORMANCE, _performance(report, ORDINARY), by)


def measures_typed(report: Return, wish: Wish) -> dict[str, str]:
    """The boxes of the grid, by their names."""
    slug, key = present(report.project).slug, report.period.key
    figures, wishes = figures_of(slug), dict(wish.figures)
    typed: dict[str, str] = {}
    for row in draft_of(report).grid.own:
        position = row.measure.position
        segment = row.segment.slug if row.segment else WHOLE
        wanted = figures[(position, segment, key)]
        if position in wishes:
            wanted = {"value": wishes[position]}
        typed |= {f"{row.key}-{box}": text for box, text in wanted.items()}
    # An unlikely figure is right in the story, and somebody says so.
    asked = [row for row in grid(report, typed).rows if row.asks_if_right]
    return typed | {row.boxes["right"].field: row.right or "yes" for row in asked}


def _save(report, name, typed, by):
    version = report.sections.get(name=name).version
    save_section(report.pk, name, typed, version=version, **by)


@cache
def _chance(slug):
    return {key: Random(f"{SEED} return {slug} {key}").random() for key in PERIODS}  # noqa: S311


def _spend(report):
    allocation = ProjectDraft(report).allocation or Decimal(0)
    chance = _chance(report.project.slug)[report.period.key]
    quarter = int(report.period.key[-1])
    forecast = (allocation * Decimal(f"{0.97 + chance * 0.05:.4f}")).quantize(Decimal(100))
    typed = {"spend_to_date": f"£{forecast * quarter / 4:,.0f}"}
    if chance > 0.85:
        forecast = (allocation * Decimal("0.92")).quantize(Decimal(100))
        typed = {"spend_to_date": f"£{forecast * quarter / 5:,.0f}"}
        typed["variance_reason"] = VARIANCES[int(chance * 100) % len(VARIANCES)]
    return typed | {"spend_forecast": f"£{forecast:,.0f}"}


def _performance(report, wish):
    slug, key = present(report.project).slug, report.period.key
    said = SAID[slug][PERIODS.index(key) - 4]
    text = wish.performance or LONG_TEXTS.get((slug, key), "")
    if (slug, key) == ("neighbourhood-teams", "2026-27-q2"):
        text = locality_report(draft_of(report).grid.rows)
    return {
        "performance": text or f"{said} {_figures_in_words(report)}".strip(),
        "summary_performance": said,
    }


def _figures_in_words(report):
    """Sentences about the first two figures of the whole."""
    rows = [row for row in draft_of(report).grid.rows if row.value is not None and not row.segment]
    return " ".join(
        f"{row.measure.text}: {figure(row.value, row.unit, row.measure.decimals)}, "
        + _before(row.last)
        for row in rows[:2]
    )


def _before(last):
    if last is None:
        return "counted for the first time."
    if last.result.value is None:
        return "with no figure last time."
    return f"after {last.text} last time."


def _rating(story, report, who, wish):
    draft = ProjectDraft(report)
    rule = draft.rule.rating
    rating = wish.rating or (rule if rule in COLOURS else "green")
    chance = _chance(report.project.slug)[report.period.key]
    pick = int(chance * 1000)
    typed = {
        "rating": str(rating),
        "rating_text": GOING_WELL[pick % len(GOING_WELL)],
        "forecast_rating": "green" if rating == "green" else "amber",
        "difference_reason": wish.why_not_the_rule,
    }
    if rating != "green":
        causes = IN_THE_MARKET if who == "market" else CAUSES
        due = report.period.due + timedelta(days=60 + pick % 40)
        typed |= {
            "rating_text": _furthest_behind(draft.grid.rows),
            "cause": causes[pick % len(causes)],
            "action": ACTIONS[pick % len(ACTIONS)],
            "action_owner": _post(story, who),
            "action_due": _as_typed(due),
        }
    return {box: text for box, text in typed.items() if text}


def _furthest_behind(rows):
    """What a person would say of a project that is behind: its first red figure, or amber."""
    behind = [row for row in rows if row.rated.rating in ("amber", "red")]
    row = next((row for row in behind if row.rated.rating == "red"), behind[0])
    name = f"{row.measure.text} in {row.segment_name}" if row.segment else row.measure.text
    result = figure(row.value, row.unit, row.measure.decimals)
    more = f" {len(behind) - 1} more are behind." if len(behind) > 2 else ""
    return f"{name}: {result}, with a target of {row.target_words}.{more}"


def _post(story, who):
    post = story.people[who].post.removesuffix(" (demonstration)")
    return "Better Care Fund commissioning manager" if who == "commissioner" else post


def _as_typed(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
