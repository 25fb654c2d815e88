"""Whoever wrote any of it cannot approve it, however little, and whoever saved after them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, transaction

from accounts.models import Writer
from accounts.roles import Role
from finance.models import ChangeRequest, OptionForChange
from finance.monitoring.actions import correct
from finance.monitoring.actions import save_section as save_money
from finance.monitoring.actions import submit as submit_money
from finance.monitoring.transitions import MONITORING
from finance.savings.records import save_change, save_option
from finance.savings.transitions import CHANGES, OPTIONS
from projects.access import access_of
from returns.actions import save_section, submit
from returns.transitions import RETURNS
from tests.every_form import filled, open_forms
from tests.forms import forms_of
from tests.money import brought_to, by, draft, make_areas, second_keeper
from tests.month import make_month
from tests.quarter import FULL
from tests.savings import make_savings
from tests.text import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def both(quarter):
    """A person who may write and approve everything: X."""
    user = quarter.people["performance officer"]
    for role in (Role.COMMISSIONER, Role.FINANCE_OFFICER):
        user.memberships.create(council=quarter.council, role=role)
    user.assignments.create(project=quarter.project)
    return {"by": user, "access": access_of(user, quarter.council)}


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


def opened(client, both, address):
    client.force_login(both["by"])
    return client.get(address).content.decode()


def test_a_return_is_not_approved_by_who_wrote_it_before_another_saved_it(client, quarter, both):
    for name, typed in FULL.items():
        save_section(quarter.report.pk, name, typed, version=0, **quarter.by("commissioner"))
        save_section(quarter.report.pk, name, {}, version=1, **both)
        save_section(quarter.report.pk, name, typed, version=2, **quarter.by("commissioner"))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    assert not quarter.report.sections.filter(saved_by=both["by"]).exists()
    # Somebody else had started it.
    with pytest.raises(PermissionDenied):
        RETURNS.transition("approve", quarter.report.pk, **both)
    page = opened(client, both, quarter.address("review"))
    assert "You wrote" in page


APPROVE = ("action", "approve")


@pytest.mark.parametrize("action", ["approve", "send back"])
def test_a_return_that_was_submitted_again_since_the_page_was_opened_is_read_first(
    client, quarter, action
):
    quarter.submitted()
    address, report = quarter.address("review"), quarter.report
    quarter.sign_in(client, "performance officer")
    press = "action", action
    old = filled(open_forms(client, address)[0], {"words": "Why?"}, press) | {"without": ["yes"]}
    RETURNS.transition("withdraw", report.pk, **quarter.by("commissioner"))
    typed = FULL["performance"] | {"performance": "Words that nobody reviewed."}
    save_section(report.pk, "performance", typed, version=1, **quarter.by("commissioner"))
    submit(report.pk, **quarter.by("commissioner"))
    response = client.post(address, old)
    page = response.content.decode()
    assert response.status_code == 409
    assert "“Performance in full” was changed since you opened the page" in words_of(page)
    assert "Words that nobody reviewed." in page
    assert quarter.report.status == "submitted"
    form = forms_of(response, address)[0]
    assert form.sent["words"] == ["Why?"]
    assert client.post(address, filled(form, {}, press) | {"without": ["yes"]}).status_code == 302


def test_a_money_report_that_was_submitted_again_since_the_page_was_opened_is_read_first(
    client, money
):
    report = brought_to(money, "submitted")
    client.force_login(second_keeper(money.council))
    address = f"/{money.council.slug}/money/{report.period}/{report.version}/"
    old = open_forms(client, address)[0]
    MONITORING.transition("withdraw", report.pk, **by(money.keeper, money.council))
    lines = report.sections.get(name="lines")
    typed = lines.typed | {"older-outturn": "10.401"}
    keeper = by(money.keeper, money.council)
    save_money(report.pk, "lines", typed, version=lines.version, **keeper)
    submit_money(report.pk, **keeper)
    response = client.post(old.action, filled(old, {}, APPROVE))
    assert response.status_code == 409
    assert "changed since you opened the page" in words_of(response.content.decode())
    report.refresh_from_db()
    assert report.status == "submitted"
    again = forms_of(response, address)[0]
    assert client.post(again.action, filled(again, {}, APPROVE)).status_code == 302


def test_a_return_that_another_started_is_not_approved_by_who_added_a_word(quarter, both):
    quarter.fill()
    typed = FULL["performance"] | {"performance": "Going very well."}
    save_section(quarter.report.pk, "performance", typed, version=1, **both)
    typed = FULL["performance"] | {"performance": "Going well, we think."}
    save_section(quarter.report.pk, "performance", typed, version=2, **quarter.by("commissioner"))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    with pytest.raises(PermissionDenied):
        RETURNS.transition("approve", quarter.report.pk, **both)


def test_a_month_of_measures_is_not_approved_by_who_typed_a_figure(quarter, both):
    month = make_month(quarter)
    month.fill("90")
    version = month.report.sections.get(name="measures").version
    typed = dict(month.report.sections.get(name="measures").typed)
    save_section(month.report.pk, "measures", {}, version=version, **both)
    save_section(
        month.report.pk, "measures", typed, version=version + 1, **month.by("commissioner")
    )
    submit(month.report.pk, **month.by("commissioner"))
    with pytest.raises(PermissionDenied):
        RETURNS.transition("approve", month.report.pk, **both)


def test_a_finance_report_is_not_approved_by_who_saved_a_figure_before(quarter, both):
    make_areas(quarter.council)
    keeper = quarter.people["finance officer"]
    report = draft(quarter.council, keeper)
    lines = report.sections.get(name="lines")
    by = {"by": keeper, "access": access_of(keeper, quarter.council)}
    save_money(report.pk, "lines", {}, version=lines.version, **both)
    save_money(report.pk, "lines", lines.typed, version=lines.version + 1, **by)
    submit_money(report.pk, **by)
    with pytest.raises(PermissionDenied):
        MONITORING.transition("approve", report.pk, **both)
    other = second_keeper(quarter.council)
    MONITORING.transition("approve", report.pk, by=other, access=access_of(other, quarter.council))


def test_a_correction_is_not_approved_by_who_wrote_figures_that_it_holds(client, quarter, both):
    make_areas(quarter.council)
    keeper, other = quarter.people["finance officer"], second_keeper(quarter.council)
    by_keeper = {"by": keeper, "access": access_of(keeper, quarter.council)}
    by_other = {"by": other, "access": access_of(other, quarter.council)}
    report = draft(quarter.council, keeper)
    submit_money(report.pk, **by_keeper)
    MONITORING.transition("approve", report.pk, **by_other)
    # The second version is begun and submitted by another, who changes nothing of it.
    fresh = correct(report, why="Looked at again.", **by_other)
    submit_money(fresh.pk, **by_other)
    for barred in (by_keeper, by_other):
        with pytest.raises(PermissionDenied), transaction.atomic():
            MONITORING.transition("approve", fresh.pk, **barred)
    page = opened(client, by_keeper, f"/testshire/money/{report.period}/{fresh.version}/")
    assert "You wrote some of this report" in page
    MONITORING.transition("approve", fresh.pk, **both)


def change_of(quarter, by):
    make_savings(quarter)
    given = {"title": "Moved", "reason": "Slower.", "amount": 600, "from_year": 2018}
    given |= {"to_year": 2019, "saving": quarter.council.savings.get(slug="project")}
    return save_change(quarter.council, None, "re-profiling", given, by=by)


@pytest.mark.parametrize("action", ["agree", "refuse"])
def test_a_change_is_not_decided_by_who_wrote_it_where_another_asked(client, quarter, both, action):
    change = change_of(quarter, both["by"])
    CHANGES.transition("request", change.pk, **quarter.by("commissioner"))
    with pytest.raises(PermissionDenied), transaction.atomic():
        CHANGES.transition(action, change.pk, comment="Because.", **both)
    page = opened(client, both, f"/testshire/savings/changes/{change.number}/")
    assert "You wrote or asked for this change" in page
    CHANGES.transition(action, change.pk, comment="Because.", **quarter.by("finance officer"))
    assert ChangeRequest.objects.get(pk=change.pk).decided_by == quarter.people["finance officer"]


@pytest.mark.parametrize("action", ["agree", "refuse"])
def test_an_option_is_not_decided_by_who_rewrote_anothers_draft(client, quarter, both, action):
    make_savings(quarter)
    given = {
        "title": "Do more",
        "proposal": "More.",
        "reasons": "Money.",
        "project": quarter.project,
    }
    given |= {"signed_by": "Chief Officer", "signed_when": "November 2018"}
    writer = quarter.people["commissioner"]
    option = save_option(quarter.council, None, given, [], [], by=writer)
    save_option(quarter.council, option, given | {"proposal": "All."}, [], [], by=both["by"])
    OPTIONS.transition("put forward", option.pk, **quarter.by("commissioner"))
    comment = {"comment": "Because."}
    for barred in (both, quarter.by("commissioner")):
        with pytest.raises(PermissionDenied), transaction.atomic():
            OPTIONS.transition(action, option.pk, **comment, **barred)
    page = opened(client, both, f"/testshire/options/decide/{option.slug}/")
    assert "You wrote some of this option" in page
    OPTIONS.transition(action, option.pk, **comment, **quarter.by("finance officer"))
    assert OptionForChange.objects.get(pk=option.pk).decided_by.post == "Finance officer"


def test_an_option_is_not_decided_by_who_put_it_forward(quarter, both):
    make_savings(quarter)
    given = {
        "title": "Do more",
        "proposal": "More.",
        "reasons": "Money.",
        "project": quarter.project,
    }
    given |= {"signed_by": "Chief Officer", "signed_when": "November 2018"}
    by = quarter.people["commissioner"]
    option = save_option(quarter.council, None, given, [], [], by=by)
    OPTIONS.transition("put forward", option.pk, **both)
    with pytest.raises(PermissionDenied):
        OPTIONS.transition("agree", option.pk, **both)


def test_who_wrote_something_stays_written_down(quarter, both):
    quarter.fill()
    writer = Writer.objects.filter(kind="publishing.return", record=quarter.report.pk).get()
    assert writer.by == quarter.people["commissioner"]
    for change in (
        lambda: Writer.objects.filter(pk=writer.pk).update(by=both["by"]),
        lambda: Writer.objects.filter(pk=writer.pk).delete(),
    ):
        with pytest.raises(InternalError), transaction.atomic():
            change()
