"""Typing into the words of a return at known minutes, and what is kept of it."""

from datetime import UTC, datetime, timedelta

from bcfportal.lib import clock
from projects.models import Assignment
from publishing.history import How
from returns.actions import save_section

NINE = datetime(2018, 10, 15, 8, 2, tzinfo=UTC)
PERFORMANCE = "performance"


def typed(quarter, text, *, minutes=0, how=How.SAVED, by="commissioner", box=PERFORMANCE):
    """Types a text into the words of the return, so many minutes after nine, as they stand."""
    section = quarter.report.sections.get(name=PERFORMANCE)
    with clock.stopped_at(NINE + timedelta(minutes=minutes)):
        return save_section(
            quarter.report.pk,
            PERFORMANCE,
            {**section.typed, box: text},
            version=section.version,
            how=how,
            **quarter.by(by),
        )


def kept(quarter, name=PERFORMANCE):
    """(version, how, text in full) of each save, earliest first."""
    saves = quarter.report.sections.get(name=name).saves.order_by("pk")
    return [(save.version, save.how, save.typed.get(PERFORMANCE, "")) for save in saves]


def second_commissioner(quarter):
    officer = quarter.people["finance officer"]
    quarter.council.memberships.create(user=officer, role="commissioner")
    Assignment.objects.create(user=officer, project=quarter.project)


def saves_of(quarter, *more):
    return quarter.address("saves" if not more else "save", PERFORMANCE, *more)
