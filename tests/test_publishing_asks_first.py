"""What is published is asked about first: what is in, what is missing, and a preview."""

import re
from datetime import date

import pytest
from django.test import Client

from bcfportal.lib import clock
from finance.models import Saving
from finance.monitoring.actions import submit
from finance.monitoring.transitions import MONITORING
from publishing.models import FormDraft
from tests.every_form import filled, open_forms
from tests.forms import forms_of
from tests.money import CAPITAL, brought_to, by, draft, make_areas, second_keeper
from tests.registers import with_register
from tests.savings import make_savings
from tests.text import read, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


def test_a_finance_report_is_published_once_its_page_has_asked(client, money):
    other = second_keeper(money.council)
    report = draft(money.council, money.keeper, capital=CAPITAL)
    submit(report.pk, **by(money.keeper, money.council))
    MONITORING.transition("approve", report.pk, **by(other, money.council))
    client.force_login(other)
    at = f"/testshire/money/{report.period}/{report.version}/"
    assert not [form for form in open_forms(client, at) if ("action", "publish") in form.buttons]
    asks = f"{at}publish/"
    assert f'href="{asks}"' in client.get(at).content.decode()
    words = read(client, asks)
    assert "What becomes public" in words
    assert re.search(r"Budget monitoring: \d+ areas", words)
    assert "What is missing Reserves: nothing is entered" in words
    report.refresh_from_db()
    assert report.status == "approved"
    page = client.get(asks).content.decode()
    query = f"?report={report.period}&amp;version={report.version}"
    for preview in ("finance/", "reports/finance.pdf", "capital/"):
        assert f'href="/testshire/{preview}{query}"' in page, preview
        assert client.get(f"/testshire/{preview}{query.replace('amp;', '')}").status_code == 200
    (form,) = open_forms(client, asks)
    answer = client.post(asks, filled(form, {}), follow=True)
    assert f"{report} is published." in words_of(answer.content.decode())
    report.refresh_from_db()
    assert report.status == "published"


def test_a_press_of_before_leads_to_the_page_that_asks(client, money):
    report = brought_to(money, "approved")
    client.force_login(second_keeper(money.council))
    at = f"/testshire/money/{report.period}/{report.version}/"
    answer = client.post(at, {"action": "publish"}, follow=True)
    assert "What becomes public" in words_of(answer.content.decode())
    report.refresh_from_db()
    assert report.status == "approved"


@pytest.mark.parametrize("state", ["draft", "submitted", "published"])
def test_what_is_not_approved_is_not_asked_about(client, money, state):
    report = brought_to(money, state)
    client.force_login(second_keeper(money.council))
    at = f"/testshire/money/{report.period}/{report.version}/publish/"
    before = client.get(at, follow=True)
    assert "can only be done to one that is approved" in before.text or "already" in before.text
    client.post(at, {"confirm": "yes"})
    report.refresh_from_db()
    assert report.status == state


def test_a_savings_paper_is_published_once_what_it_would_report_was_read(client, quarter):
    make_savings(quarter)
    Saving.objects.create(council=quarter.council, slug="new", title="New one")
    quarter.sign_in(client, "finance officer")
    address = "/testshire/savings/papers/"
    typed = {"title": "Second paper", "days_are_right": "yes: 2019-02-01 2019-01-31"}
    typed |= {"dated_0": "1", "dated_1": "2", "dated_2": "2019"}
    typed |= {"as_at_0": "31", "as_at_1": "1", "as_at_2": "2019"}
    page = client.post(address, typed).content.decode()
    assert "Publish “Second paper”?" in words_of(page)
    assert "In no paper yet: New one (saving)" in words_of(page)
    preview = "/testshire/savings/?paper=working&as_at=2019-01-31"
    assert preview.replace("&", "&amp;") in page
    assert "New one" in read(client, preview)
    assert not quarter.council.savings_papers.filter(title="Second paper").exists()


PAPER = "/testshire/savings/papers/"
REGISTER = "/testshire/risks/publish/"


def first_form(client, address):
    """The form that the page opens with."""
    return open_forms(client, address)[0]


def asking(answer, address):
    """The form of the page that asks."""
    (form,) = (form for form in forms_of(answer, address) if "confirm" in form.sent)
    return form.sent


def day_boxes(name, day):
    return {f"{name}_{at}": str(part) for at, part in enumerate((day.day, day.month, day.year))}


@pytest.fixture(params=["paper", "register"])
def asked(request, quarter):
    """(its address, what is typed, how many there are) of a paper and of a register to publish."""
    if request.param == "paper":
        make_savings(quarter)
        days = day_boxes("dated", date(2019, 2, 1)) | day_boxes("as_at", date(2019, 1, 31))
        typed = {"title": "Second", "days_are_right": "yes: 2019-02-01 2019-01-31"} | days
        return PAPER, typed, quarter.council.savings_papers.count
    with_register(quarter)
    typed = {"title": "Second"} | day_boxes("as_at", clock.today())
    return REGISTER, typed, quarter.council.risk_reports.count


def test_what_is_typed_is_kept_while_the_page_asks_and_gone_once_it_is_confirmed(
    client, quarter, asked
):
    address, typed, count = asked
    quarter.sign_in(client, "finance officer")
    sent = asking(client.post(address, first_form(client, address).sent | typed), address)
    assert count() == 1
    assert "Not sent." in read(client, address)
    assert first_form(client, address).sent["title"] == ["Second"]
    assert client.post(address, sent).status_code == 302
    assert count() == 2
    assert FormDraft.objects.get(address=address.removeprefix("/testshire/")).typed == {}
    # The page that asked is of what was sent.
    again = {name: value for name, value in sent.items() if name != "press"}
    assert client.post(address, again).status_code == 409
    assert count() == 2


def test_nothing_is_published_that_somebody_else_typed_while_the_page_asked(client, quarter, asked):
    address, typed, count = asked
    other = Client()
    other.force_login(second_keeper(quarter.council))
    quarter.sign_in(client, "finance officer")
    sent = asking(client.post(address, first_form(client, address).sent | typed), address)
    theirs = first_form(other, address).sent | {"title": "Third", "draft": "yes"}
    assert other.post(address, theirs).status_code == 302
    answer = client.post(address, sent)
    assert answer.status_code == 409
    assert count() == 1
    form = forms_of(answer, address)[0]
    assert "confirm" not in form.sent
    assert form.sent["title"] == ["Third"]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "x"])
def test_an_address_of_a_preview_may_name_any_day(client, quarter, day):
    make_savings(quarter)
    with_register(quarter)
    quarter.sign_in(client, "finance officer")
    for page in (
        f"savings/?paper=working&as_at={day}",
        f"risks/?as_at=working&day={day}&meeting={day}",
        f"reports/risks.pdf?as_at=working&day={day}",
    ):
        # Of the first day there was no register.
        assert client.get(f"/testshire/{page}").status_code in (200, 404), page
