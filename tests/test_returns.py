"""Writing a return: nothing typed is lost, and only what is right is submitted."""

from datetime import date

import pytest

from accounts.models import Session
from publishing.models import Return, Section
from returns.periods import open_period
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.quarter import FULL

pytestmark = pytest.mark.django_db
PERFORMANCE = FULL["performance"]


def save(client, quarter, name, typed, version=0, **headers):
    data = typed | {"version": str(version)}
    return client.post(quarter.address("section", name), data, headers=headers)


def test_my_returns_lists_what_is_owed_with_one_thing_to_do(client, quarter):
    page = quarter.sign_in(client, "commissioner").get("/testshire/returns/").content.decode()
    assert "Not started" in page
    assert ">Start<" in page


def test_saving_a_section_starts_the_return_and_goes_back_to_the_list(client, quarter):
    quarter.sign_in(client, "commissioner")
    response = save(client, quarter, "performance", PERFORMANCE)
    assert response.headers["Location"] == quarter.address("return")
    section = quarter.report.sections.get(name="performance")
    assert section.typed == PERFORMANCE
    assert (section.version, section.saved_by.post) == (1, "Commissioner")
    assert quarter.report.status == "draft"


@pytest.mark.parametrize(
    ("name", "typed", "sentence"),
    [
        ("spend", {"spend_to_date": "N/A", "spend_forecast": "1000"}, "Enter a number"),
        ("spend", {"spend_to_date": "500", "spend_forecast": "-1000"}, "0 or more"),
        ("spend", {"spend_to_date": "(1,200)", "spend_forecast": "1000"}, "below zero"),
        ("spend", {"spend_to_date": "1", "spend_forecast": "1,100"}, "£100 over the allocation"),
        ("spend", {"spend_to_date": "1", "spend_forecast": ""}, "Enter the forecast for the year."),
        (
            "performance",
            {"performance": "", "summary_performance": "x"},
            "how the project is doing",
        ),
        ("rating", FULL["rating"] | {"rating": "purple"}, "Choose green, amber or red."),
        ("rating", FULL["rating"] | {"rating": "red"}, "Red: say what has caused it."),
        ("rating", FULL["rating"] | {"rating": "amber", "action_due": "31/2/2019"}, "a real date"),
    ],
)
def test_what_is_wrong_is_kept_as_typed_and_said_in_words(client, quarter, name, typed, sentence):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, name, typed)
    filled = {field: text for field, text in typed.items() if text}
    assert quarter.report.sections.get(name=name).typed == filled
    page = client.get(quarter.address("section", name)).content.decode()
    assert sentence in page
    assert "There is a problem" in page or "Show what is left" in page


@pytest.mark.parametrize("word", ["nil", "n/a", "TBC", "see note", "not known"])
def test_words_in_a_spend_box_are_not_told_to_choose_what_the_page_has_not(client, quarter, word):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "spend", {"spend_to_date": word, "spend_forecast": word})
    page = client.get(quarter.address("section", "spend")).content.decode()
    assert f"“{word}” is not one" in page
    assert "choose why" not in page


def test_within_the_tolerance_no_reason_is_asked_for(client, quarter):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "spend", {"spend_to_date": "£1", "spend_forecast": "1050"})
    page = client.get(quarter.address("section", "spend")).content.decode()
    assert "There is a problem" not in page
    assert "Show what is left" not in page


def test_autosave_says_when_it_saved_and_what_follows(client, quarter):
    quarter.sign_in(client, "commissioner")
    typed = {"spend_to_date": "1", "spend_forecast": "1100"}
    answer = save(client, quarter, "spend", typed, Accept="application/json").json()
    assert answer["version"] == 1
    assert answer["saved"].startswith("Saved ")
    assert answer["variance"] == "£100 over the allocation (10%)"


def test_saving_the_same_twice_changes_nothing(client, quarter):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "performance", PERFORMANCE)
    save(client, quarter, "performance", PERFORMANCE, version=0)
    assert quarter.report.sections.get(name="performance").version == 1


def test_the_later_of_two_tabs_is_told_and_both_texts_are_there(client, quarter):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "performance", {"performance": "First tab."})
    response = save(client, quarter, "performance", {"performance": "Second tab."}, version=0)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Commissioner saved this section at" in page
    assert "First tab." in page
    assert ">\nSecond tab.</textarea>" in page
    assert quarter.report.sections.get(name="performance").typed == {"performance": "First tab."}
    # The page carries the newer version: saving again keeps the second text.
    save(client, quarter, "performance", {"performance": "Second tab."}, version=1)
    assert quarter.report.sections.get(name="performance").typed["performance"] == "Second tab."


def test_autosave_of_the_later_tab_is_told_too(client, quarter):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "performance", {"performance": "First."})
    answer = save(
        client, quarter, "performance", {"performance": "Second."}, Accept="application/json"
    )
    assert answer.status_code == 409
    assert "saved this section at" in answer.json()["conflict"]


def test_a_lapsed_session_asks_for_sign_in_and_gives_every_word_back(client, quarter):
    commissioner = quarter.people["commissioner"]
    commissioner.set_password("a long enough phrase")
    commissioner.save()
    quarter.sign_in(client, "commissioner")
    Session.objects.all().delete()
    long = "Typed for an hour. <b>&</b> “quotes”\n\nSecond paragraph."
    response = save(client, quarter, "performance", {"performance": long})
    page = response.content.decode()
    assert response.status_code == 401
    assert "Sign in again to keep what you typed" in page
    assert "Typed for an hour. &lt;b&gt;" in page
    wrong = {"performance": long, "sign-in-email": commissioner.email, "sign-in-password": "no"}
    assert "do not match" in save(client, quarter, "performance", wrong).content.decode()
    right = wrong | {"sign-in-password": "a long enough phrase"}
    assert save(client, quarter, "performance", right).status_code == 302
    assert quarter.report.sections.get(name="performance").typed["performance"] == long


def test_who_may_not_sign_in_may_not_sign_in_again(client, quarter, settings):
    settings.DEMONSTRATION = False
    commissioner = quarter.people["commissioner"]
    commissioner.is_demonstration = True
    commissioner.set_password("a long enough phrase")
    commissioner.save()
    typed = {
        "performance": "Typed.",
        "sign-in-email": commissioner.email,
        "sign-in-password": "a long enough phrase",
    }
    assert save(client, quarter, "performance", typed).status_code == 401
    assert quarter.report.sections.get(name="performance").typed == {}


def test_autosave_without_a_session_says_so(client, quarter):
    answer = save(client, quarter, "performance", PERFORMANCE, Accept="application/json")
    assert (answer.status_code, answer.json()) == (401, {"signed_out": True})


def test_a_text_far_too_long_is_refused_in_words_and_still_there(client, quarter):
    quarter.sign_in(client, "commissioner")
    response = save(client, quarter, "performance", {"performance": "x" * 200_000})
    page = response.content.decode()
    assert "A box holds 200,000 characters" in page
    assert "x" * 200_000 in page
    assert quarter.report.sections.get(name="performance").typed == {}


def test_files_in_place_of_texts_and_stray_fields_do_no_harm(client, quarter):
    from django.core.files.uploadedfile import SimpleUploadedFile

    quarter.sign_in(client, "commissioner")
    data = {"performance": SimpleUploadedFile("a.txt", b"x"), "status": "approved", "version": "0"}
    client.post(quarter.address("section", "performance"), data)
    assert quarter.report.status in ("not started", "draft")
    assert "status" not in quarter.report.sections.get(name="performance").typed


@pytest.mark.parametrize("version", ["", "-1", "x", "²", "9" * 40])
def test_a_forged_version_is_no_fault_and_loses_nothing(client, quarter, version):
    """Boxes are merged by what they held; the version decides nothing."""
    quarter.sign_in(client, "commissioner")
    assert save(client, quarter, "performance", PERFORMANCE, version=version).status_code == 302
    kept = quarter.report.sections.get(name="performance").typed
    assert kept["performance"] == PERFORMANCE["performance"]


ADDRESSES = ["return", "check", "submit", "carry", "withdraw"]


@pytest.mark.parametrize("role", ["committee member", "administrator", "outsider"])
def test_other_peoples_returns_are_not_there(client, quarter, role):
    quarter.sign_in(client, role)
    for name in ADDRESSES:
        address = quarter.address(name)
        method = client.get if name in ("return", "check") else client.post
        assert method(address).status_code == 404, name
    assert client.get(quarter.address("section", "spend")).status_code == 404
    assert save(client, quarter, "spend", FULL["spend"]).status_code == 404


@pytest.mark.parametrize("role", ["performance officer", "finance officer"])
def test_officers_may_read_a_return_and_not_write_it(client, quarter, role):
    quarter.sign_in(client, role)
    assert client.get(quarter.address("return")).status_code == 200
    assert client.get(quarter.address("section", "spend")).status_code == 200
    assert save(client, quarter, "spend", FULL["spend"]).status_code == 403
    for name in ("submit", "carry", "withdraw"):
        assert client.post(quarter.address(name)).status_code == 403


def test_reading_addresses_take_no_writes_and_the_other_way_round(client, quarter):
    quarter.sign_in(client, "commissioner")
    for name in ("return", "check"):
        assert client.post(quarter.address(name)).status_code == 405
    for name, page in (("submit", "check"), ("carry", "return"), ("withdraw", "return")):
        assert client.get(quarter.address(name)).headers["Location"] == quarter.address(page)


def test_an_incomplete_return_is_not_submitted_and_says_what_is_missing(client, quarter):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "performance", PERFORMANCE)
    page = client.post(quarter.address("submit"), {"declared": "1"}).content.decode()
    assert "Choose how the project is rated now." in page
    assert f'href="{quarter.address("section", "rating")}#rating"' in page
    assert quarter.report.status == "draft"


def test_submitting_needs_the_declaration(client, quarter):
    quarter.fill()
    page = quarter.sign_in(client, "commissioner").post(quarter.address("submit")).content.decode()
    assert "Tick that the return is right" in page
    assert quarter.report.status == "draft"


def test_submitting_writes_the_record_once_however_often_it_is_clicked(client, quarter):
    quarter.fill()
    quarter.sign_in(client, "commissioner")
    for _ in range(2):
        client.post(quarter.address("submit"), {"declared": "1"})
    report = quarter.report
    assert report.status == "submitted"
    assert (report.spend_to_date, report.spend_forecast, report.rating) == (500, 1000, "green")
    assert report.events.filter(action="submit").count() == 1


def test_withdrawing_is_one_click_and_keeps_everything(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, "commissioner").post(quarter.address("withdraw"))
    assert quarter.report.status == "draft"
    assert quarter.report.sections.get(name="performance").typed == PERFORMANCE


def test_a_submitted_return_cannot_be_changed_and_the_words_are_not_lost(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, "commissioner")
    response = save(client, quarter, "performance", {"performance": "Too late."}, version=1)
    page = response.content.decode()
    assert response.status_code == 409
    assert "This return is submitted." in page
    assert "Too late." in page


def test_last_times_words_can_be_used_and_never_overwrite(client, quarter):
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "performance", {"summary_performance": "Mine."})
    client.post(quarter.address("carry"))
    typed = quarter.report.sections.get(name="performance").typed
    assert typed == {"performance": "Well.", "summary_performance": "Mine."}
    response = save(client, quarter, "performance", typed | {"use": "performance"}, version=2)
    assert response.headers["Location"] == quarter.address("section", "performance")


def test_one_tick_reports_a_project_with_no_news(client, quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by("performance officer"))
    publish_period(quarter.period, **quarter.by("performance officer"))
    officer = quarter.people["performance officer"]
    dates = {name: date(2019, 2, 1) for name in ("as_at", "opens", "due", "closes")}
    quarter.period = open_period(
        council=quarter.council, key="2018-19-q3", title="Report", by=officer, **dates
    )
    quarter.sign_in(client, "commissioner")
    save(client, quarter, "spend", FULL["spend"])
    client.post(quarter.address("submit"), {"declared": "1", "unchanged": "1"})
    report = quarter.report
    assert (report.status, report.unchanged) == ("submitted", True)
    assert (report.rating, report.performance) == ("green", "Going well.")


def test_a_commissioner_of_other_projects_does_not_find_the_return(client, quarter):
    quarter.people["commissioner"].assignments.all().delete()
    quarter.sign_in(client, "commissioner")
    assert client.get(quarter.address("return")).status_code == 404
    assert save(client, quarter, "spend", FULL["spend"]).status_code == 404
    assert client.post(quarter.address("submit"), {"declared": "1"}).status_code == 404


def test_the_number_of_queries_of_a_section_does_not_depend_on_the_project(
    client, quarter, django_assert_max_num_queries
):
    quarter.sign_in(client, "commissioner")
    for name in ("measures", "spend", "performance", "rating"):
        with django_assert_max_num_queries(18):
            client.get(quarter.address("section", name))
    with django_assert_max_num_queries(30):
        save(client, quarter, "performance", PERFORMANCE)


def test_every_return_has_its_four_sections():
    assert Section.objects.count() % 4 == 0
    assert Return.objects.exists()
