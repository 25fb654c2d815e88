"""A second signature is of what was read then, by the role that was asked: else it has lapsed."""

import pytest

from projects.approval import change_approval
from publishing.workflow import NotNow
from returns.transitions import RETURNS
from tests import test_second_signature_of_money as of_money
from tests.test_second_signature_of_money import money  # noqa: F401
from tests.test_who_approves import FINANCE, OFFICER, buttons, pressed, switched
from tests.text import words_of

pytestmark = pytest.mark.django_db
CHANGED = "This return says something else than when it was signed: ask for it to be signed again."


@pytest.fixture
def signed(client, quarter):
    """A return that a finance officer has signed."""
    switched(client, quarter, FINANCE)
    quarter.submitted()
    pressed(client, quarter, FINANCE, "countersign")
    assert quarter.report.status == "signed"
    return quarter


def allocate_more(quarter):
    quarter.project.streams.get().lines.update(allocation=2000)


def test_a_second_signature_lapses_when_what_was_signed_changes_and_is_asked_for_again(
    client, signed, mailoutbox
):
    assert buttons(client, signed, OFFICER) == {"approve", "send back"}
    mailoutbox.clear()
    allocate_more(signed)
    assert buttons(client, signed, OFFICER) == {"sign again", "send back"}
    assert CHANGED in words_of(client.get(signed.address("review")).content.decode())
    with pytest.raises(NotNow, match="says something else"):
        RETURNS.transition("approve", signed.report.pk, **signed.by(OFFICER))
    assert "waits to be signed again" in words_of(
        pressed(client, signed, OFFICER, "sign again").content.decode()
    )
    assert signed.report.status == "submitted"
    assert [mail.to for mail in mailoutbox] == [["finance_officer@example.org"]]
    assert buttons(client, signed, FINANCE) == {"countersign", "send back"}
    pressed(client, signed, FINANCE, "countersign")
    pressed(client, signed, OFFICER, "approve")
    assert signed.report.status == "approved"
    assert "Second signature asked for again" in [
        event.title for event in signed.report.events.all()
    ]


def test_several_returns_are_not_approved_where_a_signature_has_lapsed(client, signed):
    allocate_more(signed)
    signed.sign_in(client, OFFICER)
    board = f"/testshire/quarter/{signed.period.key}/approve/"
    page = client.post(board, {"project": signed.project.slug}, follow=True)
    assert signed.report.status == "signed", page.status_code


def test_the_signature_of_another_role_than_the_council_now_asks_does_not_count(client, signed):
    given = {"why": "Officers sign.", "by": signed.people["administrator"]}
    change_approval(signed.council, OFFICER, **given)
    with pytest.raises(NotNow, match="The council now asks a performance officer to sign"):
        RETURNS.transition("approve", signed.report.pk, **signed.by(OFFICER))


def test_a_signature_that_stands_is_not_asked_for_again(signed):
    with pytest.raises(NotNow, match="The second signature stands"):
        RETURNS.transition("sign again", signed.report.pk, **signed.by(OFFICER))
    pressed_again = RETURNS.actions_for(signed.report, **signed.by(OFFICER))
    assert "sign again" not in {rule.action for rule in pressed_again}


def test_signed_again_with_the_same_content_after_it_was_withdrawn_counts(client, signed):
    RETURNS.transition("withdraw", signed.report.pk, **signed.by("commissioner"))
    RETURNS.transition("submit", signed.report.pk, **signed.by("commissioner"))
    pressed(client, signed, FINANCE, "countersign")
    assert buttons(client, signed, OFFICER) == {"approve", "send back"}


def test_a_finance_report_is_signed_again_where_it_says_something_else(client, money):  # noqa: F811
    of_money.signed_by(money, FINANCE)
    report = of_money.submitted(money)
    of_money.pressed(client, money, "second", "countersign")
    assert "approve" in of_money.buttons(client, money, OFFICER)
    line = report.lines.first()
    report.lines.filter(pk=line.pk).update(outturn=line.outturn + 1)
    assert "approve" not in of_money.buttons(client, money, OFFICER)
    of_money.pressed(client, money, OFFICER, "sign again")
    report.refresh_from_db()
    assert report.status == "submitted"
    assert "countersign" in of_money.buttons(client, money, "second")


def test_taking_the_role_from_the_last_who_signs_is_said_and_stays_on_the_first_page(
    client, signed
):
    first = "/testshire/administration/"
    signed.sign_in(client, "administrator")
    assert "cannot be approved" not in client.get(first).content.decode()
    last = signed.people[FINANCE]
    closed = client.post(f"{first}people/{last.pk}/close/", follow=True)
    said = "Returns cannot be approved. Nobody is a finance officer: give somebody that role first."
    assert said in words_of(closed.content.decode())
    assert said in words_of(client.get(first).content.decode())


def test_who_approves_too_early_is_told_what_the_council_asks_first(client, quarter):
    switched(client, quarter, FINANCE)
    quarter.submitted()
    with pytest.raises(NotNow, match="asks that it is signed a second time first"):
        RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
