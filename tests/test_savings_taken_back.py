"""Savings that were agreed or asked for by mistake: what is offered, and the way back."""

import pytest

from finance.models import ChangeRequest, OptionForChange, Saving
from finance.savings.paper_transitions import PAPERS
from finance.savings.records import save_change
from finance.savings.transitions import CHANGES, OPTIONS
from tests.forms import forms_of
from tests.money import second_keeper
from tests.savings import make_savings, paper_to_come
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER, FINANCE, COMMISSIONER = "performance officer", "finance officer", "commissioner"


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


@pytest.fixture
def option(savings):
    """An option of which no paper says anything, put forward."""
    given = {"title": "Do more", "proposal": "More.", "reasons": "Money.", "reference": "T9"}
    given |= {"signed_by": "Director", "signed_when": "May", "project": savings.project}
    made = OptionForChange.objects.create(council=savings.council, slug="do-more", **given)
    made.years.create(year=2019, gross=500, net=500)
    OPTIONS.transition("put forward", made.pk, **savings.by(COMMISSIONER))
    return made


DECIDE = "/testshire/options/decide/do-more/"


def offered(savings, client, role, address):
    """The actions that a page offers to the person, and its words."""
    savings.sign_in(client, role)
    answer = client.get(address)
    forms = forms_of(answer, address)
    actions = {value for form in forms for name, value in form.buttons if name == "action"}
    return actions, words_of(answer.text)


def press(savings, client, role, address, action, **typed):
    savings.sign_in(client, role)
    forms = forms_of(client.get(address), address)
    form = next(form for form in forms if ("action", action) in form.buttons)
    return client.post(address, form.sent | typed | {"action": action})


def test_an_option_that_was_put_forward_is_taken_back_and_is_a_draft_again(client, savings, option):
    assert offered(savings, client, OFFICER, DECIDE)[0] == {"agree", "refuse"}
    for role in (COMMISSIONER, FINANCE):
        assert "take back" in offered(savings, client, role, DECIDE)[0]
    assert press(savings, client, COMMISSIONER, DECIDE, "take back").status_code == 302
    option.refresh_from_db()
    assert option.status == "draft"
    actions, words = offered(savings, client, COMMISSIONER, DECIDE)
    assert actions == {"put forward"}
    assert "Taken back" in words


def test_an_agreement_is_taken_back_with_a_reason_and_its_saving_goes(client, savings, option):
    press(savings, client, OFFICER, DECIDE, "agree")
    assert Saving.objects.filter(title="Do more").exists()
    actions, words = offered(savings, client, OFFICER, DECIDE)
    assert actions == {"take back agreement"}
    answer = press(savings, client, OFFICER, DECIDE, "take back agreement", words=" ")
    assert answer.status_code == 409
    answer = press(savings, client, OFFICER, DECIDE, "take back agreement", words="Wrong one.")
    assert answer.status_code == 302
    option.refresh_from_db()
    assert (option.status, option.saving, option.decided_by) == ("put forward", None, None)
    assert not Saving.objects.filter(title="Do more").exists()
    actions, words = offered(savings, client, OFFICER, DECIDE)
    assert actions == {"agree", "refuse"}
    assert "Agreement taken back" in words
    assert "Wrong one." in words
    assert press(savings, client, OFFICER, DECIDE, "agree").status_code == 302


def test_words_of_a_refusal_are_no_reason_for_taking_an_agreement_back(client, savings, option):
    savings.sign_in(client, OFFICER)
    form = next(
        form
        for form in forms_of(client.get(DECIDE), DECIDE)
        if ("action", "refuse") in form.buttons
    )
    OPTIONS.transition("agree", option.pk, **savings.by(FINANCE))
    refused = form.sent | {"words": "I would refuse it.", "action": "refuse"}
    answer = client.post(DECIDE, refused)
    assert answer.status_code == 409
    assert "I would refuse it." in words_of(answer.text)
    boxes = [form.sent["words"] for form in forms_of(answer, DECIDE) if "words" in form.sent]
    assert boxes == [[""]]
    assert client.post(DECIDE, refused, headers={"accept": "application/json"}).status_code == 409
    actions, words = offered(savings, client, OFFICER, DECIDE)
    assert actions == {"take back agreement"}
    assert "I would refuse it." not in words


def test_nobody_decides_on_an_option_in_the_words_of_another(client, savings, option):
    savings.sign_in(client, OFFICER)
    form = next(
        form
        for form in forms_of(client.get(DECIDE), DECIDE)
        if ("action", "refuse") in form.buttons
    )
    typed = form.sent | {"words": "I would refuse it.", "draft": "yes"}
    assert client.post(DECIDE, typed).status_code == 302
    savings.people["second"] = second_keeper(savings.council)
    assert "I would refuse it." not in offered(savings, client, "second", DECIDE)[1]
    assert press(savings, client, "second", DECIDE, "agree").status_code == 302
    assert option.timeline.last().comment == ""


def test_an_agreement_whose_saving_a_paper_reports_stays(client, savings, option):
    press(savings, client, OFFICER, DECIDE, "agree")
    PAPERS.transition("publish", paper_to_come(savings.council), **savings.by(FINANCE))
    assert offered(savings, client, OFFICER, DECIDE)[0] == set()


def test_the_saving_of_an_option_is_not_offered_to_be_removed(client, savings, option):
    press(savings, client, OFFICER, DECIDE, "agree")
    savings.sign_in(client, FINANCE)
    page = client.get("/testshire/savings/edit/do-more/").text
    assert "can still be removed" not in page
    assert "Remove it" not in page


def test_the_list_of_options_says_who_decided(client, savings, option):
    OptionForChange.objects.update(written_by=savings.people[COMMISSIONER])
    press(savings, client, OFFICER, DECIDE, "agree")
    words = offered(savings, client, FINANCE, "/testshire/savings/work/")[1]
    assert "T9 Do more Agreed: Performance officer" in words
    assert "Agreed, by Commissioner" not in words


def moved(savings, amount, to_year=2019):
    saving = Saving.objects.get(council=savings.council, slug="project")
    given = {"title": "Moved", "reason": "Slower.", "saving": saving, "amount": amount}
    given |= {"from_year": 2018, "to_year": to_year}
    by = savings.people[COMMISSIONER]
    return save_change(savings.council, None, "re-profiling", given, by=by)


def at(change):
    return f"/testshire/savings/changes/{change.number}/"


def test_a_change_of_more_than_the_target_says_why_and_cannot_be_asked_for(client, savings):
    change = moved(savings, 1200)
    actions, words = offered(savings, client, COMMISSIONER, at(change))
    assert actions == {"withdraw"}
    assert "It cannot be asked for." in words
    assert "£1,200 out of 2018/19, which has £1,000." in words


def test_a_change_that_no_longer_fits_is_not_offered_to_be_agreed(client, savings):
    first, second = moved(savings, 600), moved(savings, 700)
    for change in (first, second):
        CHANGES.transition("request", change.pk, **savings.by(COMMISSIONER))
    assert "agree" in offered(savings, client, OFFICER, at(second))[0]
    CHANGES.transition("agree", first.pk, **savings.by(OFFICER))
    actions, words = offered(savings, client, OFFICER, at(second))
    assert actions == {"refuse"}
    assert "It cannot be agreed." in words
    assert "£700 out of 2018/19, which has £400." in words


def test_a_preview_counts_no_change_that_is_not_agreed(client, savings):
    first, second = moved(savings, 600), moved(savings, 300)
    CHANGES.transition("request", first.pk, **savings.by(COMMISSIONER))
    assert ChangeRequest.objects.get(pk=second.pk).status == "draft"
    words = offered(savings, client, COMMISSIONER, at(second))[1]
    assert "with this change alone, which is not agreed" in words
    assert "was 0.001" in words
