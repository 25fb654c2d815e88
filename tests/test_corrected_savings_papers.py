"""A corrected edition of a savings paper: why, what it says otherwise, and what it leaves out."""

import csv
import html
import io
import re

import msgspec
import pytest
from openpyxl import load_workbook

from finance.models import ChangeRequest, Saving
from finance.savings import content
from finance.savings.corrections import LEFT_OUT, corrections
from finance.savings.editions import freeze_paper
from finance.savings.published import editions_of
from publishing.models import Withdrawal
from tests.savings import make_savings
from tests.text import words_of

pytestmark = pytest.mark.django_db
PAGE = "/testshire/savings/papers/paper/correct/"


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    quarter.new = Saving.objects.create(council=quarter.council, slug="new", title="Night support")
    quarter.new.years.create(year=2018, target=500)
    return quarter


def read(client, address):
    return said(client.get(address))


def said(answer):
    return words_of(answer.text).replace(" ;", ";")


def asked(client, typed):
    """Looks at what the edition says otherwise, and publishes it: the two answers."""
    look = client.post(PAGE, typed)
    found = re.search('name="seen" value="(.*?)"', look.text, re.DOTALL)
    sent = typed | {"seen": html.unescape(found[1]) if found else "", "action": "publish"}
    if tick := re.search(r'name="right" type="checkbox" value="([^"]+)"', look.text):
        sent["right"] = html.unescape(tick[1])
    return look, client.post(PAGE, sent)


def test_a_corrected_edition_asks_for_the_reason(client, savings):
    savings.sign_in(client, "finance officer")
    savings.council.savings.filter(slug="project").update(action="Slower.")
    look, sent = asked(client, {"why": " "})
    assert "Say what is corrected, and why." in said(look)
    assert sent.status_code == 200
    assert len(editions_of(savings.council)) == 1


def test_its_page_says_what_it_corrects_when_and_why_as_the_preview_did(client, savings):
    savings.sign_in(client, "finance officer")
    saving = savings.council.savings.get(slug="project")
    saving.years.filter(year=2018).update(target=1600, forecast=700)
    look, sent = asked(client, {"why": "A digit was left out."})
    assert sent.status_code == 302
    page = read(client, "/testshire/savings/")
    for words in (
        "Saving “Reviews”, 2018/19, target: £1,600; it was £1,000",
        "Saving “Reviews”, 2018/19, forecast: £700; it was £800",
        "Rating of saving “Reviews”, 2018/19: Red; it was Amber",
    ):
        assert words in said(look)
        assert words in page
    assert re.search(r"Corrected on \d+ \w+ \d{4}: A digit was left out\.", page)


def test_what_was_kept_after_the_paper_comes_in_only_where_it_is_ticked_and_that_is_said(
    client, savings
):
    savings.sign_in(client, "finance officer")
    savings.council.savings.filter(slug="project").update(action="Slower.")
    assert "Night support (saving)" in read(client, PAGE)
    _, sent = asked(client, {"why": "Words were wrong."})
    assert sent.status_code == 302
    assert "Night support" not in read(client, "/testshire/savings/")
    savings.new.refresh_from_db()
    assert savings.new.paper is None
    typed = {"why": "It was left out.", "also": [f"saving {savings.new.pk}"]}
    _, sent = asked(client, typed)
    assert sent.status_code == 302
    page = read(client, "/testshire/savings/")
    assert "Saving “Night support”: in the paper; it was nothing" in page
    assert "Saving “Night support”, 2018/19, target: £500; it was nothing" in page


def test_an_agreed_change_comes_with_the_targets_that_it_moved(client, savings):
    saving = savings.council.savings.get(slug="project")
    ChangeRequest.objects.create(
        council=savings.council,
        number=9,
        kind="re-profiling",
        title="Reviews later",
        saving=saving,
        amount=400,
        from_year=2018,
        to_year=2019,
        reason="Slower.",
        status="agreed",
        decided_body="Cabinet",
        decided_when="1 December 2018",
    )
    saving.years.filter(year=2018).update(target=600)
    savings.sign_in(client, "finance officer")
    asked(client, {"why": "Targets moved."})
    page = read(client, "/testshire/savings/")
    assert "Change “Reviews later”: in the paper; it was nothing" in page
    assert "Saving “Reviews”, 2018/19, target: £600; it was £1,000" in page


def test_after_a_withdrawal_it_names_what_changed_and_not_what_it_was(client, savings):
    saving = savings.council.savings.get(slug="project")
    edition = savings.council.savings_papers.get().editions.get()
    officer = savings.people["finance officer"]
    given = {"asked_by": officer, "asked_at": edition.at, "reason": "Wrong."}
    given |= {"decided_by": officer, "decided_at": edition.at, "decision": "confirmed"}
    given["alone"] = True
    Withdrawal.objects.create(version=edition, **given)
    saving.years.filter(year=2018).update(target=1600)
    savings.sign_in(client, "finance officer")
    look, _ = asked(client, {"why": "Put right."})
    wanted = "Saving “Reviews”, 2018/19, target: £1,600; it was something that is withdrawn"
    for words in (said(look), read(client, "/testshire/savings/")):
        assert wanted in words
        assert "£1,000" not in words


def test_nothing_is_published_that_was_not_looked_at_or_that_says_nothing_otherwise(
    client, savings
):
    savings.sign_in(client, "finance officer")
    typed = {"why": "Nothing.", "action": "publish"}
    refused = client.post(PAGE, typed)
    assert refused.status_code == 409
    assert "it would say what edition 1 says" in said(refused)
    look = client.post(PAGE, {"why": "It was left out."})
    savings.council.savings.filter(slug="project").update(action="Slower.")
    seen = re.search('name="seen" value="(.*?)"', look.text)
    assert seen is None
    refused = client.post(PAGE, typed | {"seen": "f" * 64})
    assert refused.status_code == 409
    assert "does not say what you read on it" in said(refused)
    look = client.post(PAGE, typed | {"action": ""})
    seen = html.unescape(re.search('name="seen" value="(.*?)"', look.text, re.DOTALL)[1])
    savings.council.savings.filter(slug="project").update(action="Slower still.")
    refused = client.post(PAGE, typed | {"seen": seen})
    assert refused.status_code == 409
    assert "changed since you opened the page" in said(refused)
    assert len(editions_of(savings.council)) == 1


def test_each_field_of_a_paper_is_compared_or_left_out_by_name(savings):
    paper = savings.council.savings_papers.get()
    sheet = msgspec.convert(freeze_paper(paper).content, content.SavingsSheet)
    kinds = ("savings", "changes", "teams", "posts", "options", "printed", "to_come")
    compared = {name for name in content.SavingsSheet.__struct_fields__ if name not in LEFT_OUT}
    assert compared == {*kinds, "title", "meeting", "dated", "as_at", "note", "rule"}
    saving = sheet.savings[0]
    for name in set(saving.__struct_fields__) - set(LEFT_OUT) - {"years", "project"}:
        other = ["X"] if name == "references" else "at risk" if name == "evidence" else "Other"
        after = msgspec.structs.replace(
            sheet, savings=[msgspec.structs.replace(saving, **{name: other})]
        )
        assert corrections(sheet, after), name


def test_its_files_say_what_it_corrects_when_and_why(client, savings):
    savings.sign_in(client, "finance officer")
    savings.council.savings.get(slug="project").years.filter(year=2018).update(target=1600)
    asked(client, {"why": "A digit was left out."})
    address = "/testshire/savings/data/savings.{}"
    rows = list(csv.DictReader(io.StringIO(client.get(address.format("csv")).text)))
    assert {row["correction"].split(": ")[1] for row in rows} == {"A digit was left out"}
    old = client.get(address.format("csv") + "?paper=paper&edition=1").text
    assert all("Superseded" in row["standing"] for row in csv.DictReader(io.StringIO(old)))
    book = load_workbook(io.BytesIO(client.get(address.format("xlsx")).content))
    told = list(book["Version"].iter_rows(values_only=True))
    assert ("Saving “Reviews”, 2018/19, target", "£1,600", "£1,000") in told
