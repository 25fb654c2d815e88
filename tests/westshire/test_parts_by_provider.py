"""A part of a measure that is a provider has the provider's name of each version: one column."""

import pytest

from outcomes.models import Result
from returns.review import publish_period
from tests.westshire.project_pages import Q2, Q3, by, columns, download, period, report
from tests.westshire.shown import page, paper, person
from tests.westshire.test_later_periods import corrected
from tests.westshire.test_renamed import from_day


@pytest.fixture
def parted(westshire):
    """A project of quarter 3 that is approved, of which a measure is counted by provider."""
    found = (
        Result.objects.filter(
            measure__project__council=westshire, segment__kind="provider", period=Q2
        )
        .order_by("measure__project__slug")
        .first()
    )
    return found.measure.project.slug, found.segment


def renamed(client, provider, name, **how):
    client.force_login(person("administrator"))
    address = f"/westshire/administration/providers/{provider.slug}/"
    assert client.post(address, {"name": name, **how}).status_code == 302
    client.logout()


MISSPELT = {"how": "misspelt", "why": "It was misspelt."}


@pytest.mark.parametrize("how", [from_day(2026, 8, 1), MISSPELT], ids=["renamed", "misspelt"])
def test_a_provider_s_column_has_its_name_of_the_version(westshire, client, parted, how):
    slug, segment = parted
    old = segment.provider.name
    assert segment.name == old
    renamed(client, segment.provider, "Harbour Care", **how)
    corrected(westshire, "handyperson", summary_performance="A word was put right.")
    query = f"?period={Q2}"
    heads = columns(client, f"projects/{slug}/{query}")
    assert any("Harbour Care" in head for head in heads)
    assert not any(old in head for head in heads)
    assert len(heads) == len(set(heads))
    words = page(client, f"projects/{slug}/{query}")
    printed = paper(client, f"projects/{slug}.pdf{query}")
    for told in (words, printed):
        assert "Harbour Care" in told
        assert f"{old} (Harbour Care)" not in told
        assert f"{old} Harbour Care" not in told
    parts = {row["segment"] for row in download(client, "results", Q2) if row["project"] == slug}
    assert "Harbour Care" in parts
    assert not any(old in part for part in parts)


def test_a_report_that_is_approved_after_the_new_name_has_it_too(westshire, client, parted):
    slug, segment = parted
    old = segment.provider.name
    renamed(client, segment.provider, "Harbour Care", **from_day(2026, 8, 1))
    corrected(westshire, slug, summary_performance="Approved since.")
    parts = {row["segment"] for row in download(client, "results", Q2) if row["project"] == slug}
    assert "Harbour Care" in parts
    assert not any(old in part for part in parts)


def test_a_quarter_of_before_keeps_the_name_of_its_day(westshire, client, parted):
    slug, segment = parted
    old = segment.provider.name
    renamed(client, segment.provider, "Harbour Care", **from_day(2026, 11, 1))
    corrected(westshire, slug, summary_performance="Approved since.")
    parts = {row["segment"] for row in download(client, "results", Q2) if row["project"] == slug}
    assert old in parts
    assert not any("Harbour Care" in part for part in parts)


def test_the_paper_of_what_is_described_only_has_its_corrections_and_what_has_changed(
    westshire, client
):
    publish_period(period(westshire), **by("performance", westshire))
    found = westshire.projects.filter(kind="described").order_by("slug")
    project = next(each for each in found if each.streams.exists())
    fund = project.streams.first().fund
    client.force_login(person("administrator"))
    typed = {"name": "A fund renamed", "label": fund.label, "order": fund.order}
    address = f"/westshire/administration/funds/{fund.slug}/"
    assert client.post(address, typed | from_day(2026, 12, 1)).status_code == 302
    client.logout()
    other = report(westshire, "medicines-support", Q3)
    corrected(westshire, other.slug, key=Q3, summary_performance="Another sentence.")
    for address in (f"projects/{project.slug}.pdf", "reports/progress-update.pdf"):
        printed = paper(client, f"{address}?period={Q3}")
        assert f"Fund: A fund renamed; it was {fund.name}" in printed, address
        assert f"1 December 2026: “{fund.name}” is called “A fund renamed”" in printed, address
