"""A second signature on finance reports, as the council's administrator sets it."""

import pytest

from accounts.roles import Role
from finance.models import MonitoringReport
from finance.monitoring.actions import submit
from finance.monitoring.transitions import MONITORING
from projects.approval import change_approval
from projects.models import ApprovalChange
from publishing.workflow import NotNow
from tests.every_form import filled, open_forms
from tests.money import by, draft, make_areas, second_keeper
from tests.test_who_approves import OWN, switched
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER, FINANCE = "performance officer", "finance officer"
AT, EVERY = "/testshire/money/2018-19-m02/1/", "/testshire/money/"


@pytest.fixture
def money(quarter):
    """Testshire with two finance officers, of whom the first writes."""
    make_areas(quarter.council)
    quarter.keeper = quarter.people[FINANCE]
    quarter.second = quarter.people["second"] = second_keeper(quarter.council)
    return quarter


def signed_by(quarter, role):
    """The council asks the role to sign its finance reports."""
    given = {"why": "The board asks for it.", "by": quarter.people["administrator"]}
    change_approval(quarter.council, "", of_finance=role, **given)
    quarter.council.refresh_from_db()


def submitted(quarter):
    report = draft(quarter.council, quarter.keeper)
    submit(report.pk, **by(quarter.keeper, quarter.council))
    return report


def page_of(client, quarter, who):
    quarter.sign_in(client, who)
    return words_of(client.get(AT).content.decode())


def buttons(client, quarter, who):
    """The actions that the report's page offers to the person."""
    quarter.sign_in(client, who)
    forms = open_forms(client, AT)
    return {value for form in forms for name, value in form.buttons if name == "action"}


def pressed(client, quarter, who, action, **typed):
    quarter.sign_in(client, who)
    form = next(form for form in open_forms(client, AT) if ("action", action) in form.buttons)
    return client.post(form.action, filled(form, typed, ("action", action)), follow=True)


def test_finance_reports_are_signed_a_second_time_where_it_is_switched_on_with_a_reason(
    client, money
):
    money.sign_in(client, "administrator")
    answer = client.post(
        "/testshire/administration/settings/approval/",
        {"approval": FINANCE, "of_finance": OFFICER, "why": "The board asks for it."},
        follow=True,
    )
    page = words_of(answer.content.decode())
    assert (
        "Saved: A finance officer signs a return before another officer approves it. "
        "A performance officer signs a finance report before another officer approves it."
    ) in page
    money.council.refresh_from_db()
    assert money.council.second_signature == FINANCE
    assert money.council.second_signature_of_finance == OFFICER
    # That of returns is switched off, and that of finance reports stays.
    page = words_of(
        client.post(
            "/testshire/administration/settings/approval/",
            {"approval": "", "of_finance": OFFICER, "why": "Too slow."},
            follow=True,
        ).content.decode()
    )
    assert "Saved: A performance officer signs a finance report" in page
    assert ApprovalChange.objects.count() == 2


def test_it_is_not_switched_on_where_no_three_people_could_write_sign_and_approve(client, money):
    money.second.memberships.all().delete()
    money.sign_in(client, "administrator")
    typed = {"approval": "", "why": "The board asks for it."}
    address = "/testshire/administration/settings/approval/"
    for role in (FINANCE, OFFICER):
        page = words_of(client.post(address, typed | {"of_finance": role}).content.decode())
        assert "It takes three people" in page
    money.people[OFFICER].memberships.all().delete()
    page = words_of(client.post(address, typed | {"of_finance": OFFICER}).content.decode())
    assert "Nobody is a performance officer: give somebody that role first." in page
    for role in (Role.FINANCE_OFFICER, Role.PERFORMANCE_OFFICER):
        money.second.memberships.create(council=money.council, role=role)
        money.people[OFFICER].memberships.create(council=money.council, role=role)
    own = {"approval": OWN, "of_finance": FINANCE}
    page = words_of(client.post(address, typed | own).content.decode())
    assert "A second signature is given by a second person" in page
    assert not ApprovalChange.objects.exists()


def test_a_finance_report_is_signed_by_the_role_that_is_asked_and_only_then_approved(
    client, money, mailoutbox
):
    signed_by(money, OFFICER)
    report = submitted(money)
    assert [mail.to for mail in mailoutbox] == [["performance_officer@example.org"]]
    assert AT in mailoutbox[0].body
    assert "Month 2 of 2018/19" in mailoutbox[0].subject
    assert buttons(client, money, FINANCE) == {"send back", "withdraw"}
    assert buttons(client, money, "second") == {"send back", "withdraw"}
    said = "A performance officer signs this report before it is approved."
    assert said in page_of(client, money, "second")
    assert "Performance officer, to sign it" in words_of(client.get(EVERY).content.decode())
    with pytest.raises(NotNow, match="asks that it is signed a second time first"):
        MONITORING.transition("approve", report.pk, **by(money.second, money.council))
    assert buttons(client, money, OFFICER) == {"countersign", "send back"}
    page = words_of(pressed(client, money, OFFICER, "countersign").content.decode())
    assert "Month 2 of 2018/19 is signed. Another officer now approves it." in page
    report.refresh_from_db()
    assert report.status == "signed"
    assert "Signed a second time" in page
    # Who signed it does not approve it.
    assert buttons(client, money, OFFICER) == {"send back"}
    assert "You gave the second signature, so somebody else has to approve it." in page_of(
        client, money, OFFICER
    )
    assert "You wrote some of this report, so somebody else has to approve it." in page_of(
        client, money, FINANCE
    )
    pressed(client, money, "second", "approve")
    report.refresh_from_db()
    assert report.status == "approved"
    told = [(event.action, event.by.post) for event in report.events.all()]
    assert told[-2:] == [
        ("countersign", "Performance officer"),
        ("approve", "Second finance officer"),
    ]


def test_asking_what_a_report_says_today_leaves_it_as_it_was(money):
    report = submitted(money)
    earlier = MonitoringReport(pk=0, council=money.council, period="2018-19-m01")
    report.compared_with = earlier
    MONITORING.read(report)
    assert report.compared_with is earlier


def test_who_wrote_a_finance_report_is_not_asked_to_sign_it(client, money, mailoutbox):
    signed_by(money, FINANCE)
    submitted(money)
    assert [mail.to for mail in mailoutbox] == [["second@example.org"]]
    assert "countersign" not in buttons(client, money, FINANCE)
    said = "You wrote some of this report, so somebody else has to sign it."
    assert said in page_of(client, money, FINANCE)
    assert "countersign" in buttons(client, money, "second")


def test_what_is_signed_is_read_withdrawn_and_sent_back_as_what_is_submitted(client, money):
    signed_by(money, OFFICER)
    report = submitted(money)
    waits = page_of(client, money, "second")
    pressed(client, money, OFFICER, "countersign")
    signed = page_of(client, money, "second")
    assert "What it comes to" in waits
    assert "What it comes to" in signed
    for who, action in ((FINANCE, "withdraw"), ("second", "send back")):
        pressed(client, money, who, action, words="Is the forecast right?")
        report.refresh_from_db()
        assert report.status == "draft"
        submit(report.pk, **by(money.keeper, money.council))
        # It says something else perhaps: it is signed again.
        assert buttons(client, money, OFFICER) == {"countersign", "send back"}
        pressed(client, money, OFFICER, "countersign")


def test_only_one_version_of_a_report_is_worked_on_while_one_is_signed(client, money):
    signed_by(money, OFFICER)
    report = submitted(money)
    MONITORING.transition("countersign", report.pk, **by(money.people[OFFICER], money.council))
    report.refresh_from_db()
    report.pk, report.version = None, 2
    with pytest.raises(Exception, match="monitoring_one_version_in_work"):
        report.save()


@pytest.mark.parametrize("before", ["submitted", "signed"])
def test_switched_off_a_finance_report_waits_for_approval_alone(client, money, before):
    signed_by(money, OFFICER)
    report = submitted(money)
    if before == "signed":
        pressed(client, money, OFFICER, "countersign")
    switched(client, money, FINANCE, "Returns only.")
    # Nor does it wait for another than who signed what nobody has to sign any more.
    assert "approve" in buttons(client, money, OFFICER)
    pressed(client, money, OFFICER, "approve")
    report.refresh_from_db()
    assert report.status == "approved"


def test_the_list_names_who_is_to_name_somebody_where_nobody_can_sign_any_more(client, money):
    signed_by(money, OFFICER)
    submitted(money)
    money.people[OFFICER].memberships.all().delete()
    money.sign_in(client, FINANCE)
    page = words_of(client.get(EVERY).content.decode())
    assert "Administrator: nobody is a performance officer, to sign it" in page


@pytest.mark.parametrize("asked", ["", OFFICER, OWN])
def test_what_is_said_of_a_submitted_report_is_what_the_council_asks(client, money, asked):
    if asked == OWN:
        switched(client, money, OWN, "We are one person.")
    elif asked:
        signed_by(money, asked)
    draft(money.council, money.keeper)
    page = words_of(pressed(client, money, FINANCE, "submit").content.decode())
    said = {
        "": "Somebody else now approves it: a performance officer or a finance officer.",
        OFFICER: "A performance officer now signs it, then another officer approves it.",
        OWN: "The council lets the person who wrote it do that.",
    }[asked]
    assert f"Month 2 of 2018/19 is submitted. {said}" in page or asked == OWN
    assert said in page


def test_a_report_with_something_left_to_do_has_no_button_to_submit_it(client, money):
    draft(money.council, money.keeper, lines={"older-budget": "1.5"})
    assert "something left to do" in page_of(client, money, FINANCE)
    assert "submit" not in buttons(client, money, FINANCE)
