"""What is typed beside the acts on a finance report is kept on the server until it is sent."""

import pytest

from finance.monitoring.transitions import MONITORING
from publishing.models import FormDraft
from tests.every_form import filled, open_forms
from tests.money import brought_to, by, make_areas, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER, FINANCE = "performance officer", "finance officer"
AT = "/testshire/money/2018-19-m02/1/"
JSON = {"accept": "application/json"}
NOTE = "Is the forecast of older people right?"


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people[FINANCE]
    quarter.people["second"] = second_keeper(quarter.council)
    return quarter


def form_of(client, quarter, who):
    """The form for words on the report's page, as the person sees it."""
    quarter.sign_in(client, who)
    return next(form for form in open_forms(client, AT) if "words" in form.boxes)


def typed(client, quarter, who, words=NOTE, button=("draft", "yes")):
    form = form_of(client, quarter, who)
    return client.post(form.action, filled(form, {"words": words}, button))


def waiting():
    """What is typed and not sent, by the query that its form has."""
    rows = FormDraft.objects.exclude(typed={})
    return {row.address.partition("?")[2]: row.typed["words"] for row in rows}


@pytest.mark.parametrize("action", ["approve", "send back"])
def test_a_comment_is_kept_for_who_typed_it_and_gone_with_their_press(client, money, action):
    report = brought_to(money, "submitted")
    assert typed(client, money, OFFICER).status_code == 302
    assert waiting() == {"form=decide": NOTE}
    form = form_of(client, money, OFFICER)
    assert form.sent["words"] == [NOTE]
    saves = client.get(f"{AT}?form=decide&saves=all").content.decode()
    assert "Performance officer" in words_of(saves)
    assert client.post(form.action, filled(form, {}, ("action", action))).status_code == 302
    assert waiting() == {}
    report.refresh_from_db()
    assert report.events.last().action == action
    assert report.events.last().comment == NOTE


@pytest.mark.parametrize("action", ["approve", "send back"])
def test_nobody_gives_the_words_of_another_with_their_own_decision(client, money, action):
    report = brought_to(money, "submitted")
    typed(client, money, OFFICER, "Do not approve it.")
    form = form_of(client, money, "second")
    assert form.sent["words"] == [""]
    assert "Do not approve it." not in words_of(client.get(AT).content.decode())
    saves = client.get(f"{AT}?form=decide&saves=all").content.decode()
    assert "Do not approve it." not in saves
    own = {"words": "It is right."}
    assert client.post(form.action, filled(form, own, ("action", action))).status_code == 302
    assert report.events.last().comment == "It is right."
    # What the other typed waits for them still.
    assert waiting() == {"form=decide": "Do not approve it."}


def test_what_is_typed_beside_the_acts_is_kept_while_it_is_typed(client, money):
    brought_to(money, "submitted")
    form = form_of(client, money, OFFICER)
    given = filled(form, {"words": "Is the"}) | {"form": "decide"}
    answer = client.post(form.action, given, headers=JSON)
    assert answer.status_code == 200
    assert answer.json()["version"] == 1
    assert waiting() == {"form=decide": "Is the"}


def test_who_wrote_the_report_and_who_decides_on_it_type_into_forms_of_their_own(client, money):
    report = brought_to(money, "submitted")
    typed(client, money, OFFICER)
    assert form_of(client, money, FINANCE).sent["words"] == [""]
    assert typed(client, money, FINANCE, "A line is missing.").status_code == 302
    assert waiting() == {"form=decide": NOTE, "form=withdraw": "A line is missing."}
    typed(client, money, FINANCE, "A line is missing.", ("action", "withdraw"))
    assert report.events.last().comment == "A line is missing."
    assert waiting() == {"form=decide": NOTE}


def test_a_comment_that_waits_while_the_report_is_submitted_again_says_so(client, money):
    report = brought_to(money, "submitted")
    typed(client, money, OFFICER)
    assert "since that was typed" not in words_of(client.get(AT).content.decode())
    keeper = by(money.keeper, money.council)
    MONITORING.transition("withdraw", report.pk, **keeper)
    assert NOTE not in words_of(client.get(AT).content.decode())
    MONITORING.transition("submit", report.pk, **keeper)
    page = words_of(client.get(AT).content.decode())
    assert NOTE in page
    assert "The report was submitted again, or acted on, since that was typed." in page


def test_a_comment_is_not_kept_as_the_reason_of_a_correction(client, money):
    report = brought_to(money, "submitted")
    form = form_of(client, money, "second")
    MONITORING.transition("approve", report.pk, **money.by(OFFICER))
    given = filled(form, {"words": NOTE})
    answer = client.post(form.action, given, headers=JSON)
    assert answer.status_code == 409
    assert "acted on since you opened the page" in answer.json()["reason"]
    page = client.post(form.action, filled(form, {"words": NOTE}, ("action", "send back")))
    assert page.status_code == 409
    # It is there to be copied, and in no box.
    assert NOTE in words_of(page.content.decode())
    assert form_of(client, money, "second").sent["words"] == [""]
    assert waiting() == {}


def test_what_is_corrected_is_kept_until_the_next_version_is_begun(client, money):
    report = brought_to(money, "published")
    typed(client, money, FINANCE, "A slip in one line.")
    assert waiting() == {"form=correct": "A slip in one line."}
    assert form_of(client, money, "second").sent["words"] == [""]
    form = form_of(client, money, FINANCE)
    assert form.sent["words"] == ["A slip in one line."]
    answer = client.post(form.action, filled(form, {}, ("action", "correct")))
    assert answer.headers["Location"] == "/testshire/money/2018-19-m02/2/"
    assert waiting() == {}
    fresh = money.council.monitoring_reports.get(version=2)
    assert fresh.events.get().comment == "A slip in one line."
    report.refresh_from_db()
    assert report.status == "published"
