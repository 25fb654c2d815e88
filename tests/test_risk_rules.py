"""The risk rules: the examples of docs/rules/risks.md, and what holds for all scores."""

from datetime import date

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from risks.rules import Band, band_of, by_exception, counts_by_band, is_passed, movement, score

BANDS = [Band("High", 16, 25), Band("Medium", 6, 15), Band("Low", 1, 5)]
values = st.integers(1, 5)


def examples(first):
    """The rows of the document's table whose first heading is ``first``, as dicts."""
    tables, heading = {}, None
    for line in (settings.BASE_DIR / "docs/rules/risks.md").read_text().splitlines():
        if not line.startswith("|"):
            heading = None
            continue
        cells = [cell.strip() for cell in line[1:-1].split("|")]
        if heading is None:
            heading = cells
            tables[heading[0]] = []
        elif set(cells) != {"---"}:
            tables[heading[0]].append(dict(zip(heading, cells, strict=True)))
    return tables[first]


def number(text):
    return int(text) if text else None


@pytest.mark.parametrize("row", examples("Likelihood"), ids=lambda row: row["Score"])
def test_a_score_and_its_band_are_as_the_document_says(row):
    points = score(int(row["Likelihood"]), int(row["Impact"]))
    assert points == int(row["Score"])
    assert band_of(points, BANDS).name == row["Band"]


@pytest.mark.parametrize("row", examples("Points"), ids=lambda row: row["Reason"])
def test_an_exception_is_as_the_document_says(row):
    answer = by_exception(
        number(row["Points"]), row["Prospects"], threshold=12, counting=("amber", "red")
    )
    assert answer.yes is (row["Exception"] == "yes")
    assert answer.reason == row["Reason"]


@pytest.mark.parametrize("row", examples("Before"))
def test_a_movement_is_as_the_document_says(row):
    assert movement(number(row["Before"]), number(row["After"])) == row["Movement"]


@pytest.mark.parametrize("row", examples("Promised"))
def test_a_promise_has_passed_as_the_document_says(row):
    days = (date.fromisoformat(row[name]) for name in ("Promised", "Reported"))
    assert is_passed(*days) is (row["Passed"] == "yes")


@pytest.mark.parametrize("pair", [(0, 3), (6, 3), (3, 0), (3, 6), (-1, 1)])
def test_a_value_off_the_scale_is_refused(pair):
    with pytest.raises(ValueError, match="is not from 1 to 5"):
        score(*pair)


def test_a_score_that_no_band_holds_is_refused():
    with pytest.raises(ValueError, match="No band holds a score of 6"):
        band_of(6, [Band("Low", 1, 5)])


@given(values, values)
def test_every_score_is_in_one_of_norfolks_bands(likelihood, impact):
    points = score(likelihood, impact)
    assert sum(band.low <= points <= band.high for band in BANDS) == 1
    assert score(impact, likelihood) == points


@given(st.lists(st.none() | st.integers(1, 25)))
def test_counts_by_band_count_every_score_once(points):
    counted = counts_by_band(points, BANDS)
    assert [band for band, _ in counted] == BANDS
    assert sum(count for _, count in counted) == len([one for one in points if one is not None])
