"""Lines that belong together under one name: no part's figure is placed for the whole unasked."""

from itertools import product

import pytest

from projects.models import Council
from tests.pasted import proposing

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
    return proposing(Council.objects.get(slug="westshire"))


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
