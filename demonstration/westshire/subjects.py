"""All that happens in Westshire, subject by subject. The moments put it in order."""

from collections.abc import Iterator

from demonstration.westshire import (
    partnerships,
    project_figures,
    projects,
    promises,
    quarters,
    risk_register,
    savings,
    savings_changes,
    stated_figures,
)
from demonstration.westshire.committee import meetings, papers
from demonstration.westshire.measures import months
from demonstration.westshire.money import ledger, money_reports
from demonstration.westshire.story import Step


def all_steps() -> Iterator[Step]:
    yield from projects.steps()
    yield from project_figures.steps()
    yield from quarters.steps()
    yield from months.steps()
    yield from money_reports.steps()
    yield from ledger.steps()
    yield from savings.steps()
    yield from savings_changes.steps()
    yield from risk_register.steps()
    yield from stated_figures.steps()
    yield from promises.steps()
    yield from meetings.steps()
    yield from papers.steps()
    yield from partnerships.steps()
