"""Lines that belong together under one name: no part's figure is placed for the whole unasked."""

from datetime import date
from itertools import product

import pytest

from accounts.roles import Role
from bcfportal.lib.pasting.blocks import read_block
from bcfportal.lib.periods import Period
from finance.models import MonitoringReport
from finance.monitoring.draft import Draft
from finance.monitoring.pasting.propose import propose as propose_money
from outcomes.entry import grid as entry
from outcomes.entry.paste import propose as propose_measures
from projects.models import Council
from publishing.models import ReportingPeriod, Return
from returns.periods import open_period
from tests.pasted import user_with

pytestmark = pytest.mark.django_db
# The heads of the figures of each screen, a row, and another row's name; a total's name last.
SCREENS = {
    "lines": (("Budget", "Forecast"), "Mental health", ("Day opportunities", "Income")),
    "reserves": (
        ("Balance on 1 April", "Planned use or addition", "Use or addition"),
        "Transformation fund",
        ("Winter pressures",),
    ),
    "capital": (
        ("Budget 2026/27", "Forecast 2026/27"),
        "Extra care housing, Westport",
        ("Case management system",),
    ),
    "vital-signs": (("Jan-27",), "Average discharge delay", ("Hours of home care",)),
    "assistive-technology": (
        ("Q3",),
        "People with equipment",
        ("Calls answered within a minute",),
    ),
}
PARTS = [
    ("Pay", "Non-pay"),
    ("Staffing", "Contracts"),
    ("In house", "External"),
    ("Council", "Board"),
    ("Capital", "Revenue"),
    ("Expenditure", "Receipts"),
    ("Total capital", "Total revenue"),
    ("Yes", "Not known"),
    ("Current", "Former"),
    ("Reported", "Not reported"),
    ("People", "Carers"),
    ("Men", "Women"),
    ("Placements in homes for people who are older than 65 years and need care", "Others"),
]
HEADS = ("", "Type", "Category", "Description", "Outcome", "Unit")


@pytest.fixture
def proposals(westshire):
    """Gives what a block would change on a screen, by the screen's name."""
    council = Council.objects.get(slug="westshire")
    report = MonitoringReport.objects.get(council=council, period="2026-27-m10")
    open_period(
        council=council,
        key="2026-27-m10",
        kind=ReportingPeriod.Kind.VITAL_SIGNS,
        as_at=date(2027, 1, 31),
        opens=date(2027, 1, 20),
        due=date(2027, 2, 10),
        closes=date(2099, 1, 1),
        title="Vital signs",
        by=user_with(council, Role.PERFORMANCE_OFFICER),
    )
    returns = Return.objects.filter(period__council=council)
    work = Draft(report)
    grids = {
        "vital-signs": entry.grid(returns.get(period__key="2026-27-m10"), {}),
        "assistive-technology": entry.grid(
            returns.get(period__key="2026-27-q3", project__slug="assistive-technology"), {}
        ),
    }
    own = {
        "vital-signs": Period.parse("2026-27-m10"),
        "assistive-technology": Period.parse("2026-27-q3"),
    }

    def proposed(screen, lines):
        block = read_block("\r\n".join("\t".join(line) for line in lines))
        if screen in grids:
            return propose_measures(grids[screen], own[screen], block, {}, council=council)
        return propose_money(work, screen, block, {})

    return proposed


def block_of(heads, head, row, parts, *, merged, right):
    """A table of the parts under the row's name, with figures that differ, and those figures."""
    lines = [["Name", *heads, head] if right else ["Name", head, *heads]]
    figures = []
    for number, part in enumerate(parts, start=1):
        name = row if number == 1 or not merged else ""
        own = [f"{number}.{column}1" for column in range(len(heads))]
        figures.append(own)
        lines.append([name, *own, part] if right else [name, part, *own])
    return lines, figures


def cases(screen):
    heads, row, known = SCREENS[screen]
    words = [*PARTS]
    for one, two in PARTS:
        for other in known:
            words += [(other, one), (one, other), (one, two, other), (one, other, two)]
    for parts, head, merged, right in product(words, HEADS, (True, False), (True, False)):
        yield block_of(heads, head, row, parts, merged=merged, right=right), parts, head


@pytest.mark.parametrize("screen", SCREENS)
def test_no_figure_of_a_part_is_placed_for_the_whole_without_a_question(proposals, screen):
    wrong = []
    for (lines, _), parts, head in cases(screen):
        proposal = proposals(screen, lines)
        if proposal.changes and not proposal.questions:
            wrong.append((parts, head, lines, [change.then for change in proposal.changes]))
    assert not wrong, (len(wrong), wrong[:3])


@pytest.mark.parametrize("screen", ["lines", "capital", "assistive-technology"])
@pytest.mark.parametrize("whole", ["Net", "Total", "Net expenditure", "Overall total"])
def test_only_the_line_that_is_called_the_whole_is_taken_for_it(proposals, screen, whole):
    heads, row, known = SCREENS[screen]
    placed = 0
    for parts, head, merged in product(PARTS, ("", "Type", "Detail"), (True, False)):
        for words in ((*parts, whole), (*parts, known[-1], whole)):
            lines, figures = block_of(heads, head, row, words, merged=merged, right=False)
            proposal = proposals(screen, lines)
            then = [change.then for change in proposal.changes]
            assert proposal.questions or then in ([], figures[-1]), (lines, then)
            placed += bool(then) and not proposal.questions
    assert placed > 0


@pytest.mark.parametrize("screen", SCREENS)
def test_two_lines_that_are_called_as_rows_and_stand_alone_are_placed(proposals, screen):
    heads, row, known = SCREENS[screen]
    lines = [["Name", *heads]]
    lines += [
        [name, *(f"{at}.{n}" for n in range(1, 1 + len(heads)))]
        for at, name in enumerate((row, known[0]), start=1)
    ]
    assert len(proposals(screen, lines).changes) == 2 * len(heads)
