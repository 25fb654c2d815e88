"""Programmes, pools and joint outcomes as everyone reads them, from the documents and made up."""

import csv
import io

import openpyxl
import pytest
from django.test import Client

from partnerships.models import FunctionDecision, JointOutcome, PoolContribution
from tests.text import words_of

pytestmark = pytest.mark.django_db
PAPER = "/nottinghamshire/programmes/better-together/"


def words(path):
    answer = Client().get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return words_of(answer.content.decode())


def sent(path):
    answer = Client().get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    return b"".join(answer) if answer.streaming else answer.content


def rows(path):
    return list(csv.DictReader(io.StringIO(sent(path).decode("utf-8-sig"))))


def test_better_together_says_where_it_is_whom_it_is_for_and_what_it_offers():
    said = words(PAPER)
    assert "Ashfield, Mansfield, Newark and Sherwood" in said
    assert "a designated population of older people and people with long term conditions" in said
    for name in ("Self Care Hub", "Care Navigator", "Crisis Response Team", "Discharge Function"):
        assert name in said
    assert "respond to a request for support within 2 hours" in said
    assert "Performance management framework" in said


def test_its_lead_provider_is_one_by_all_its_names():
    said = words(PAPER)
    names = "single lead provider, lead provider, co-ordinating provider, single accountable"
    assert f"{names} provider. All of them are one provider." in said


def test_its_two_figures_of_over_300_million_are_never_one():
    said = words(PAPER)
    both = "Over £300m a year", "Over £300m gross"
    assert [said.count(figure) for figure in both] == [1, 1]
    first = said.index("Health and social care across the three districts")
    assert first < said.index(both[0]) < said.index("The Council's adult social care", first)
    assert "£600m" not in said


def test_nothing_in_it_is_decided_that_the_document_does_not_decide():
    said = words(PAPER)
    assert not FunctionDecision.objects.filter(
        function__arrangement__council__slug="nottinghamshire"
    ).exists()
    assert said.count("Nothing yet") == 15
    decided = {row["decision"] for row in rows("/nottinghamshire/partnerships/functions.csv")}
    assert decided == {"undecided"}


def test_it_leads_to_its_recommendations_and_says_that_head_and_signature_differ():
    answer = Client().get(PAPER).content.decode()
    address = "/nottinghamshire/meetings/adult-social-care-and-public-health/2015-02-02/"
    assert f'href="{address}"' in answer
    assert Client().get(address).status_code == 200
    assert "signed by another post: Service Director" in words(PAPER)


def test_its_pool_has_no_amount_and_says_so():
    said = words("/nottinghamshire/pools/better-together/")
    assert "No amount is held. The document gives none: A process is underway" in said
    assert "No budget is held." in said
    assert "net budget level rather than a gross budget" in said
    assert not PoolContribution.objects.filter(
        arrangement__council__slug="nottinghamshire"
    ).exists()


def test_its_outcomes_are_a_frame_with_nothing_in_it_that_says_so():
    said = words("/nottinghamshire/joint-outcomes/better-together/")
    assert "attached to the report, not in the copy" in said
    assert "Keeping people safe and promoting independence" in said
    assert not JointOutcome.objects.filter(arrangement__council__slug="nottinghamshire").exists()


def test_the_pools_named_elsewhere_in_the_document_are_listed():
    said = words("/nottinghamshire/pools/")
    assert "Transforming care in learning disabilities" in said
    assert said.count("No amount is held") == 3


def test_westshires_pool_adds_up_and_says_what_partners_have_to_be_told(westshire):
    said = words("/westshire/pools/better-care-fund-pool/")
    assert "£59,800,000 in exact amounts" in said
    assert "Contributions make the budget yes" in said
    assert "Overspend of £550,000" in said
    assert "Under delivery of £790,000" in said
    assert "£975.53" in said
    before = words("/westshire/pools/better-care-fund-pool/?version=1")
    assert "Overspend of" not in before


def test_westshires_joint_outcomes_lead_to_their_measures(westshire):
    answer = Client().get("/westshire/joint-outcomes/joint-outcomes/").content.decode()
    assert 'href="/westshire/vital-signs/emergency-admissions-65/"' in answer
    said = words_of(answer)
    assert "40 %" in said
    assert "The weights do not make" not in said


def test_a_pool_that_is_a_draft_is_in_no_list_and_no_download(westshire):
    for path in ("partnerships/", "pools/", "partnerships/contributions.csv"):
        assert b"Community equipment" not in sent(f"/westshire/{path}"), path


def test_contributions_are_handed_out_as_csv_and_xlsx(westshire):
    found = rows("/westshire/partnerships/contributions.csv")
    assert [row["amount"] for row in found] == ["38400000.00", "4150000.00", "17250000.00"]
    book = openpyxl.load_workbook(
        io.BytesIO(sent("/westshire/partnerships/contributions.xlsx")), read_only=True
    )
    assert len(list(book.active.rows)) == 4


def test_the_search_finds_a_programme_by_its_words():
    said = words("/nottinghamshire/projects/?search=bespoke+processes")
    assert "Better Together Programme in Mid-Nottinghamshire" in said


def test_the_first_page_leads_to_them(westshire):
    assert 'href="/westshire/partnerships/"' in Client().get("/westshire/").content.decode()
