"""For each constraint on a council's settings and their changes a record that breaks it."""

from projects.models import ApprovalChange, Council, ToleranceChange
from tests.ledger_breakers import NOW, person


def _change(model, **fields):
    return model(council=Council.objects.first(), by=person(), at=NOW, why="", **fields)


def breakers():
    """The breakers by the constraint's name."""
    return {
        "council_tolerances_0_to_100": lambda: Council(
            slug="other", name="Other", rating_tolerance=101
        ),
        "council_second_signature_or_own_approval": lambda: Council(
            slug="other",
            name="Other",
            second_signature="finance officer",
            approves_own_since="2018-05-01",
        ),
        "approval_change_says_why": lambda: _change(ApprovalChange, approves_own=True),
        "tolerance_change_says_why": lambda: _change(
            ToleranceChange,
            period="2017-18-q4",
            rating_tolerance=5,
            rating_tolerance_kind="relative",
            exception_variance=5,
        ),
    }
