"""A dash, or a word, in a box that needs a figure is no figure, and is never complete."""

import pytest

from finance.models import MonitoringSection
from finance.monitoring.actions import Incomplete, save_section, submit
from finance.monitoring.draft import Draft
from finance.savings.forms import SavingYearForm
from tests.money import CAPITAL, LINES, RESERVES, by, draft, make_areas, second_keeper
from tests.test_money_jumps import spend
from tests.text import words_of

pytestmark = pytest.mark.django_db
AT = "/testshire/money/2018-19-m02/1/"
NO_FIGURE = ("-", "–", "—", "−", "£-", " - ", "£", "n/a", "none", ".", "nil")
SENTENCES = {
    "lines": ("older-outturn", "Older people", "enter the forecast, or 0."),
    "reserves": ("general-movement", "General", "enter the use or addition, or 0."),
    "capital": ("hall-outturn-2018", "Hall", "enter the forecast 2018/19, or 0."),
}


@pytest.fixture
def money(quarter):
    make_areas(quarter.council)
    quarter.keeper = quarter.people["finance officer"]
    return quarter


@pytest.mark.parametrize("text", NO_FIGURE)
@pytest.mark.parametrize("name", SENTENCES)
def test_a_dash_in_a_money_grid_is_no_figure_and_its_section_is_not_complete(money, name, text):
    field, row, advice = SENTENCES[name]
    report = draft(money.council, money.keeper, reserves=RESERVES, capital=CAPITAL)
    keeper = by(money.keeper, money.council)
    typed = {"lines": LINES, "reserves": RESERVES, "capital": CAPITAL}[name]
    save_section(report.pk, name, typed | {field: text}, version=1, **keeper)
    said = dict(Draft(report).problems(name))[field]
    assert said.startswith(f"{row}: ")
    assert said.endswith(advice)
    assert ("A dash is no figure" in said) == (text.strip(" £") in ("-", "–", "—", "−"))
    with pytest.raises(Incomplete):
        submit(report.pk, **keeper)


def test_a_box_that_may_be_empty_says_so_of_a_dash(money):
    report = draft(money.council, money.keeper, capital=CAPITAL | {"hall-budget-2019": "–"})
    assert Draft(report).problems("capital") == [
        (
            "hall-budget-2019",
            "Hall: A dash is no figure: enter the budget 2019/20, or 0, or leave the box empty.",
        )
    ]


def test_the_page_shows_the_dash_with_its_sentence_and_counts_it_as_not_filled(client, money):
    draft(money.council, money.keeper, lines=LINES | {"older-outturn": "–"})
    money.sign_in(client, "finance officer")
    page = words_of(client.get(f"{AT}lines/").content.decode())
    assert "Older people: A dash is no figure: enter the forecast, or 0." in page
    assert "5 of 6 filled" in page
    assert "1 to do" in words_of(client.get(AT).content.decode())


def test_the_approver_reads_which_lines_and_totals_have_no_figure(client, money):
    without = {"general-opening": "1.000", "general-movement": "(0.300)"}
    report = draft(money.council, money.keeper, reserves=without)
    submit(report.pk, **by(money.keeper, money.council))
    # As it was submitted while a dash was taken for a figure.
    section = MonitoringSection.objects.get(report=report, name="lines")
    section.typed |= {"older-outturn": "–"}
    section.save(update_fields=["typed"])
    client.force_login(second_keeper(money.council))
    page = words_of(client.get(AT).content.decode())
    for sentence in (
        "Older people has no forecast.",
        "Care has no forecast, as one of its lines has none.",
        "All services has no forecast, as one of its lines has none.",
        "General has no planned use or addition. The totals leave it out.",
        f"{MonitoringSection.Name.CAPITAL.label}: nothing is entered.",
    ):
        assert sentence in page


def test_a_dash_in_the_spend_of_a_return_is_no_figure():
    form = spend("–", "-")
    assert form.errors["spend_to_date"] == [
        "Spent to date this year: A dash is no figure. Enter the spend this year to date. "
        "Enter 0 if nothing was spent."
    ]
    assert "A dash is no figure." in form.errors["spend_forecast"][0]


def test_a_dash_in_the_year_of_a_saving_is_no_figure():
    form = SavingYearForm({"year": "2026/27", "target": "250,000", "achieved": "–"})
    assert form.errors["achieved"] == [
        "A dash is no figure: enter a number of pounds, such as 1,234, or leave the box empty."
    ]
