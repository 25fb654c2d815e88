"""An arrangement is written, approved by somebody else, kept for good, published and withdrawn."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from bcfportal.lib import clock
from partnerships.actions import decide_function, save_arrangement, save_outcome
from partnerships.discrepancies import disagreements
from partnerships.models import Arrangement, ArrangementVersion
from partnerships.transitions import ARRANGEMENTS
from projects.access import access_of
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from publishing.workflow import NotNow
from tests.partnerships import (
    budget,
    contribution,
    decision,
    function,
    make_arrangement,
    outcome,
    publish,
)
from tests.quarter import make_quarter
from tests.text import words_of

pytestmark = pytest.mark.django_db
POOL = "/testshire/pools/better-care-fund-pool/"
WORK = "/testshire/partnerships/pool/better-care-fund-pool/"


@pytest.fixture
def people(testshire):
    return make_quarter(testshire()).people


@pytest.fixture
def council(people):
    return people["finance officer"].memberships.get().council


@pytest.fixture
def pool(people, council):
    return make_arrangement(
        council,
        "pool",
        people["finance officer"],
        poolcontributions=[contribution(), contribution("The NHS", 400)],
        capitatedbudgets=[budget()],
    )


def take(action, record, by, comment=""):
    access = access_of(by, record.council)
    return ARRANGEMENTS.transition(action, record.pk, by=by, access=access, comment=comment)


def words(path, user=None, status=200):
    client = Client()
    if user:
        client.force_login(user)
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return words_of(answer.content.decode())


def test_a_draft_is_read_by_who_keeps_it_and_by_nobody_else(pool, people):
    words(POOL, status=404)
    words(POOL, people["committee member"], status=404)
    assert "Not published." in words(POOL, people["finance officer"])


def test_who_keeps_them_is_led_to_drafts_while_nothing_is_published(pool, people):
    link = 'href="/testshire/partnerships/"'
    for role, led in (("finance officer", True), ("committee member", False)):
        client = Client()
        client.force_login(people[role])
        assert (link in client.get("/testshire/", follow=True).content.decode()) is led, role
    assert "Better Care Fund pool" in words("/testshire/partnerships/", people["finance officer"])


def test_whoever_wrote_any_of_it_does_not_approve_it(pool, people):
    take("submit", pool, people["finance officer"])
    with pytest.raises(PermissionDenied):
        take("approve", pool, people["finance officer"])
    take("approve", pool, people["performance officer"])
    assert pool.versions.get().number == 1
    # Approved it is kept, and still not public.
    words(POOL, status=404)


def test_published_it_stays_what_it_was_until_the_next_version_says_why(pool, people):
    finance, performance = people["finance officer"], people["performance officer"]
    publish(pool, finance, performance)
    assert "£1,000 in exact amounts" in words(POOL)
    with pytest.raises(NotNow):
        save_pool(pool, finance, [contribution(amount=700), contribution("The NHS", 400)])
    with pytest.raises(NotNow):
        take("change", pool, finance)
    take("change", pool, finance, "The council pays £100 more.")
    save_pool(pool, finance, [contribution(amount=700), contribution("The NHS", 400)])
    assert "£1,000 in exact amounts" in words(POOL)
    publish(pool, finance, performance)
    said = words(POOL)
    assert "£1,100 in exact amounts" in said
    assert "The council pays £100 more." in said
    assert "£1,000 in exact amounts" in words(POOL + "?version=1")


def save_pool(pool, by, contributions):
    given = {"title": pool.title, "purpose": "", "source": ""}
    names = ("legal_basis", "host", "level", "state", "money_note", "programme")
    given |= dict.fromkeys(names, "")
    save_arrangement(pool, given, {"poolcontributions": contributions}, writers=[by])


def test_withdrawn_it_is_gone_for_everyone_once_a_second_person_agrees(pool, people):
    finance, performance = people["finance officer"], people["performance officer"]
    publish(pool, finance, performance)
    row = ArrangementVersion.objects.get(arrangement=pool)
    asked = ask_to_withdraw(
        row, reason="It was not agreed.", by=finance, access=access_of(finance, pool.council)
    )
    assert "£1,000 in exact amounts" in words(POOL)
    access = access_of(performance, pool.council)
    WITHDRAWALS.transition("confirm", asked.pk, by=performance, access=access)
    assert "It was not agreed." in words(POOL, status=410)


def test_the_paper_is_a_pdf_that_stays_byte_for_byte_what_it_was(pool, people):
    publish(pool, people["finance officer"], people["performance officer"])
    address = "/testshire/partnerships/pool/better-care-fund-pool.pdf"
    first, second = (b"".join(Client().get(address)) for _ in range(2))
    assert first.startswith(b"%PDF")
    assert first == second


def test_contributions_that_do_not_make_the_pool_are_found(pool, people, council):
    assert list(disagreements(council)) == []
    save_pool(pool, people["finance officer"], [contribution(amount=700), contribution()])
    (found,) = disagreements(council)
    assert found.check == "What partners put in does not make the pool"
    assert found.by == "£300"


def test_an_amount_that_is_not_exact_is_shown_with_its_word_and_is_in_no_sum(pool, people, council):
    about = contribution("The NHS", 400, qualifier="about")
    save_pool(pool, people["finance officer"], [contribution(), about])
    said = words(POOL, people["finance officer"])
    assert "about £400" in said
    assert "£600 in exact amounts; 1 amount is not exact and in no sum" in said
    assert list(disagreements(council)) == []


def test_weights_that_are_not_a_hundred_and_an_outcome_without_a_measure_are_found(people, council):
    by = people["performance officer"]
    frame = make_arrangement(council, "outcomes", by)
    save_outcome(frame, None, outcome("One", 60, ["measures/one"]), by=by)
    save_outcome(frame, None, outcome("Other", 30), by=by)
    found = {each.check: each for each in disagreements(council)}
    assert found["Weights of outcomes do not make 100 %"].by == "10 percentage points"
    assert "Other" in found["An outcome has no measure"].about
    assert len(found) == 2


def test_a_function_decided_twice_is_found_unless_one_decision_replaces_the_other(people, council):
    by = people["performance officer"]
    record = make_arrangement(council, "programme", by, functions=[function()])
    of = record.functions.get()
    decide_function(of, decision("retain"), by=by)
    assert list(disagreements(council)) == []
    decide_function(of, decision("delegate"), by=by)
    (found,) = disagreements(council)
    assert found.check == "A function is decided twice"
    of.decisions.filter(order=2).update(replaces=of.decisions.get(order=1))
    assert list(disagreements(council)) == []


def test_a_function_on_which_something_was_decided_stays_in_the_list(people, council):
    by = people["performance officer"]
    record = make_arrangement(council, "programme", by, functions=[function()])
    decide_function(record.functions.get(), decision(), by=by)
    given = {"title": record.title, "purpose": "", "source": ""}
    with pytest.raises(NotNow, match="stays in the list"):
        save_arrangement(record, given, {"functions": [None]}, writers=[by])


def test_a_contribution_is_typed_on_its_form_and_kept(pool, people):
    client = Client()
    client.force_login(people["finance officer"])
    page = client.get(WORK + "edit/").content.decode()
    names = re.findall(r'(?:name)="([^"]+)"', page)
    sent = dict.fromkeys(names, "")
    for prefix in ("poolcontributions", "capitatedbudgets", "riskshares"):
        for name in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS", "MAX_NUM_FORMS"):
            key = f"{prefix}-{name}"
            sent[key] = re.search(rf'name="{key}" value="(\d+)"', page)[1]
    for name in ("csrfmiddlewaretoken", "was", "version", "draft", "discard"):
        sent.pop(name, None)
    sent |= {
        "title": pool.title,
        "poolcontributions-0-partner": "The council",
        "poolcontributions-0-year": "2018/19",
        "poolcontributions-0-qualifier": "about",
        "poolcontributions-0-amount": "650",
        "poolcontributions-0-basis": "net",
    }
    answer = client.post(WORK + "edit/", sent)
    assert answer.status_code == 302, words_of(answer.content.decode())
    kept = pool.poolcontributions.order_by("order").first()
    assert (kept.qualifier, kept.amount) == ("about", 650)
    assert pool.poolcontributions.count() == 1


def test_a_new_pool_is_added_on_its_form_as_a_draft(people, council):
    client = Client()
    client.force_login(people["finance officer"])
    answer = client.post("/testshire/partnerships/add/pool/", {"title": "Equipment", "purpose": ""})
    assert answer.status_code == 302
    made = Arrangement.objects.get(council=council)
    assert (made.slug, made.status) == ("equipment", "draft")


def test_a_decision_says_when_who_and_why(people, council):
    by = people["performance officer"]
    record = make_arrangement(council, "programme", by, functions=[function()])
    client = Client()
    client.force_login(by)
    address = f"/testshire/partnerships/programme/{record.slug}/functions/1/"
    day = clock.today()
    lacking = client.post(address, {"decision": "retain"})
    assert "Say who decided, by post." in words_of(lacking.content.decode())
    client.post(
        address,
        {
            "decision": "retain",
            "decided_on_0": str(day.day),
            "decided_on_1": str(day.month),
            "decided_on_2": str(day.year),
            "decided_by": "The committee",
            "reason": "It is a duty.",
        },
    )
    kept = record.functions.get().decisions.get()
    assert (kept.decision, kept.decided_on) == ("retain", day)
