"""A small made-up council with something of every subject."""

from tests import money
from tests.quarter import make_quarter
from tests.registers import make_register
from tests.savings import make_savings
from tests.testshire import make_testshire


def make_small_council() -> None:
    """Testshire: a published quarter, one in work, a finance report, a savings paper and risks."""
    council = make_testshire()
    quarter = make_quarter(council)
    quarter.submitted()
    make_savings(quarter)
    make_register(council)
    money.make_areas(council)
    money.published(council, quarter.people["finance officer"])
