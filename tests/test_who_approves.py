"""Who approves in a council: a second signature, or a team of one, as its administrator sets."""

import pytest

from accounts.models import User
from accounts.roles import Role
from finance.monitoring.transitions import MONITORING
from projects.access import access_of
from projects.approval import OWN, change_approval
from projects.models import ApprovalChange
from publishing.models import PeriodVersion
from publishing.period_versions.published import read
from returns.actions import submit
from returns.review import publish_period
from returns.transitions import RETURNS
from tests.every_form import filled, open_forms
from tests.money import by, draft, make_areas
from tests.month import make_month
from tests.text import printed_in, squeezed, words_of
from tests.text import read as words_at

pytestmark = pytest.mark.django_db
ADMINISTRATOR, COMMISSIONER = "administrator", "commissioner"
OFFICER, FINANCE = "performance officer", "finance officer"
PAGE = "/testshire/administration/settings/approval/"
BOARD = "/testshire/quarter/?period=2018-19-q2"


def switched(client, quarter, approval, why="The board asks for it."):
    quarter.sign_in(client, ADMINISTRATOR)
    return client.post(PAGE, {"approval": approval, "why": why}, follow=True)


def pressed(client, quarter, who, action):
    """What the person's button on the page of review does; it must be there."""
    address = quarter.address("review")
    quarter.sign_in(client, who)
    form = next(form for form in open_forms(client, address) if ("action", action) in form.buttons)
    return client.post(address, filled(form, {}, ("action", action)), follow=True)


def buttons(client, quarter, who):
    """The actions that the page of review offers to the person."""
    quarter.sign_in(client, who)
    forms = open_forms(client, quarter.address("review"))
    return {value for form in forms for name, value in form.buttons if name == "action"}


@pytest.fixture
def alone(quarter):
    """A person of all roles, who writes and approves."""
    user = quarter.people[OFFICER]
    for role in (Role.COMMISSIONER, Role.FINANCE_OFFICER):
        user.memberships.create(council=quarter.council, role=role)
    user.assignments.create(project=quarter.project)
    return user


def test_a_second_signature_is_switched_on_with_a_reason_that_stays(client, quarter):
    page = words_of(switched(client, quarter, FINANCE).content.decode())
    assert "Saved: A finance officer signs a return before another officer approves it." in page
    assert "“The board asks for it.”" in page
    page = words_of(switched(client, quarter, "", "Too slow.").content.decode())
    assert "Another person than who wrote it approves" in page
    assert [change.why for change in ApprovalChange.objects.all()] == [
        "The board asks for it.",
        "Too slow.",
    ]
    assert {change.by for change in ApprovalChange.objects.all()} == {quarter.people[ADMINISTRATOR]}


def test_it_is_not_switched_without_a_reason_nor_where_nobody_could_sign(client, quarter):
    assert "Say why it changes." in switched(client, quarter, FINANCE, "").content.decode()
    quarter.people[FINANCE].memberships.all().delete()
    page = switched(client, quarter, FINANCE).content.decode()
    assert "Nobody is a finance officer: give somebody that role first." in page
    page = switched(client, quarter, OFFICER).content.decode()
    assert "It takes two people" in page
    quarter.council.refresh_from_db()
    assert quarter.council.second_signature == ""
    assert not ApprovalChange.objects.exists()


def test_a_return_is_signed_by_the_post_that_is_asked_and_only_then_approved(
    client, quarter, mailoutbox
):
    switched(client, quarter, FINANCE)
    quarter.submitted()
    assert [mail.to for mail in mailoutbox] == [["finance_officer@example.org"]]
    assert quarter.address("review") in mailoutbox[0].body
    assert buttons(client, quarter, OFFICER) == {"send back"}
    page = words_of(client.get(quarter.address("review")).content.decode())
    assert "A finance officer signs this return before it is approved." in page
    board = words_of(client.get(BOARD).content.decode())
    assert "Finance officer, to sign it" in board
    assert "Approve several" not in board
    assert (
        client.get(BOARD + "&turn=second+signature").content.decode().count("Finance officer, to")
    )
    assert buttons(client, quarter, FINANCE) == {"countersign", "send back"}
    assert "is signed" in pressed(client, quarter, FINANCE, "countersign").content.decode()
    assert quarter.report.status == "signed"
    assert buttons(client, quarter, FINANCE) == {"send back"}
    quarter.sign_in(client, OFFICER)
    assert "Approve several" in client.get(BOARD).content.decode()
    pressed(client, quarter, OFFICER, "approve")
    assert quarter.report.status == "approved"
    told = [(event.action, event.by.post) for event in quarter.report.events.all()]
    assert told[-2:] == [("countersign", "Finance officer"), ("approve", "Performance officer")]


def test_what_is_signed_is_withdrawn_or_sent_back_as_what_is_submitted(client, quarter):
    switched(client, quarter, FINANCE)
    quarter.submitted()
    pressed(client, quarter, FINANCE, "countersign")
    quarter.sign_in(client, COMMISSIONER)
    assert "Withdraw to change it" in client.get(quarter.address("return")).content.decode()
    client.post(quarter.address("withdraw"))
    assert quarter.report.status == "draft"
    submit(quarter.report.pk, **quarter.by(COMMISSIONER))
    # It says something else perhaps: it is signed again.
    assert buttons(client, quarter, OFFICER) == {"send back"}
    quarter.sign_in(client, FINANCE)
    form = open_forms(client, quarter.address("review"))[0]
    # Who signs has the boxes of a review to say why not, kept as they are typed.
    assert {"words", "note-performance"} <= set(form.boxes)
    assert "draft" in dict(form.buttons)
    note = filled(form, {"words": "Is the spend right?"}, ("action", "send back"))
    client.post(quarter.address("review"), note)
    assert quarter.report.status == "sent back"


def test_who_signed_does_not_approve_and_who_wrote_does_not_sign(client, quarter):
    switched(client, quarter, FINANCE)
    both = quarter.people[FINANCE]
    both.memberships.create(council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    quarter.submitted()
    pressed(client, quarter, FINANCE, "countersign")
    assert "approve" not in buttons(client, quarter, FINANCE)
    page = words_of(client.get(quarter.address("review")).content.decode())
    assert "You gave the second signature, so somebody else has to approve it." in page
    address = f"/testshire/quarter/{quarter.period.key}/approve/"
    answer = client.post(address, {"project": "project"}, follow=True)
    assert "whoever wrote a return or gave the second signature" in answer.content.decode()
    assert quarter.report.status == "signed"


@pytest.mark.parametrize("before", ["submitted", "signed"])
@pytest.mark.parametrize("approval", ["", OWN])
def test_switched_off_what_waits_in_the_step_waits_for_the_officer(
    client, quarter, before, approval
):
    both = quarter.people[FINANCE]
    both.memberships.create(council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    switched(client, quarter, FINANCE)
    quarter.submitted()
    if before == "signed":
        pressed(client, quarter, FINANCE, "countersign")
    switched(client, quarter, approval, "Too slow.")
    quarter.sign_in(client, OFFICER)
    assert "Officer" in words_of(client.get(BOARD + "&turn=officer").content.decode())
    assert "approve" in buttons(client, quarter, OFFICER)
    # Nor does it wait for another than who signed what nobody has to sign any more.
    assert "approve" in buttons(client, quarter, FINANCE)
    pressed(client, quarter, FINANCE, "approve")
    assert quarter.report.status == "approved"


def test_the_board_names_who_is_to_name_somebody_where_nobody_can_sign_any_more(client, quarter):
    switched(client, quarter, FINANCE)
    quarter.submitted()
    quarter.people[FINANCE].memberships.all().delete()
    quarter.sign_in(client, OFFICER)
    board = words_of(client.get(BOARD).content.decode())
    assert "Administrator: nobody is a finance officer, to sign it" in board


def test_a_team_of_one_approves_its_own_return_and_every_output_says_so(client, quarter, alone):
    switched(client, quarter, OWN, "We are one person.")
    quarter.fill()
    mine = {"by": alone, "access": access_of(alone, quarter.council)}
    submit(quarter.report.pk, **mine)
    page = quarter.sign_in(client, OFFICER).get(quarter.address("review")).content.decode()
    assert "The council lets one person approve what they wrote since" in words_of(page)
    pressed(client, quarter, OFFICER, "approve")
    publish_period(quarter.period, **mine)
    quarter.council.refresh_from_db()
    said = "Approved by who wrote it, as the council allowed from"
    version = PeriodVersion.objects.get(period=quarter.period)
    assert read(version).entries[0].approved_own_since == quarter.council.approves_own_since
    client.logout()
    quarter.council.publishes = True
    quarter.council.save()
    q = "?period=2018-19-q2"
    for address in ("projects/project/", "reports/"):
        assert said in words_at(client, f"/testshire/{address}{q}"), address
    short = version.fingerprint[:12]
    assert said in words_of(client.get(f"/version/{short}/", follow=True).content.decode())
    own = quarter.report.snapshots.get().fingerprint
    assert said in words_at(client, f"/version/{own[:12]}/")
    assert said in client.get(f"/testshire/data/projects.csv{q}").content.decode()
    for paper in ("projects/project.pdf", "reports/progress-update.pdf"):
        assert squeezed(said) in printed_in(client, f"/testshire/{paper}{q}"), paper
    event = quarter.report.events.get(action="approve")
    assert event.own
    # Switched off again, what was approved so still says it.
    switched(client, quarter, "", "We are two.")
    client.logout()
    assert said in words_of(client.get(f"/testshire/projects/project/{q}").content.decode())


def test_a_return_that_another_person_approves_says_nothing_of_it(client, quarter, alone):
    switched(client, quarter, OWN, "We are one person.")
    quarter.submitted()
    pressed(client, quarter, OFFICER, "approve")
    assert not quarter.report.events.get(action="approve").own
    assert "approved_own_since" not in quarter.report.snapshots.get().content


def test_a_team_of_one_approves_its_own_month_and_the_page_says_so(client, quarter, alone):
    switched(client, quarter, OWN, "We are one person.")
    month = make_month(quarter)
    month.fill("90")
    mine = {"by": alone, "access": access_of(alone, quarter.council)}
    submit(month.report.pk, **mine)
    RETURNS.transition("approve", month.report.pk, **mine)
    publish_period(month.period, **mine)
    address = f"/testshire/vital-signs/?month={month.period.key}"
    said = "Approved by who wrote it, as the council allowed from"
    assert said in words_of(client.get(address).content.decode())
    rows = client.get(
        f"/testshire/vital-signs/dashboard.csv?month={month.period.key}"
    ).content.decode()
    assert said in rows


def test_a_team_of_one_approves_its_own_finance_report_and_the_page_says_so(client, quarter, alone):
    make_areas(quarter.council)
    report = draft(quarter.council, alone)
    switched(client, quarter, OWN, "We are one person.")
    client.force_login(alone)
    address = f"/testshire/money/{report.period}/{report.version}/"
    for action in ("submit", "approve"):
        form = next(f for f in open_forms(client, address) if ("action", action) in f.buttons)
        client.post(form.action, filled(form, {}, ("action", action)))
    MONITORING.transition("publish", report.pk, **by(alone, quarter.council))
    said = "Approved by who wrote it, as the council allowed from"
    asked = f"?report={report.period}"
    assert said in words_at(client, f"/testshire/finance/{asked}")
    assert said in client.get(f"/testshire/finance/monitoring.csv{asked}").content.decode()
    assert squeezed(said) in printed_in(client, f"/testshire/reports/finance.pdf{asked}")
    own = report.snapshots.get().fingerprint
    assert said in words_at(client, f"/version/{own[:12]}/")


def test_only_an_administrator_of_the_council_opens_the_page(client, quarter):
    other = User.objects.create(email="other@example.org", post="Other")
    client.force_login(other)
    assert client.get(PAGE).status_code == 404
    assert quarter.sign_in(client, OFFICER).get(PAGE).status_code == 403


def test_a_change_of_who_approves_is_kept_as_it_was(quarter):
    change = change_approval(
        quarter.council, OWN, why="We are one person.", by=quarter.people[ADMINISTRATOR]
    )
    assert str(change).endswith("One person may approve what they wrote")
