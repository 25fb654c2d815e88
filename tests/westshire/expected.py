"""What Westshire shows wrongly today: strict expected failures, each with what is shown."""

import pytest


def today(shown: str):
    """Marks a test of what is right, where something else is shown today: ``shown`` says what.

    Only an assertion may fail: an address or a name that is wrong is an error. Once the portal
    shows what is right, the test fails until the mark is taken away.
    """
    return pytest.mark.xfail(strict=True, raises=AssertionError, reason=shown)
