"""Entering savings, posts, options and changes: what is taken, and what is said to be wrong."""

from decimal import Decimal

import pytest

from finance.models import (
    ChangeRequest,
    OptionForChange,
    Saving,
    SavingsEdition,
    SavingsRule,
    TemporaryPost,
)
from tests.forms import forms_of
from tests.savings import make_savings
from tests.seen import seen_on
from tests.text import words_of

pytestmark = pytest.mark.django_db
TEST = "/testshire/"


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


def read(client, address):
    return " ".join(client.get(address).content.decode().split())


def grid(prefix, rows, names, count=3):
    data = {f"{prefix}-TOTAL_FORMS": str(count), f"{prefix}-INITIAL_FORMS": "0"}
    for number, row in enumerate(rows):
        data |= {f"{prefix}-{number}-{name}": row.get(name, "") for name in names}
    return data


def saving_form(*rows, **fields):
    years = grid("years", rows, ("year", "target", "achieved", "forecast", "source"))
    return {"title": "New saving", "kind": "cashable", "evidence": "planned"} | fields | years


def test_a_finance_officer_adds_a_saving(client, savings):
    savings.sign_in(client, "finance officer")
    typed = saving_form(
        {"year": "2018/19", "target": "£1,000", "forecast": "1.2k"},
        references="N1 and N2",
        action="Less.",
    )
    response = client.post(TEST + "savings/add/", typed)
    assert response.status_code == 302, response.context["form"].errors
    saving = Saving.objects.get(title="New saving")
    assert [str(one) for one in saving.references.all()] == ["N1", "N2"]
    year = saving.years.get()
    assert (year.target, year.forecast, year.achieved) == (1000, 1200, None)
    assert saving.paper is None


def test_a_saving_that_cost_more_than_it_saved_is_entered_below_nought(client, savings):
    savings.sign_in(client, "finance officer")
    row = {"year": "2018/19", "target": "1,000", "achieved": "(25,000)", "forecast": "−£150k"}
    assert client.post(TEST + "savings/add/", saving_form(row)).status_code == 302
    year = Saving.objects.get(title="New saving").years.get()
    assert (year.target, year.achieved, year.forecast) == (1000, -25_000, -150_000)
    rows = read(client, TEST + "savings/data/savings.csv?paper=working")
    assert "-25000" in rows.replace(".00", "")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Enter the title of the saving."),
        ({"title": "reviews"}, "would be counted twice"),
        ({"references": "T-1"}, "has that reference already"),
        ({"title": "Review"}, "very like"),
        ({"title": "!!!"}, "letters or digits"),
        ({"kind": "x"}, "Choose one from the list."),
        ({"references": "R" * 31}, "at most 30 characters"),
    ],
)
def test_what_is_wrong_with_a_saving_is_said(client, savings, typed, words):
    savings.sign_in(client, "finance officer")
    response = client.post(TEST + "savings/add/", saving_form(**typed))
    assert response.status_code == 200
    assert words in " ".join(response.content.decode().split())
    assert Saving.objects.filter(council=savings.council).count() == 1


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ({"year": "2018/20"}, "two years that follow"),
        ({"year": "x"}, "Enter the financial year as 20"),
        ({"year": "2018/19", "target": "lots"}, "Enter a number"),
        ({"year": "2018/19", "target": "-5"}, "0 or more"),
        ({"year": "2018/19", "target": "1.005"}, "has parts of a penny. For £"),
        ({"source": "Page 1"}, "Enter the year and its figures"),
    ],
)
def test_what_is_wrong_in_a_row_is_said_with_its_row(client, savings, row, words):
    savings.sign_in(client, "finance officer")
    page = client.post(TEST + "savings/add/", saving_form(row)).content.decode()
    assert words in page
    assert "Row 1" in page


def test_a_saving_of_a_few_pounds_is_asked_about_and_the_answer_holds_for_it_alone(client, savings):
    savings.sign_in(client, "finance officer")
    address = TEST + "savings/add/"
    typed = saving_form({"year": "2018/19", "target": "0.35", "forecast": ""})
    page = client.post(address, typed)
    assert (
        "£0.35 is very little for a saving. Amounts are in pounds here: for £0.35 million enter "
        "350,000 or 0.35m. Or tick that it is right." in words_of(page.content.decode())
    )
    assert not Saving.objects.filter(title="New saving").exists()
    (box,) = [
        control
        for form in forms_of(page, address)
        for control in form.controls
        if control.name == "pounds_are_right"
    ]
    assert not box.chosen
    answer = {"pounds_are_right": box.value}
    other = saving_form({"year": "2018/19", "target": "0.36", "forecast": ""})
    assert client.post(address, other | answer).status_code == 200
    assert client.post(address, typed | answer).status_code == 302
    assert Saving.objects.get(title="New saving").years.get().target == Decimal("0.35")
    # What is kept already is not asked about again.
    again = client.post(TEST + "savings/edit/new-saving/", typed | {"action": "Less."})
    assert again.status_code == 302


def test_a_reference_that_another_saving_has_is_said_to_be_one(client, savings):
    savings.sign_in(client, "finance officer")
    typed = saving_form(title="Reviews B", references="T-1", different="on")
    page = words_of(client.post(TEST + "savings/add/", typed).content.decode())
    assert "has that reference already" in page
    assert "has that title already" not in page


def test_a_year_twice_is_refused(client, savings):
    savings.sign_in(client, "finance officer")
    rows = [{"year": "2018/19", "target": "1"}, {"year": "2018-19", "target": "2"}]
    page = client.post(TEST + "savings/add/", saving_form(*rows)).content.decode()
    assert "Enter each year once" in page


def test_a_title_that_is_alike_is_taken_once_it_is_said_to_be_another(client, savings):
    savings.sign_in(client, "finance officer")
    typed = saving_form(title="Reviews again", different="on")
    assert client.post(TEST + "savings/add/", typed).status_code == 302


def test_a_reported_target_is_corrected_with_a_reason_or_moved_by_a_change(client, savings):
    savings.sign_in(client, "finance officer")
    typed = saving_form(
        {"year": "2018/19", "target": "900", "forecast": "800"},
        {"year": "2019/20", "target": "2000"},
        title="Reviews",
        references="T1",
        different="on",
    )
    address = TEST + "savings/edit/project/"
    assert "is moved by a change request" in client.post(address, typed).content.decode()
    assert client.post(address, typed | {"correction": "A slip."}).status_code == 302
    saving = Saving.objects.get(council=savings.council)
    assert saving.years.get(year=2018).target == 900
    assert "Target of 2018/19 corrected from £1,000 to £900: A slip." in saving.note


def test_a_post_is_added_and_what_is_wrong_is_said(client, savings):
    savings.sign_in(client, "finance officer")
    typed = {"title": "Worker", "status": "recommended", "fte": "0.5", "cost": "10,000"}
    typed |= {"ends_0": "31", "ends_1": "3", "ends_2": "2028"}
    page = client.post(TEST + "posts/add/", typed).content.decode()
    assert "whether the cost is a year" in page
    assert client.post(TEST + "posts/add/", typed | {"basis": "a year"}).status_code == 302
    post = TemporaryPost.objects.get(title="Worker")
    assert (post.cost, str(post.ends)) == (10000, "2028-03-31")
    early = {"starts_0": "1", "starts_1": "4", "starts_2": "2028", "basis": "a year"}
    page = client.post(TEST + "posts/edit/worker/", typed | early).content.decode()
    assert "on or after the day it starts" in page


def option_form(project, **fields):
    typed = {"title": "Do more", "proposal": "More.", "reasons": "Good.", "project": project}
    typed |= {"signed_by": "Chief Officer", "signed_when": "May 2018", "reference": "T9"}
    names = ("year", "gross", "lost_income", "reprovision", "capital", "revenue", "fte")
    years = [{"year": "2019/20", "gross": "700", "lost_income": "100", "revenue": "500"}]
    risks = [{"risk": "Nobody comes.", "mitigation": "Ask."}]
    return (
        typed
        | fields
        | grid("years", years, names)
        | grid("risks", risks, ("risk", "mitigation"), 2)
    )


def pressed(client, address, sent):
    """The answer to a press on the page as it is now."""
    return client.post(address, sent | seen_on(client, address))


def test_an_option_from_the_first_word_to_a_saving(client, savings):
    savings.sign_in(client, "commissioner")
    assert (
        "Choose one of your projects"
        in client.post(TEST + "options/add/", option_form("")).content.decode()
    )
    typed = option_form(savings.project.pk)
    response = client.post(TEST + "options/add/", typed)
    assert response.headers["Location"] == TEST + "options/decide/do-more/"
    option = OptionForChange.objects.get(title="Do more")
    assert (option.total_net, option.written_by) == (600, savings.people["commissioner"])
    decide = TEST + "options/decide/do-more/"
    assert pressed(client, decide, {"action": "put forward"}).status_code == 302
    # It stays as it is once it is put forward.
    assert client.post(TEST + "options/edit/do-more/", typed).status_code == 409
    assert pressed(client, decide, {"action": "agree"}).status_code == 403
    savings.sign_in(client, "performance officer")
    assert pressed(client, decide, {"action": "refuse"}).status_code == 409
    assert pressed(client, decide, {}).status_code == 409
    assert pressed(client, decide, {"action": "agree", "words": "Yes."}).status_code == 302
    option.refresh_from_db()
    assert option.saving.years.get(year=2019).target == 600
    assert pressed(client, decide, {"action": "agree"}).status_code == 409


def day(name, day_, month, year):
    return {f"{name}_0": str(day_), f"{name}_1": str(month), f"{name}_2": str(year)}


def test_a_change_of_fund_from_draft_to_agreed(client, savings):
    funds = {fund.slug: fund.pk for fund in savings.council.funds.all()}
    savings.sign_in(client, "commissioner")
    address = TEST + "savings/changes/add/funding/"
    typed = {"project": savings.project.pk, "from_fund": funds["fund"], "reason": "It fits."}
    page = client.post(address, typed | {"to_fund": funds["fund"]}).content.decode()
    assert "Choose a different fund" in page
    assert "Enter the day from which" in page
    typed |= {"to_fund": funds["other-fund"]} | day("starts", 1, 4, 2027)
    assert client.post(address, typed).headers["Location"] == TEST + "savings/changes/2/"
    assert pressed(client, TEST + "savings/changes/2/", {"action": "request"}).status_code == 302
    assert client.post(TEST + "savings/changes/2/edit/", typed).status_code == 409
    assert pressed(client, TEST + "savings/changes/2/", {"action": "agree"}).status_code == 403
    savings.sign_in(client, "performance officer")
    assert pressed(client, TEST + "savings/changes/2/", {"action": "refuse"}).status_code == 409
    assert pressed(client, TEST + "savings/changes/2/", {"action": "other"}).status_code == 409
    assert pressed(client, TEST + "savings/changes/2/", {"action": "agree"}).status_code == 302
    page = read(client, TEST + "savings/changes/2/")
    assert "Asked for by Commissioner" in page
    assert "Agreed: Performance officer" in page


def test_a_reprofiling_and_an_extension_say_what_is_missing(client, savings):
    savings.sign_in(client, "finance officer")
    saving = Saving.objects.get(council=savings.council)
    typed = {"saving": saving.pk, "amount": "1001", "from_year": "2018/19", "reason": "Later."}
    address = TEST + "savings/changes/add/re-profiling/"
    page = client.post(address, typed | {"to_year": "2018/19"}).content.decode()
    assert "Enter a different year" in page
    assert "enter that or less" in page
    typed |= {"amount": "600", "to_year": "2019/20"}
    assert client.post(address, typed).status_code == 302
    made = ChangeRequest.objects.get(council=savings.council, kind="re-profiling")
    assert (made.status, made.title) == ("draft", "Reviews, £600 from 2018/19 to 2019/20")
    page = read(client, f"{TEST}savings/changes/{made.number}/")
    assert "Old" in page
    address = TEST + "savings/changes/add/extension/"
    typed = {"project": savings.project.pk, "reason": "More."}
    assert "Enter the date it is extended to" in client.post(address, typed).content.decode()
    page = client.post(address, typed | {"amount": "5"}).content.decode()
    assert "Enter the saving, how much it adds and both years" in page
    assert client.post(address, typed | day("ends", 31, 3, 2028)).status_code == 302
    assert client.get(TEST + "savings/changes/add/nothing/").status_code == 404


def test_a_commissioner_chooses_from_their_own_projects(client, savings):
    savings.people["commissioner"].assignments.all().delete()
    savings.sign_in(client, "commissioner")
    form = client.get(TEST + "savings/changes/add/re-profiling/").context["form"]
    assert not form.fields["saving"].queryset.exists()
    assert client.get(TEST + "savings/changes/1/edit/").status_code == 403


def test_publishing_a_paper_and_that_only_the_latest_can_be_corrected(client, savings):
    savings.sign_in(client, "finance officer")
    Saving.objects.create(council=savings.council, slug="new", title="New one")
    address = TEST + "savings/papers/"
    assert "New one (saving)" in read(client, address)
    typed = {"title": "Second paper", "meeting": "Committee"}
    page = client.post(address, typed | day("dated", 1, 10, 2018) | day("as_at", 1, 11, 2018))
    assert "enter a later date" in page.content.decode()
    assert "The figures cannot be for a day after" in page.content.decode()
    right = typed | day("dated", 1, 2, 2019) | day("as_at", 31, 1, 2019)
    asked = client.post(address, right)
    assert (
        "Date of the paper: 1 February 2019 and As at: 31 January 2019 are more than two years "
        "from today." in words_of(asked.content.decode())
    )
    right |= {"days_are_right": "yes: 2019-02-01 2019-01-31"}
    asked = client.post(address, right)
    (sent,) = (form.sent for form in forms_of(asked, address) if "confirm" in form.sent)
    assert client.post(address, sent).status_code == 302
    assert "New one" in read(client, TEST + "savings/")
    assert client.get(address + "paper/correct/").status_code == 404
    assert client.get(address + "second-paper/correct/").status_code == 200
    editions = SavingsEdition.objects.filter(paper__slug="second-paper")
    assert [edition.number for edition in editions] == [1]
    assert editions.get().by == savings.people["finance officer"]


def test_a_new_setting_of_the_rule_changes_no_published_paper(client, savings):
    savings.sign_in(client, "administrator")
    address = TEST + "savings/rule/"
    typed = {"green_within": "20", "amber_from": "50", "posts_end_soon_months": "3"}
    assert (
        "as a per cent from 0 to 100, such as 10."
        in client.post(address, typed | {"green_within": "101"}).content.decode()
    )
    assert client.post(address, typed).status_code == 302
    assert SavingsRule.objects.get(council=savings.council).green_within == 20
    published = client.get(TEST + "savings/").context["sheet"]
    assert published.rule.green_within == 0
    savings.sign_in(client, "finance officer")
    working = client.get(TEST + "savings/?paper=working").context["sheet"]
    assert working.rule.green_within == 20


def test_a_draft_can_be_removed_and_what_is_reported_stays(client, savings):
    savings.sign_in(client, "finance officer")
    client.post(TEST + "savings/add/", saving_form())
    assert "can still be removed" in read(client, TEST + "savings/edit/new-saving/")
    client.post(TEST + "savings/edit/new-saving/", {"remove": "yes"})
    assert not Saving.objects.filter(slug="new-saving").exists()
    for address in ("savings/edit/project/", "posts/edit/project/", "options/edit/project/"):
        assert "can still be removed" not in read(client, TEST + address)
        response = client.post(TEST + address, {"remove": "yes"}, follow=True)
        assert "so it cannot be removed" in response.content.decode()
    assert Saving.objects.filter(council=savings.council).exists()


def test_a_draft_that_a_change_is_about_stays(client, savings):
    savings.sign_in(client, "finance officer")
    client.post(TEST + "savings/add/", saving_form({"year": "2018/19", "target": "900"}))
    saving = Saving.objects.get(slug="new-saving")
    typed = {"saving": saving.pk, "amount": "500", "from_year": "2018/19", "to_year": "2019/20"}
    client.post(TEST + "savings/changes/add/re-profiling/", typed | {"reason": "Later."})
    response = client.post(TEST + "savings/edit/new-saving/", {"remove": "yes"}, follow=True)
    assert "has changes or an option, so it cannot be removed" in response.content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"title": "X" * 300},
        {"title": "New", "project": "99999999999999999999"},
        {"title": "New", "project": "x", "years-TOTAL_FORMS": "x"},
        {"title": "New", "years-TOTAL_FORMS": "999999", "years-INITIAL_FORMS": "-1"},
    ],
)
def test_nonsense_is_answered_with_the_form(client, savings, data):
    savings.sign_in(client, "finance officer")
    for address in ("savings/add/", "posts/add/", "options/add/", "savings/papers/"):
        assert client.post(TEST + address, data).status_code == 200


def test_null_characters_in_addresses_break_nothing(client, savings):
    savings.sign_in(client, "finance officer")
    assert client.get(TEST + "savings/?paper=a%00b").status_code == 404
    assert client.get(TEST + "savings/changes/99999999999999999999/").status_code == 404


def test_a_few_pounds_moved_between_years_are_asked_about(client, savings):
    savings.sign_in(client, "finance officer")
    saving = Saving.objects.get(council=savings.council)
    year = 2018
    address = TEST + "savings/changes/add/re-profiling/"
    typed = {
        "saving": saving.pk,
        "amount": "0.2",
        "from_year": f"{year}/{year % 100 + 1}",
        "to_year": f"{year + 1}/{year % 100 + 2}",
        "reason": "Slower.",
    }
    page = client.post(address, typed)
    assert "£0.20 is very little for a saving." in words_of(page.content.decode())
    assert not ChangeRequest.objects.filter(saving=saving).exists()
    assert client.post(address, typed | {"pounds_are_right": "yes: 0.2"}).status_code == 302


def test_an_options_budget_of_a_few_pounds_is_asked_about(client, savings):
    savings.sign_in(client, "finance officer")
    form = option_form("") | {"gross_budget": "1.2", "net_budget": "1.1"}
    page = client.post(TEST + "options/add/", form)
    assert "£1.20 and £1.10 is very little for a saving." in words_of(page.content.decode())
