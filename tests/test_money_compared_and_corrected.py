"""A finance report says that the one which it is compared with was corrected since."""

import csv
import hashlib
import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader

from finance.models import MonitoringReport
from finance.monitoring.actions import correct, save_section, submit
from finance.monitoring.transitions import MONITORING
from publishing.withdrawal import WITHDRAWALS, ask_to_withdraw
from publishing.workflow import Unanswered, yes_to
from tests.money import by, make_areas, published, second_keeper
from tests.text import words_of

pytestmark = pytest.mark.django_db
# In millions of pounds, a little more than it was.
OTHERWISE = "10.420"
AT = "/testshire/finance/?report=2018-19-m03"
SAID = (
    "Month 2 of 2018/19, with which it is compared, was corrected since: "
    "Month 2 of 2018/19, version 2 is the current version."
)


@pytest.fixture
def money(quarter):
    """Months 2 and 3 are public."""
    make_areas(quarter.council)
    keeper = quarter.people["finance officer"]
    quarter.first = published(quarter.council, keeper)
    quarter.second = published(quarter.council, keeper, "2018-19-m03")
    return quarter


def corrected(money, **lines):
    """Version 2 of Month 2, approved and ready to be published."""
    keeper, other = money.people["finance officer"], second_keeper(money.council)
    fresh = correct(money.first, why="An area was left out.", **by(keeper, money.council))
    section = fresh.sections.get(name="lines")
    typed = section.typed | {"older-outturn": OTHERWISE} | lines
    given = {"version": section.version, **by(keeper, money.council)}
    save_section(fresh.pk, "lines", typed, **given)
    submit(fresh.pk, **by(keeper, money.council))
    MONITORING.transition("approve", fresh.pk, **by(other, money.council))
    fresh.refresh_from_db()
    return fresh, by(other, money.council)


def test_publishing_a_correction_says_which_public_reports_go_on_comparing_with_what_was(money):
    fresh, who = corrected(money)
    asked = MONITORING.asks("publish", fresh)[0]
    assert asked.startswith("Month 3 of 2018/19 is public and compared with Month 2 of 2018/19")
    with pytest.raises(Unanswered):
        MONITORING.transition("publish", fresh.pk, **who)


def test_the_page_that_asks_to_withdraw_names_the_public_reports_that_are_compared_with_it(
    client, money
):
    money.sign_in(client, "finance officer")
    for report, said in ((money.first, True), (money.second, False)):
        short = report.snapshots.get().fingerprint[:12]
        page = words_of(client.get(f"/testshire/versions/{short}/withdraw/").text)
        assert "Why, for everybody" in page
        assert ("Month 3 of 2018/19 is public and compared with it." in page) is said


def test_page_and_short_address_say_that_what_it_is_compared_with_was_corrected(client, money):
    def page(address):
        return words_of(client.get(address, follow=True).content.decode())

    before = client.get(AT).content.decode()
    short = re.search(r"/version/([0-9a-f]{12})/", before).group(1)
    assert SAID not in page(f"/version/{short}/")
    assert "Month 2 of 2018/19, version 1" not in words_of(before)
    fresh, who = corrected(money)
    answer = yes_to(MONITORING.asks("publish", fresh))
    MONITORING.transition("publish", fresh.pk, answer=answer, **who)
    assert SAID in page(f"/version/{short}/")
    after = page(AT)
    assert SAID in after
    assert "than at Month 2 of 2018/19, version 1" in after or (
        "No change since Month 2 of 2018/19, version 1" in after
    )
    assert "Variance at Month 2 of 2018/19, version 1" in after


def rows_of(client, name="monitoring"):
    answer = client.get(f"/testshire/finance/{name}.csv?report=2018-19-m03")
    return {
        row["area"]: row
        for row in csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")))
    }


def paper_of(client):
    return client.get("/testshire/reports/finance.pdf?report=2018-19-m03").getvalue()


def read_paper(content):
    sheets = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


def published_again(money, **lines):
    fresh, who = corrected(money, **lines)
    answer = yes_to(MONITORING.asks("publish", fresh))
    MONITORING.transition("publish", fresh.pk, answer=answer, **who)
    return fresh


def withdrawn(money, report):
    keeper, other = money.people["finance officer"], second_keeper(money.council)
    asked = ask_to_withdraw(report, reason="It was right before.", **by(keeper, money.council))
    WITHDRAWALS.transition("confirm", asked.pk, **by(other, money.council))


NOW = "2018/19, version 2"


def test_compared_figures_are_marked_with_what_they_are_now_from_the_correction_on(client, money):
    fresh, who = corrected(money)
    before, first = words_of(client.get(AT).content.decode()), paper_of(client)
    assert NOW not in before
    assert NOW not in read_paper(first)
    assert rows_of(client)["older"]["movement_now"] == ""
    answer = yes_to(MONITORING.asks("publish", fresh))
    MONITORING.transition("publish", fresh.pk, answer=answer, **who)
    page = words_of(client.get(f"{AT}&area=care").content.decode())
    for words in (page, read_paper(paper_of(client))):
        # Older people: 0.400 then and in month 3, 0.420 by what stands now.
        assert "ow 0.420 overspend in version 2" in words
        assert "ow (0.020) better since version 2" in words
        assert "It is £0.020m better than at Month 2 of 2018/19, version 2." in words
        assert "was corrected since" in words
    rows = rows_of(client)
    assert Decimal(rows["older"]["variance_last_period"]) == 400_000
    assert Decimal(rows["older"]["variance_last_period_now"]) == 420_000
    assert Decimal(rows["older"]["movement_now"]) == -20_000
    # What is as it was bears no mark.
    assert rows["younger"]["variance_last_period_now"] == ""
    younger = next(
        row for row in re.findall(r"<tr.*?</tr>", markup(client), re.S) if "Younger" in row
    )
    assert "version 2" not in younger


def markup(client):
    return client.get(f"{AT}&area=care").content.decode()


def test_marks_of_a_correction_end_with_its_withdrawal_and_the_paper_is_the_first_again(
    client, money
):
    first = paper_of(client)
    fresh = published_again(money)
    again = paper_of(client)
    assert again != first
    assert paper_of(client) == again
    withdrawn(money, fresh)
    assert NOW not in words_of(client.get(AT).content.decode())
    assert rows_of(client)["older"]["movement_now"] == ""
    assert paper_of(client) == first


def test_where_what_it_is_compared_with_is_withdrawn_what_stands_instead_is_said(client, money):
    published_again(money)
    third = published(money.council, money.people["finance officer"], "2018-19-m04")
    assert third.compared_with.period == "2018-19-m03"
    second = MonitoringReport.objects.get(council=money.council, period="2018-19-m02", version=2)
    late = correct(money.second, why="Again.", **by(money.people["finance officer"], money.council))
    submit(late.pk, **by(money.people["finance officer"], money.council))
    other = by(second_keeper(money.council), money.council)
    MONITORING.transition("approve", late.pk, **other)
    late.refresh_from_db()
    assert late.compared_with == second
    answer = yes_to(MONITORING.asks("publish", late))
    MONITORING.transition("publish", late.pk, answer=answer, **other)
    withdrawn(money, second)
    words = words_of(client.get(AT).content.decode())
    assert "was withdrawn on" in words
    assert "ow 0.400 overspend in version 1" in words_of(markup(client))


def test_the_hash_of_each_paper_that_was_handed_out_is_told(client, money):
    first = hashlib.sha256(paper_of(client)).hexdigest()
    short = re.search(r"/version/([0-9a-f]{12})/", client.get(AT).content.decode()).group(1)
    published_again(money)
    again = hashlib.sha256(paper_of(client)).hexdigest()
    told = client.get(f"/version/{short}/", follow=True).content.decode()
    assert first in told
    assert again in told
    listed = client.get("/testshire/reports/").content.decode()
    assert again in listed
    assert first not in listed


def test_a_budget_that_was_corrected_in_the_report_compared_with_is_marked(client, money):
    published_again(money, **{"younger-budget": "5.010"})
    assert "5.000 Now 5.010 at Month 2 of 2018/19, version 2" in words_of(markup(client))


@pytest.fixture
def waiting(money):
    """Version 2 of Month 2 is public; version 2 of Month 3, compared with it, is approved."""
    published_again(money)
    money.fresh = MonitoringReport.objects.get(period="2018-19-m02", version=2)
    money.later = approved(money)
    return money


def approved(money):
    """Version 2 of Month 3, approved and not public."""
    keeper, other = money.people["finance officer"], second_keeper(money.council)
    later = correct(money.second, why="A line was left out.", **by(keeper, money.council))
    submit(later.pk, **by(keeper, money.council))
    MONITORING.transition("approve", later.pk, **by(other, money.council))
    return MonitoringReport.objects.get(pk=later.pk)


def test_publishing_asks_where_what_it_is_compared_with_was_withdrawn_and_says_what_differs(
    client, waiting
):
    later = waiting.later
    assert later.compared_with == waiting.fresh
    assert "is compared with Month 2" not in " ".join(MONITORING.asks("publish", later))
    withdrawn(waiting, waiting.fresh)
    later = MonitoringReport.objects.get(pk=later.pk)
    said = " ".join(MONITORING.asks("publish", later))
    assert "It is compared with Month 2 of 2018/19, version 2, which was withdrawn on" in said
    assert "Month 2 of 2018/19, version 1 stands. By that, " in said
    assert "in version 1" in said
    other = second_keeper(waiting.council)
    with pytest.raises(Unanswered):
        MONITORING.transition("publish", later.pk, **by(other, waiting.council))
    waiting.sign_in(client, "finance officer")
    page = words_of(client.get(f"/testshire/money/2018-19-m03/{later.version}/publish/").text)
    assert "which was withdrawn on" in page


def test_publishing_asks_where_what_it_is_compared_with_was_corrected_since(money):
    later = approved(money)
    assert later.compared_with == money.first
    published_again(money)
    later = MonitoringReport.objects.get(pk=later.pk)
    said = " ".join(MONITORING.asks("publish", later))
    assert "It is compared with Month 2 of 2018/19, version 1, which was corrected since." in said


def test_the_page_that_asks_to_withdraw_names_what_is_approved_and_compared_with_it(
    client, waiting
):
    waiting.sign_in(client, "finance officer")
    short = waiting.fresh.snapshots.latest("number").fingerprint[:12]
    page = words_of(client.get(f"/testshire/versions/{short}/withdraw/").text)
    assert "version 2 is approved and compared with it. Whoever publishes it is asked" in page
