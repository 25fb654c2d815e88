"""Westshire's savings: what finance enters and corrects, and the papers that report it."""

from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal

from demonstration.westshire.savings_texts import LATE, POSTS, SAVINGS
from demonstration.westshire.story import Step, Story, moment
from finance.models import Saving, SavingsPaper
from finance.savings.paper_transitions import PAPERS
from finance.savings.records import save_post, save_saving
from projects.models import Assignment, Fund, Project

COMMITTEE = "Adult Social Care Committee"


def steps() -> Iterator[Step]:
    yield Step(moment(2025, 5, 12, 10), _enter_savings, "finance")
    yield Step(moment(2025, 5, 12, 14), _enter_posts, "finance")
    yield Step(
        moment(2026, 3, 4, 9),
        paper("savings-march-2026", "Savings 2025/26", date(2026, 3, 11), date(2026, 1, 31)),
        "finance",
    )
    # The year is over: what was saved in it, with two digits of one figure turned round.
    yield Step(
        moment(2026, 6, 22, 11), achieved({"ASC26-08": {2025: 381_600}} | OUTTURN), "finance"
    )
    yield Step(
        moment(2026, 7, 8, 9),
        paper(
            "savings-july-2026", "Savings programme, July 2026", date(2026, 7, 8), date(2026, 6, 30)
        ),
        "finance",
    )
    yield Step(moment(2026, 10, 20, 10), achieved({"ASC26-08": {2025: 318_600}}), "finance")
    yield Step(moment(2026, 10, 20, 11), _correct_target, "finance")
    yield Step(moment(2026, 10, 22, 10), forecast(MIDYEAR), "finance")
    yield Step(
        moment(2026, 11, 11, 9),
        paper(
            "savings-november-2026",
            "Savings programme, November 2026",
            date(2026, 11, 11),
            date(2026, 9, 30),
        ),
        "finance",
    )
    # The next paper is in the making: forecasts of January, which no paper reports yet.
    yield Step(moment(2027, 1, 14, 10), forecast(JANUARY), "finance")
    yield Step(moment(2027, 1, 14, 11), _enter_late, "finance")


# What each saving brought in 2025/26, by its reference: one cost more than it saved.
OUTTURN = {
    "ASC26-01": {2025: 712_400},
    "ASC26-02": {2025: 361_250},
    "ASC26-04": {2025: 92_300},
    "ASC26-06": {2025: -45_200},
    "ASC26-10": {2025: 120_000},
}
# What is expected of 2026/27 at the half year, and in January.
MIDYEAR = {
    "ASC26-01": {2026: 905_000},
    "ASC26-02": {2026: 396_000},
    "ASC26-03": {2026: 350_000},
    "ASC26-04": {2026: 85_500},
    "ASC26-05": {2026: 140_000},
    "ASC26-07": {2026: 330_000},
    "ASC26-08": {2026: 465_000},
    "ASC26-11": {2026: 190_000},
}
JANUARY = {
    "ASC26-03": {2026: 310_000},
    "ASC26-05": {2026: 65_000},
    "ASC26-11": {2026: 175_500},
}


def project_of(story: Story, who: str) -> Project | None:
    """The first project that the person reports on, or else the council's first; there may be
    none.
    """
    own = Assignment.objects.filter(user=story.people[who], project__council=story.council)
    first = own.select_related("project").order_by("project__order", "pk").first()
    if first:
        return first.project
    return Project.objects.filter(council=story.council).order_by("order", "pk").first()


def saving_of(story: Story, reference: str) -> Saving:
    return Saving.objects.get(council=story.council, references__reference=reference)


def _enter_savings(story):
    for saving in SAVINGS:
        _enter(story, saving)


def _enter(story, saving):
    given = {
        "title": saving.title,
        "references": list(saving.references),
        "action": saving.action,
        "kind": saving.kind,
        "evidence": saving.evidence,
        "explanation": "",
        "project": project_of(story, saving.who) if saving.who else None,
        "source": "Budget 2026/27, Appendix 4",
    }
    years = [
        {
            "year": year,
            "target": None if target is None else Decimal(target),
            "achieved": None,
            "forecast": None if expected is None else Decimal(expected),
            "source": "",
        }
        for year, target, expected in saving.years
    ]
    save_saving(story.council, None, given, years)


def _enter_posts(story):
    for post in POSTS:
        fund = Fund.objects.get(council=story.council, slug=post.fund) if post.fund else None
        save_post(
            story.council,
            None,
            {
                "title": post.title,
                "grade": post.grade,
                "fte": Decimal(post.fte),
                "status": "established",
                "cost": Decimal(post.cost),
                "basis": post.basis,
                "starts": post.starts,
                "ends": post.ends,
                "fund": fund,
                "funding": "" if fund else "Transformation fund",
                "project": project_of(story, post.who) if post.who else None,
                "purpose": post.purpose,
                "source": "Establishment list, 2025/26",
            },
        )


def _enter_late(story):
    """A saving for next year, which no paper reports yet."""
    _enter(story, LATE)


def achieved(figures: dict) -> Callable[[Story], None]:
    return _figures("achieved", figures)


def forecast(figures: dict) -> Callable[[Story], None]:
    return _figures("forecast", figures)


def _figures(name, figures):
    def act(story):
        for reference, years in figures.items():
            saving = saving_of(story, reference)
            rows = rows_of(saving)
            for row in rows:
                if row["year"] in years:
                    row[name] = Decimal(years[row["year"]])
            save_saving(story.council, saving, given_of(saving), rows)

    return act


def _correct_target(story):
    saving = saving_of(story, "ASC26-07")
    rows = rows_of(saving)
    for row in rows:
        if row["year"] == 2026:
            row["target"] = Decimal(330_000)
    correction = "The budget that the council set in February says £330,000."
    save_saving(story.council, saving, given_of(saving) | {"correction": correction}, rows)


def given_of(saving: Saving) -> dict:
    """The saving as its form holds it."""
    names = ("title", "action", "kind", "evidence", "explanation", "project", "source")
    return {name: getattr(saving, name) for name in names} | {
        "references": [row.reference for row in saving.references.all()]
    }


def rows_of(saving: Saving) -> list[dict]:
    """Its years as their table holds them."""
    names = ("year", "target", "achieved", "forecast", "source")
    return [{name: getattr(row, name) for name in names} for row in saving.years.all()]


def paper(slug: str, title: str, dated: date, as_at: date) -> Callable[[Story], None]:
    """Publishes a paper with everything that no paper reports yet."""

    def act(story: Story) -> None:
        record = SavingsPaper(
            council=story.council,
            slug=slug,
            title=title,
            meeting=f"{COMMITTEE}, {dated.day} {dated:%B %Y}",
            dated=dated,
            as_at=as_at,
        )
        PAPERS.transition("publish", record, **story.by("finance"))

    return act
