"""Reviewing, approving, publishing and reopening; what was published when."""

import re

import pytest

from projects.models import Project
from publishing.models import PeriodVersion, Publication, Return, Snapshot
from publishing.workflow import NotNow
from returns.actions import save_section, submit
from returns.review import publish_period, send_back
from returns.transitions import RETURNS
from tests.seen import seen_on
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"


def act(client, quarter, action, **data):
    address = quarter.address("review")
    read = seen_on(quarter.sign_in(client, OFFICER), address)
    return client.post(address, data | {"action": action} | read)


def published(quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    publish_period(quarter.period, **quarter.by(OFFICER))
    return quarter.report


def test_the_review_marks_what_changed_since_last_time(client, quarter):
    quarter.submitted()
    page = quarter.sign_in(client, OFFICER).get(quarter.address("review")).content.decode()
    assert "<del>Well.</del>" in page
    assert "<ins>Going well.</ins>" in page
    words = words_of(page)
    assert "Spent to date in 2018/19 £500 Forecast for 2018/19 £1,000" in words
    assert "Allocated in this financial year: £1,000." in words


def test_sending_back_asks_only_about_the_sections_chosen(client, quarter):
    quarter.submitted()
    act(client, quarter, "send back", **{"note-spend": "Is the forecast right?"})
    assert quarter.report.status == "sent back"
    asked = dict(quarter.report.sections.values_list("name", "asked"))
    assert asked == {
        "measures": "",
        "spend": "Is the forecast right?",
        "performance": "",
        "rating": "",
    }
    page = quarter.sign_in(client, "commissioner").get(quarter.address("return")).content.decode()
    assert "Is the forecast right?" in page
    # The return's own state, the one section, and the line of the timeline.
    assert page.count(">Sent back<") == 3


def test_what_the_officer_asks_stands_on_check_and_submit(client, quarter):
    quarter.submitted()
    act(client, quarter, "send back", words="See below.", **{"note-spend": "Is it all in?"})
    page = read(quarter.sign_in(client, "commissioner"), quarter.address("check"))
    assert "What is asked Spend: Is it all in? See below." in page
    submit(quarter.report.pk, **quarter.by("commissioner"))
    assert "What is asked" not in read(client, quarter.address("check"))


def test_what_changed_since_the_last_submission_is_shown_alone(client, quarter):
    quarter.submitted()
    act(client, quarter, "send back", **{"note-performance": "Shorter, please."})
    typed = {"performance": "Going quite well.", "summary_performance": "Well."}
    save_section(quarter.report.pk, "performance", typed, version=1, **quarter.by("commissioner"))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    page = quarter.sign_in(client, OFFICER).get(quarter.address("review")).content.decode()
    part = page.split("What changed since the last submission")[1].split("marked against")[0]
    assert "<ins>quite </ins>" in part
    assert "Short text" not in part
    assert quarter.report.sections.filter(asked="").count() == 4


def test_a_changed_figure_is_two_figures_and_a_text_keeps_its_lines(client, quarter):
    text = "581 people are helped at home.\nReviews are due in May."
    performance = {"performance": text, "summary_performance": "Well."}
    quarter.fill(performance=performance)
    submit(quarter.report.pk, **quarter.by("commissioner"))
    act(client, quarter, "send back", **{"note-performance": "Is it right?"})
    typed = performance | {"performance": text.replace("581", "75")}
    version = quarter.report.sections.get(name="performance").version
    save_section(
        quarter.report.pk, "performance", typed, version=version, **quarter.by("commissioner")
    )
    submit(quarter.report.pk, **quarter.by("commissioner"))
    page = quarter.sign_in(client, OFFICER).get(quarter.address("review")).content.decode()
    assert (
        '<del>581</del><span class="portal-gap"> → </span><ins>75</ins> people are helped at home.'
        "\nReviews are due in May." in page
    )


def test_sending_back_without_a_word_is_refused_and_loses_nothing(client, quarter):
    quarter.submitted()
    response = act(client, quarter, "send back", words="")
    assert response.status_code == 409
    assert "Say why in a few words" in response.content.decode()
    assert quarter.report.status == "submitted"


def test_an_action_that_is_none_says_what_to_choose(client, quarter):
    quarter.submitted()
    assert "Choose whether to approve" in act(client, quarter, "burn").content.decode()


def test_approval_keeps_a_numbered_fingerprinted_snapshot(client, quarter):
    quarter.submitted()
    act(client, quarter, "approve")
    snapshot = Snapshot.objects.get(report=quarter.report)
    assert snapshot.number == 1
    assert snapshot.content["performance"] == "Going well."
    assert snapshot.content["spend_forecast"] == "1000"
    assert not Publication.objects.filter(version=snapshot).exists()


@pytest.mark.parametrize(
    "role", ["commissioner", "finance officer", "committee member", "outsider"]
)
def test_only_a_performance_officer_reviews_and_publishes(client, quarter, role):
    quarter.submitted()
    quarter.sign_in(client, role)
    refused = 404 if role in ("commissioner", "committee member", "outsider") else 403
    assert client.post(quarter.address("review"), {"action": "approve"}).status_code == refused
    for name in ("approve-many", "publish"):
        address = f"/testshire/quarter/2018-19-q2/{name.split('-')[0]}/"
        expected = 404 if role == "outsider" else 403
        assert client.post(address).status_code == expected, name
    assert quarter.report.status == "submitted"


def test_several_are_approved_at_once_and_each_refusal_says_why(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, OFFICER)
    address = "/testshire/quarter/2018-19-q2/approve/"
    read = seen_on(client, "/testshire/quarter/?period=2018-19-q2", address)
    ticked = {"project": ["project", "nothing"]}
    page = client.post(address, ticked | read, follow=True).content.decode()
    assert "1 approved." in page
    assert quarter.report.status == "approved"
    page = client.post(address, {"project": ["project"]}, follow=True).content.decode()
    assert "This return is already approved." in page


def test_approving_with_nothing_ticked_asks_for_a_tick_and_says_nothing_of_0(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, OFFICER)
    page = client.post("/testshire/quarter/2018-19-q2/approve/", follow=True).content.decode()
    assert "No return was ticked. Tick each that you approve." in page
    assert "0 approved" not in page
    assert quarter.report.status == "submitted"
    page = client.post(
        "/testshire/quarter/2018-19-q2/approve/", {"project": ["nothing"]}, follow=True
    ).content.decode()
    assert "0 approved" not in page


def test_what_is_approved_is_a_preview_for_insiders_until_it_is_published(client, quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    address = "/testshire/projects/project/?period=2018-19-q2"
    assert client.get(address).status_code == 404
    assert quarter.sign_in(client, "outsider").get(address).status_code == 404
    page = quarter.sign_in(client, "committee member").get(address).content.decode()
    assert "Preview: approved, not published" in page
    assert "Going well." in page
    client.logout()
    publish_period(quarter.period, **quarter.by(OFFICER))
    page = client.get(address).content.decode()
    assert "Going well." in page
    assert "Preview" not in page


def test_the_latest_period_is_shown_by_default_and_the_one_before_on_request(client, quarter):
    published(quarter)
    assert "Going well." in client.get("/testshire/projects/project/").content.decode()
    before = client.get("/testshire/projects/project/?period=2018-19-q1").content.decode()
    assert "Going well." not in before
    assert "Well." in before
    assert 'value="2018-19-q1" selected' in before
    assert 'href="/testshire/projects/?period=2018-19-q1"' in before
    pdf = client.get("/testshire/projects/project.pdf?period=2018-19-q1")
    assert pdf.status_code == 200
    rows = client.get("/testshire/data/projects.csv?period=2018-19-q1").content.decode()
    assert "2018-19-q1" in rows


def test_entries_that_are_described_only_are_published_with_the_period(quarter):
    condition = quarter.council.conditions.get()
    Project.objects.create(
        council=quarter.council,
        grant_condition=condition,
        slug="described",
        order=2,
        kind="described",
        title="Described",
        short_title="Described",
    )
    published(quarter)
    shown = Snapshot.objects.published([quarter.period])
    assert [snapshot.report.slug for snapshot in shown] == ["project", "described"]


def test_publishing_with_nothing_approved_says_so(client, quarter):
    page = quarter.sign_in(client, OFFICER).post(
        "/testshire/quarter/2018-19-q2/publish/", follow=True
    )
    assert "approve a return first" in page.content.decode()


def test_reopening_keeps_what_was_published_and_makes_the_next_number(client, quarter):
    published(quarter)
    act(client, quarter, "reopen", words="A figure was wrong.")
    assert quarter.report.status == "sent back"
    assert "Going well." in client.get("/testshire/projects/project/").content.decode()
    typed = {"performance": "Going better.", "summary_performance": "Better."}
    save_section(quarter.report.pk, "performance", typed, version=1, **quarter.by("commissioner"))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    assert "Going well." in client.get("/testshire/projects/project/").content.decode()
    publish_period(quarter.period, **quarter.by(OFFICER))
    assert "Going better." in client.get("/testshire/projects/project/").content.decode()
    numbers = quarter.report.snapshots.order_by("number").values_list("number", flat=True)
    assert list(numbers) == [1, 2]
    assert quarter.report.events.filter(action="reopen").get().comment == "A figure was wrong."


def test_a_return_published_twice_is_refused(quarter):
    report = published(quarter)
    with pytest.raises(NotNow):
        RETURNS.transition("publish", report.pk, **quarter.by(OFFICER))
    with pytest.raises(NotNow, match="Nothing is approved and unpublished"):
        publish_period(quarter.period, **quarter.by(OFFICER))
    assert PeriodVersion.objects.filter(period=quarter.period).count() == 1


def test_the_checks_name_what_an_officer_should_look_at(client, quarter):
    quarter.fill(
        spend={
            "spend_to_date": "1500",
            "spend_forecast": "1200",
            "variance_reason": "More people came.",
        }
    )
    submit(quarter.report.pk, **quarter.by("commissioner"))
    # Since it was asked at the tick no return says so; earlier ones may.
    Return.objects.filter(pk=quarter.report.pk).update(unchanged=True)
    page = quarter.sign_in(client, OFFICER).get(quarter.address("review")).content.decode()
    assert "£200 over the allocation (20%), more than the tolerance of 5%" in page
    assert "More is spent to date than is forecast" in page
    assert (
        "Nothing has changed” is ticked, but the performance text and Money have changed." in page
    )


def test_a_snapshot_takes_as_many_queries_for_a_large_programme(
    quarter, django_assert_max_num_queries
):
    quarter.submitted()
    with django_assert_max_num_queries(34):
        RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    assert Return.objects.get(pk=quarter.report.pk).status == "approved"


def test_a_late_approve_with_a_note_says_what_became_of_the_return_and_keeps_the_note_to_copy(
    client, quarter
):
    quarter.submitted()
    quarter.sign_in(client, OFFICER)
    address = quarter.address("review")
    read = seen_on(client, address)
    send_back(quarter.report.pk, asked={}, comment="Once more.", **quarter.by(OFFICER))
    note = {"action": "approve", "words": "Not this box.", "note-rating": "Why amber?"}
    response = client.post(address, note | read)
    page = response.content.decode()
    assert response.status_code == 409
    assert "This return is sent back. That can only be done to one that is submitted." in page
    assert "approve without the note" not in page
    assert not re.search(r"name=\"words\"[^>]*>\s*Not this box", page)
    assert "Not this box." in page
    assert "Why amber?" in page


def test_a_review_in_a_closed_period_leads_to_reopening_it(client, quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    quarter.period.status = "closed"
    quarter.period.save()
    page = quarter.sign_in(client, OFFICER).get(quarter.address("review")).content.decode()
    assert "is closed. To reopen this return, reopen the period first." in words_of(page)
    assert f'href="/testshire/periods/{quarter.period.key}/"' in page
    assert "Why it is reopened" not in page


def test_a_return_that_is_sent_back_in_a_closed_period_is_not_to_be_sent_back(client, quarter):
    quarter.submitted()
    send_back(quarter.report.pk, asked={}, comment="Once more.", **quarter.by(OFFICER))
    quarter.period.status = "closed"
    quarter.period.save()
    page = words_of(quarter.sign_in(client, OFFICER).get(quarter.address("review")).text)
    assert "is closed. For this return to be written, reopen the period first." in page


@pytest.mark.parametrize("published", [True, False])
def test_reopening_says_that_what_is_published_stays_only_where_it_is_published(
    client, quarter, published
):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    if published:
        publish_period(quarter.period, **quarter.by(OFFICER))
    address = quarter.address("review")
    read = seen_on(quarter.sign_in(client, OFFICER), address)
    typed = {"action": "reopen", "form": "reopen", "words": "A slip."} | read
    page = words_of(client.post(address, typed, follow=True).text)
    assert "is reopened." in page
    assert ("What is published stays until the next version is published." in page) == published
