"""A financial year far from the council's is asked about in every form, and refused in none."""

import re
from decimal import Decimal

import pytest

from bcfportal.lib import clock
from bcfportal.lib.forms import YearField
from bcfportal.lib.periods import financial_year_label, financial_year_of
from bcfportal.lib.plausible import far_years
from finance.models import ChangeRequest, Saving
from finance.monitoring.forms import NewReportForm
from publishing.models import ReportingPeriod
from tests.savings import make_savings
from tests.test_savings_entry import option_form, pressed, saving_form
from tests.test_typed_values import our_forms
from tests.text import read, words_of
from typed.asking import AsksAboutYears
from typed.grids import GridForm

pytestmark = pytest.mark.django_db
FAR = "2099/00 is more than five years after"
RIGHT = "and was said to be right."
MOVE = "/testshire/savings/changes/add/re-profiling/"


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


@pytest.mark.parametrize(
    ("year", "beside", "said"),
    [
        (2031, {2026}, []),
        (2032, {2026}, ["2032/33 is more than five years after 2026/27"]),
        (2024, {2026}, []),
        (2016, {2026}, ["2016/17 is more than two years before 2026/27"]),
        (2016, {2018, 2026}, []),
        (2099, {2018, 2026, 2098}, []),
    ],
)
def test_a_year_is_far_where_no_plan_reaches_it_and_no_report_goes_back_to_it(year, beside, said):
    assert far_years([year], beside) == said


def test_every_form_with_a_box_for_a_financial_year_asks_about_it():
    # A report of money asks of its whole period; rows are asked about with the form above them.
    own = (NewReportForm, GridForm)
    with_years = [
        form
        for form in our_forms()
        if any(isinstance(field, YearField) for field in form.base_fields.values())
    ]
    assert len(with_years) >= 6
    assert [form for form in with_years if not issubclass(form, (AsksAboutYears, *own))] == []


def moved(savings, **fields):
    saving = Saving.objects.get(slug="project")
    typed = {"saving": saving.pk, "amount": "1000", "reason": "Later."}
    return typed | {"from_year": "2018/19", "to_year": "2099/00"} | fields


def ticked(answer):
    """The tick of the question about years on a page."""
    (tick,) = re.findall(r'value="(yes: [^"]+)"', answer.content.decode())
    return {"years_are_right": tick}


def test_a_move_to_a_far_year_is_asked_about_and_who_decides_reads_it(client, savings):
    savings.sign_in(client, "commissioner")
    asked = client.post(MOVE, moved(savings))
    assert FAR in words_of(asked.content.decode())
    assert not ChangeRequest.objects.filter(to_year=2099).exists()
    assert client.post(MOVE, moved(savings) | ticked(asked)).status_code == 302
    change = ChangeRequest.objects.get(to_year=2099)
    page = f"/testshire/savings/changes/{change.number}/"
    pressed(client, page, {"action": "request"})
    savings.sign_in(client, "performance officer")
    words = read(client, page)
    assert FAR in words
    assert RIGHT in words


def test_the_answer_holds_for_that_year_and_no_other(client, savings):
    savings.sign_in(client, "commissioner")
    tick = ticked(client.post(MOVE, moved(savings)))
    again = client.post(MOVE, moved(savings, to_year="2089/90") | tick)
    assert "2089/90 is more than five years after" in words_of(again.content.decode())


def test_an_agreed_move_that_was_wrong_is_undone_by_the_opposite_and_its_year_goes(client, savings):
    savings.sign_in(client, "commissioner")
    asked = client.post(MOVE, moved(savings))
    client.post(MOVE, moved(savings) | ticked(asked))
    agree(client, savings, ChangeRequest.objects.get(to_year=2099).number)
    years = Saving.objects.get(slug="project").years
    assert years.get(year=2099).target == 1000
    savings.sign_in(client, "commissioner")
    number = ChangeRequest.objects.get(to_year=2099).number
    page = client.get(f"/testshire/savings/changes/{number}/").content.decode()
    assert "ask for the opposite change" in words_of(page)
    (address,) = re.findall(r'href="([^"]+opposite_of[^"]+)"', page)
    form = client.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    assert (shown["amount"], shown["from_year"], shown["to_year"]) == ("1000", "2099/00", "2018/19")
    sent = shown | {"amount": "1000", "saving": form.initial["saving"].pk, "reason": "A slip."}
    assert client.post(address, sent).status_code == 302
    agree(client, savings, ChangeRequest.objects.get(from_year=2099).number)
    assert {year.year: year.target for year in years.all()} == {2018: 1000, 2019: 2000}


def agree(client, savings, number):
    page = f"/testshire/savings/changes/{number}/"
    savings.sign_in(client, "commissioner")
    pressed(client, page, {"action": "request"})
    savings.sign_in(client, "performance officer")
    assert pressed(client, page, {"action": "agree"}).status_code == 302


def test_who_is_not_to_ask_for_changes_is_offered_no_opposite(client, savings):
    change = ChangeRequest.objects.create(
        council=savings.council,
        number=9,
        kind="re-profiling",
        status="agreed",
        title="Moved",
        saving=Saving.objects.get(slug="project"),
        amount=Decimal(10),
        from_year=2018,
        to_year=2019,
        reason="Later.",
    )
    page = f"/testshire/savings/changes/{change.number}/"
    savings.sign_in(client, "performance officer")
    assert "opposite" not in read(client, page)


def test_who_keeps_savings_is_led_to_the_target_that_a_wrong_extension_added_to(client, savings):
    saving = Saving.objects.get(slug="project")
    change = ChangeRequest.objects.create(
        council=savings.council,
        number=9,
        kind="extension",
        status="agreed",
        title="More",
        project=savings.project,
        saving=saving,
        amount=Decimal(10),
        from_year=2018,
        to_year=2018,
        reason="More.",
    )
    page = f"/testshire/savings/changes/{change.number}/"
    link = f'href="/testshire/savings/edit/{saving.slug}/"'
    savings.sign_in(client, "finance officer")
    assert link in client.get(page).content.decode()
    savings.sign_in(client, "performance officer")
    assert link not in client.get(page).content.decode()


def test_far_years_of_an_option_are_asked_about_with_all_else_and_read_by_who_decides(
    client, savings
):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | {"years-0-year": "2099/00"}
    wrong = client.post("/testshire/options/add/", typed | {"years-0-gross": "7", "title": ""})
    words = words_of(wrong.content.decode())
    for said in ("Enter the title", FAR, "£7.00 is very little"):
        assert said in words
    asked = client.post("/testshire/options/add/", typed)
    assert client.post("/testshire/options/add/", typed | ticked(asked)).status_code == 302
    decide = "/testshire/options/decide/do-more/"
    pressed(client, decide, {"action": "put forward"})
    savings.sign_in(client, "performance officer")
    assert FAR in read(client, decide)


def test_a_far_year_of_a_saving_is_asked_about_once_and_read_by_who_publishes(client, savings):
    savings.sign_in(client, "finance officer")
    typed = saving_form({"year": "2099/00", "target": "1000"})
    asked = client.post("/testshire/savings/add/", typed)
    assert FAR in words_of(asked.content.decode())
    assert client.post("/testshire/savings/add/", typed | ticked(asked)).status_code == 302
    assert FAR in read(client, "/testshire/savings/papers/")
    typed |= {"years-INITIAL_FORMS": "1", "action": "Other words."}
    assert client.post("/testshire/savings/edit/new-saving/", typed).status_code == 302


def test_a_quarter_of_a_far_year_is_asked_about(client, quarter):
    quarter.sign_in(client, "performance officer")
    typed = {"year": "2099/00", "quarter": "1", "title": "Report"}
    answer = client.post("/testshire/periods/", typed)
    assert FAR in words_of(answer.content.decode())
    assert not ReportingPeriod.objects.filter(key__startswith="2099").exists()


def test_the_years_that_the_council_works_on_are_not_asked_about(client, savings):
    savings.sign_in(client, "finance officer")
    now = financial_year_of(clock.today())
    titles = ("Vans", "Home care", "Day centres", "Telephones")
    for title, year in zip(titles, (2016, 2018, now - 2, now + 5), strict=True):
        label = financial_year_label(year)
        typed = saving_form({"year": label, "target": "1000"}, title=title)
        assert client.post("/testshire/savings/add/", typed).status_code == 302, label
