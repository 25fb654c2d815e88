"""What is changed about projects in the year: names, purposes, money, ends, what is counted.

Where the portal has a form, through the form; what only a record can say is written as a record.
"""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from administration.actions import save_project
from administration.forms.records import ProjectForm
from bcfportal.lib import present
from demonstration.westshire.measure_forms import save_measure
from demonstration.westshire.project_measures import Q2, Q3, SMALLER
from demonstration.westshire.story import Step, Story, moment
from finance.allocations.actions import change_allocation
from finance.models import FinanceLine
from outcomes.actions import set_target
from outcomes.models import Measure
from projects.models import GrantCondition

MOVED = moment(2026, 9, 1, 14)
RENAMED = moment(2026, 9, 10, 11)
MORE_MONEY = moment(2026, 9, 21, 15)
LEFT = moment(2026, 9, 30, 17)
COUNTED_ANEW = moment(2026, 10, 1, 9)
ENDED = moment(2026, 10, 30, 16)


def steps() -> Iterator[Step]:
    yield Step(MOVED, _move, "administrator")
    yield Step(RENAMED, _rename, "administrator")
    yield Step(MORE_MONEY, _give_more_money, "finance")
    yield Step(LEFT, _leave)
    yield Step(COUNTED_ANEW, _count_anew, "performance")
    yield Step(ENDED, _end, "administrator")


def _move(story: Story) -> None:
    """Urgent response serves another purpose."""
    _change_project(
        story,
        "urgent-response",
        on=date(2026, 9, 1),
        why="Most people whom it sees are at home and stay there; the board agreed in July.",
        grant_condition=GrantCondition.objects.get(council=story.council, number=1).pk,
        order=11,
    )


def _rename(story: Story) -> None:
    title = "Digital at home: screens, lessons and company"
    _change_project(
        story,
        "tablets-at-home",
        on=date(2026, 9, 10),
        why="It lends more than tablets now, and people asked for company.",
        title=title,
        short_title="Digital at home",
    )


def _end(story: Story) -> None:
    """The grant for winter warmth ends with October."""
    _change_project(
        story,
        "winter-warmth",
        on=date(2026, 10, 31),
        why="The grant that paid for it ended.",
        status="closed",
    )


def _change_project(story, slug, *, on, why, **changes):
    """Saves the project's form as the administrator's screen does."""
    project = story.project(slug)
    leads = list(project.assignments.values_list("user_id", flat=True))
    typed = {
        name: getattr(project, name) for name in ("title", "short_title", "order", "status")
    } | {"leads": leads, "grant_condition": project.grant_condition_id, "why": why}
    typed |= {f"on_{place}": part for place, part in enumerate((on.day, on.month, on.year))}
    form = ProjectForm(typed | changes, instance=project, initial={"leads": leads})
    if not form.is_valid():
        raise ValueError(form.errors.as_text())
    save_project(form, by=story.people["administrator"])


def _give_more_money(story: Story) -> None:
    """£180,000 more for bridging care in the year."""
    line = FinanceLine.objects.get(
        stream__project=story.project("bridging-care"),
        stream__fund__slug="better-care-grant",
        year=2026,
    )
    change_allocation(
        line,
        present(line.allocation) + Decimal(180_000),
        on=date(2026, 9, 21),
        why="The board gave it the money that two schemes did not need.",
        by=story.people["finance"],
    )


def _leave(story: Story) -> None:
    """The commissioning manager for assistive technology leaves; the projects stay assigned."""
    person = story.people["leaver"]
    person.is_active = False
    person.save(update_fields=["is_active"])


def _count_anew(story: Story) -> None:
    """Unit, direction, tolerance and definition change from quarter 2."""
    by = story.people["performance"]

    wait = _measure(story, "bridging-care", 1)
    why = "Bridging now starts within hours, so the wait is counted in hours from July 2026."
    _redefine(story, wait, why, unit="hours", decimals=0)
    set_target(measure=wait, period=Q2, status="set", value=Decimal(48), why=why, by=by)

    waiting = _measure(story, "carers-advice", 2)
    why = "From July 2026 fewer people waiting is better."
    _redefine(story, waiting, why, direction=SMALLER)

    ready = _measure(story, "transfer-of-care-hub", 1)
    why = "From July 2026 it is red at 10 points below the target."
    _redefine(story, ready, why, tolerance=10, tolerance_kind="points")

    at_home = _measure(story, "reablement", 1)
    why = "Adults under 65 are counted too from July 2026, as the national measure does."
    _redefine(
        story, at_home, why, text="Who were still at home 91 days later, of adults of all ages"
    )

    for slug, position, period, target in (
        ("reablement", 3, Q2, 68),
        ("urgent-response", 1, Q3, 80),
    ):
        set_target(
            measure=_measure(story, slug, position),
            period=period,
            status="set",
            value=Decimal(target),
            why="Raised for the second half of the year, agreed by the programme board.",
            by=by,
        )


def _redefine(story, measure, why, **changes):
    save_measure(story, measure, {**changes, "since": Q2, "why_it_changes": why})


def _measure(story, slug, position):
    return Measure.objects.get(
        project__council=story.council, project__slug=slug, position=position
    )
