"""Each package of the portal stands on a floor, and nothing that holds for all leaves one out."""

import pytest

from tests.packages import CONTRACTS, FLOORS, PACKAGES, TOOLS, app_labels


def test_what_is_ours_is_read_off_the_tree():
    assert {"risks", "typed", "bcfportal"} < set(PACKAGES)
    assert {"risks", "publishing"} < app_labels()
    assert "auth" not in app_labels()


def test_every_package_stands_on_a_floor():
    assert set(PACKAGES) == set().union(*FLOORS)


@pytest.mark.parametrize(
    "named",
    [
        TOOLS["mypy"]["packages"],
        TOOLS["importlinter"]["root_packages"],
        [
            name.removesuffix(".lib")
            for name in CONTRACTS["No package imports in a circle"]["ancestors"]
        ],
    ],
    ids=["types", "imports", "circles"],
)
def test_every_package_is_checked(named):
    assert set(PACKAGES) - set(named) == set()
