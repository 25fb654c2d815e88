"""A paper to a committee: written, approved by somebody else, published, corrected, withdrawn."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from meetings.models import PaperVersion
from meetings.papers import actions
from projects.access import access_of
from publishing.workflow import NotNow
from tests.committee_papers import PATH, make_paper, make_published_paper, take, write
from tests.meetings import take as take_of_meeting
from tests.quarter import make_quarter
from tests.seen import seen_on
from tests.text import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter(testshire):
    return make_quarter(testshire())


@pytest.fixture
def people(quarter):
    return quarter.people


@pytest.fixture
def writer(people):
    return people["finance officer"]


@pytest.fixture
def officer(people):
    return people["performance officer"]


def test_a_paper_is_public_once_it_is_published_and_never_changes(client, quarter, people):
    paper = make_published_paper(quarter.council, people, upto="approve")
    assert client.get(PATH).status_code == 404
    take("publish", paper, people["performance officer"])
    words = words_of(client.get(PATH).text)
    assert "1. To say what was spent." in words
    assert "2. It was spent on care." in words
    assert "To note what was spent." in words
    version = paper.versions.get()
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        PaperVersion.objects.filter(pk=version.pk).update(number=7)
    assert [line.title for line in paper.timeline.all()] == ["Submitted", "Approved", "Published"]


def test_who_wrote_a_paper_does_not_approve_it(quarter, writer, officer):
    paper = make_paper(quarter.council, writer)
    take("submit", paper, writer)
    with pytest.raises(PermissionDenied):
        take("approve", paper, writer)
    take("approve", paper, officer)
    assert paper.versions.get().by == officer


def test_nor_does_anyone_who_wrote_one_heading_of_it(quarter, writer, officer):
    paper = make_paper(quarter.council, writer)
    write(paper, officer, "More", "And more.")
    take("submit", paper, writer)
    with pytest.raises(PermissionDenied):
        take("approve", paper, officer)


@pytest.mark.parametrize("who", ["commissioner", "committee member", "administrator"])
def test_only_officers_write_papers(quarter, people, who):
    with pytest.raises(PermissionDenied):
        make_paper(quarter.council, people[who])


def test_only_a_draft_is_written_on(quarter, writer):
    paper = make_paper(quarter.council, writer)
    take("submit", paper, writer)
    with pytest.raises(NotNow, match="This paper is submitted: only a draft is written on"):
        write(paper, writer, "Late", "Too late.")
    take("take back", paper, writer)
    write(paper, writer, "Late", "In time.")


def test_a_paper_says_what_it_lacks_before_it_is_submitted(quarter, writer):
    paper = make_paper(quarter.council, writer)
    section = write(paper, writer, "Other options", "")
    with pytest.raises(NotNow, match="Nothing stands below “Other options”"):
        take("submit", paper, writer)
    write(paper, writer, "Below it", "Something.", level=2)
    take("submit", paper, writer)
    take("take back", paper, writer)
    write(paper, writer, "Other options", "It cost [figure 4].", order=section.order)
    with pytest.raises(NotNow, match=r"names \[figure 4\], which the paper has not"):
        take("submit", paper, writer)


def test_sent_back_it_says_why(quarter, writer, officer):
    paper = make_paper(quarter.council, writer)
    take("submit", paper, writer)
    with pytest.raises(NotNow, match="Say why"):
        take("send back", paper, officer)
    take("send back", paper, officer, comment="Say who pays.")
    paper.refresh_from_db()
    assert (paper.status, paper.timeline.last().comment) == ("draft", "Say who pays.")


def test_an_approved_paper_goes_out_with_the_agenda_and_not_before_it(client, quarter, people):
    writer, officer = people["finance officer"], people["performance officer"]
    paper = make_paper(quarter.council, writer, publish_agenda=False)
    take("submit", paper, writer)
    take("approve", paper, officer)
    with pytest.raises(NotNow, match="published with the agenda"):
        take("publish", paper, officer)
    meeting = paper.item.meeting
    take_of_meeting("publish agenda", meeting, officer)
    assert client.get(PATH).status_code == 200
    paper.refresh_from_db()
    assert paper.status == "published"


def test_what_is_published_is_corrected_by_a_version_that_says_why_and_what(
    client, quarter, people
):
    writer, officer = people["finance officer"], people["performance officer"]
    paper = make_published_paper(quarter.council, people)
    with pytest.raises(NotNow, match="Say why"):
        take("correct", paper, writer)
    take("correct", paper, writer, comment="It was not care.")
    assert "It was spent on care." in words_of(client.get(PATH).text)
    text = "To say what was spent.\nIt was spent on transport."
    write(paper, writer, "Purpose", text, order=1, kind="purpose")
    for action, who in (("submit", writer), ("approve", officer), ("publish", officer)):
        take(action, paper, who)
    words = words_of(client.get(PATH).text)
    assert "It was not care" in words
    assert "Paragraph 2" in words
    assert "It was spent on transport." in words
    old = words_of(client.get(f"{PATH}?version=1").text)
    assert "Superseded" in old
    assert "transport" not in old


def test_a_withdrawn_paper_is_gone_and_the_one_before_stands(client, quarter, people):
    officer = people["performance officer"]
    paper = make_published_paper(quarter.council, people)
    version = paper.versions.get()
    client.force_login(officer)
    page = f"/testshire/versions/{version.fingerprint[:12]}/withdraw/"
    asked = client.get(page)
    assert "Version 1 of the paper “Spending” to the Committee" in words_of(asked.text)
    typed = {"number": 1, "action": "ask", "reason": "It is wrong."}
    assert client.post(page, typed | seen_on(client, page)).status_code == 302
    client.logout()
    assert client.get(PATH).status_code == 410
    assert client.get(f"{PATH}paper.pdf").status_code == 410


def test_drafts_are_read_by_who_writes_or_approves_papers_only(client, quarter, people):
    paper = make_paper(quarter.council, people["finance officer"])
    for who, status in (
        *(("committee member", 404), ("commissioner", 404), ("administrator", 404)),
        *(("finance officer", 200), ("performance officer", 200)),
    ):
        client.force_login(people[who])
        assert client.get(f"{PATH}?version=working").status_code == status, who
    assert paper.versions.count() == 0


def test_headings_are_moved_taken_out_and_put_back(client, quarter, writer):
    paper = make_paper(quarter.council, writer)
    write(paper, writer, "Second", "After it.")
    by = {"by": writer, "access": access_of(writer, quarter.council)}
    actions.move_section(paper.pk, 2, up=True, **by)
    headings = [row.heading for row in paper.sections.all()]
    assert headings == ["Second", "Purpose"]
    actions.take_out(paper.pk, 1, removed=True, **by)
    client.force_login(writer)
    assert "After it." not in client.get(f"{PATH}?version=working").text
    actions.take_out(paper.pk, 1, removed=False, **by)
    assert "After it." in client.get(f"{PATH}?version=working").text


def test_the_fingerprint_of_a_version_leads_to_it(client, quarter, people):
    version = make_published_paper(quarter.council, people).versions.get()
    words = words_of(client.get(f"/version/{version.fingerprint[:12]}/").text)
    assert "Paper: Spending, Committee, 9 April 2018" in words
