"""The pages on which officers write a paper to a committee, and decide on it."""

import pytest

from meetings.models import Paper
from publishing.models import FormDraft
from tests.committee_papers import PATH, make_paper, make_published_paper, take, write
from tests.meetings import make_meeting
from tests.quarter import make_quarter
from tests.seen import seen_on
from tests.text import words_of

pytestmark = pytest.mark.django_db
WRITE = f"{PATH}write/"
SECTION = {"kind": "information", "heading": "What it cost", "level": "1"}


@pytest.fixture
def quarter(testshire):
    return make_quarter(testshire())


@pytest.fixture
def writer(quarter):
    return quarter.people["finance officer"]


@pytest.fixture
def officer(quarter):
    return quarter.people["performance officer"]


@pytest.fixture
def paper(quarter, writer):
    return make_paper(quarter.council, writer)


def test_an_officer_begins_a_paper_of_an_item_that_has_none(client, quarter, writer):
    make_meeting(quarter.council)
    client.force_login(writer)
    assert "Write the paper" in words_of(client.get("/testshire/meetings/papers/").text)
    answer = client.post(f"{WRITE}head/", {"title": "", "author_post": "Director"})
    assert "Enter the title of the paper." in words_of(answer.text)
    assert "Director" in answer.text
    answer = client.post(f"{WRITE}head/", {"title": "Spending", "author_post": "Director"})
    assert (answer.status_code, answer["Location"]) == (302, WRITE)
    paper = Paper.objects.get(item__meeting__committee__council=quarter.council)
    assert (paper.title, paper.author_post, paper.status) == ("Spending", "Director", "draft")


def test_what_is_typed_below_a_heading_becomes_numbered_paragraphs(client, paper, writer):
    client.force_login(writer)
    typed = SECTION | {"text": "Care costs more.\n- homes\n- visits\nYear | £\n2018 | 5"}
    assert client.post(f"{WRITE}add/", typed).status_code == 302
    words = words_of(client.get(f"{PATH}?version=working").text)
    assert "3. Care costs more." in words
    page = client.get(f"{WRITE}2/").text
    assert "Care costs more.\n\n- homes\n- visits\n\nYear | £\n2018 | 5" in page


def test_what_is_typed_is_kept_until_it_is_sent(client, paper, writer, officer):
    client.force_login(writer)
    typed = SECTION | {"text": "Half a sen", "draft": "yes"}
    client.post(f"{WRITE}add/", typed)
    assert paper.sections.count() == 1
    assert FormDraft.objects.get(council=paper.council).typed["text"] == "Half a sen"
    assert "Half a sen" in client.get(f"{WRITE}add/").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"none": "on"}, "Only of implications it is said that there are none."),
        ({"to_follow": "on"}, "Only a comment of an officer has a day or is to follow."),
        ({"kind": "implication", "none": "on", "text": "Some."}, "There are paragraphs above"),
        ({"kind": "comment", "to_follow": "on", "text": "Some."}, "There are paragraphs above"),
        ({"heading": ""}, "Enter the heading."),
    ],
)
def test_what_does_not_fit_is_said_at_its_box(client, paper, writer, typed, said):
    client.force_login(writer)
    answer = client.post(f"{WRITE}add/", SECTION | typed)
    assert said in words_of(answer.text)
    assert paper.sections.count() == 1


def test_headings_are_moved_taken_out_and_put_back(client, paper, writer):
    write(paper, writer, "Second", "After it.")
    client.force_login(writer)

    def do(what, order, heading):
        sent = {"do": f"{what} {order}", f"heading-{order}": heading}
        return words_of(client.post(f"{WRITE}headings/", sent, follow=True).text)

    assert "“Second” is moved." in do("up", 2, "Second")
    assert [row.heading for row in paper.sections.all()] == ["Second", "Purpose"]
    # What an older page says of another heading does nothing.
    assert "The headings were moved since you opened the page" in do("out", 1, "Purpose")
    assert "“Second” is taken out: it can be put back." in do("out", 1, "Second")
    assert paper.sections.get(order=1).removed
    assert "“Second” is put back." in do("back", 1, "Second")
    assert not paper.sections.get(order=1).removed


def test_a_paper_is_submitted_sent_back_with_a_note_and_approved(client, paper, writer, officer):
    def press(user, action, **typed):
        client.force_login(user)
        sent = {"action": action} | typed | seen_on(client, WRITE)
        return client.post(WRITE, sent)

    assert press(writer, "submit").status_code == 302
    assert press(officer, "send back").status_code == 409
    sent = {"words": "Say who pays.", "form": "send-back"}
    assert press(officer, "send back", **sent).status_code == 302
    client.force_login(writer)
    assert "Say who pays." in words_of(client.get(WRITE).text)
    assert press(writer, "submit").status_code == 302
    client.force_login(writer)
    assert "Approve it" not in client.get(WRITE).text
    assert press(officer, "approve").status_code == 302
    paper.refresh_from_db()
    assert paper.status == "approved"


def test_who_approves_approves_what_they_read(client, paper, writer, officer):
    take("submit", paper, writer)
    client.force_login(officer)
    seen = seen_on(client, WRITE)
    take("take back", paper, writer)
    write(paper, writer, "Purpose", "To say something else.", order=1, kind="purpose")
    take("submit", paper, writer)
    answer = client.post(WRITE, {"action": "approve"} | seen)
    assert answer.status_code == 409
    assert "“Purpose” was changed since you opened the page" in words_of(answer.text)
    paper.refresh_from_db()
    assert paper.status == "submitted"


def test_of_a_paper_that_was_submitted_meanwhile_what_was_typed_is_shown(client, paper, writer):
    client.force_login(writer)
    take("submit", paper, writer)
    assert "only a draft is written on" in words_of(client.get(f"{WRITE}1/").text)
    answer = client.post(f"{WRITE}1/", SECTION | {"text": "Typed too late."})
    assert answer.status_code == 409
    assert "Typed too late." in answer.text
    assert "only a draft is written on" in words_of(answer.text)


def test_a_corrected_paper_says_why_on_the_page_where_it_is_written(client, quarter, writer):
    paper = make_published_paper(quarter.council, quarter.people)
    client.force_login(writer)
    sent = {"action": "correct", "words": "A wrong sum.", "form": "correct"}
    assert client.post(WRITE, sent | seen_on(client, WRITE)).status_code == 302
    assert "Written again because: A wrong sum." in words_of(client.get(WRITE).text)
    paper.refresh_from_db()
    assert paper.status == "draft"
