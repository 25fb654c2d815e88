"""What cannot well be in an option for change is asked about, and refused in nothing."""

import re

import pytest

from finance.models import OptionForChange
from tests.savings import make_savings
from tests.test_savings_entry import option_form, pressed
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
RIGHT = "and was said to be right."
# Hundreds beside millions are asked about themselves.
NO_COSTS = {"years-0-lost_income": "", "years-0-revenue": "", "years-0-gross": ""}


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        (
            {"gross_budget": "200m", "net_budget": "300m"},
            "The net budget, £300,000,000, is more than the gross, £200,000,000.",
        ),
        (
            {"gross_budget": "200m", "years-0-gross": "500m"},
            "£500,000,000 is saved in all, more than the budget, £200,000,000.",
        ),
        (
            {"current_fte": "12.5", "years-0-fte": "1,500"},
            "1,500 FTE fewer in all, and there are 12.5 FTE now.",
        ),
    ],
)
def test_what_cannot_well_be_in_an_option_is_asked_about_and_read_by_who_decides(
    client, savings, fields, sentence
):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | NO_COSTS | fields
    asked = client.post("/testshire/options/add/", typed)
    assert sentence in words_of(asked.content.decode())
    assert not OptionForChange.objects.filter(title="Do more").exists()
    tick = re.search(r'value="(yes: [^"]+)"', asked.content.decode())[1]
    typed["figures_are_right"] = tick
    assert client.post("/testshire/options/add/", typed).status_code == 302
    decide = "/testshire/options/decide/do-more/"
    pressed(client, decide, {"action": "put forward"})
    savings.sign_in(client, "performance officer")
    assert f"{sentence.removesuffix('.')}, {RIGHT}" in read(client, decide)


def test_what_may_well_be_in_an_option_is_not_asked_about(client, savings):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | NO_COSTS
    typed |= {"gross_budget": "200m", "net_budget": "200m"}
    typed |= {"years-0-gross": "200m", "current_fte": "12.5", "years-0-fte": "12.5"}
    assert client.post("/testshire/options/add/", typed).status_code == 302


def test_all_that_is_asked_and_wrong_in_an_option_is_said_at_once(client, savings):
    savings.sign_in(client, "commissioner")
    typed = option_form(savings.project.pk) | {"title": "", "gross_budget": "90", "fte": "x"}
    typed |= {"years-0-year": "2099/00", "years-1-year": "2018", "years-0-fte": "many"}
    words = words_of(client.post("/testshire/options/add/", typed).content.decode())
    for said in (
        "Enter the title of the option.",
        "£90.00 is very little",
        "2099/00 is more than five years after",
        "Enter both years: 2018 is in",
        "more than the budget",
        "Enter a number",
    ):
        assert said in words, said
