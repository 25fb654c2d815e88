"""What stood in the way of every day's work."""

import html
import re

import pytest

from accounts.models import User
from accounts.roles import Role
from projects.models import Council

pytestmark = pytest.mark.django_db


def words_of(response):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode())).split())


@pytest.fixture
def sign_in(client):
    def do(slug, role):
        user = User.objects.create(email=f"{role.name}@day.example.org".lower(), post=role.label)
        user.memberships.create(council=Council.objects.get(slug=slug), role=role)
        client.force_login(user)
        return client

    return do


@pytest.mark.parametrize(
    "role", [Role.COMMISSIONER, Role.PERFORMANCE_OFFICER, Role.FINANCE_OFFICER]
)
def test_the_working_register_is_a_paper_too(sign_in, role):
    """reading.md A7: it answered 500."""
    client = sign_in("norfolk", role)
    answer = client.get("/norfolk/reports/risks.pdf?as_at=working")
    assert answer.status_code == 200
    assert answer.content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("collection", "where"),
    [
        ("care quality", "/norfolk/care-quality/"),
        ("outcomes framework", "/norfolk/outcomes-framework/"),
    ],
)
def test_the_settings_of_a_measure_without_a_card_lead_back_to_its_page(sign_in, collection, where):
    client = sign_in("norfolk", Role.PERFORMANCE_OFFICER)
    measure = Council.objects.get(slug="norfolk").measures.filter(collection=collection).first()
    page = client.get(f"/norfolk/vital-signs/{measure.slug}/settings/").content.decode()
    assert f'href="{where}"' in page
    assert f'href="/norfolk/vital-signs/{measure.slug}/"' not in page


def test_the_rule_of_savings_leads_back_to_where_its_reader_may_go(sign_in):
    client = sign_in("nottinghamshire", Role.ADMINISTRATOR)
    page = client.get("/nottinghamshire/savings/rule/").content.decode()
    assert "/nottinghamshire/savings/work/" not in page
    assert 'href="/nottinghamshire/administration/"' in page
    start = client.get("/nottinghamshire/administration/").content.decode()
    assert 'href="/nottinghamshire/savings/rule/"' in start


def test_the_page_of_what_is_forbidden_says_what_is_true(sign_in):
    """C17: what cannot be seen is not said to be seen."""
    client = sign_in("nottinghamshire", Role.MEMBER)
    reading = words_of(client.get("/nottinghamshire/returns/"))
    assert "This page is for other roles" in reading
    assert "allowed to see" not in reading
    writing = words_of(client.post("/nottinghamshire/periods/", {"year": "2018/19"}))
    assert "It is not saved" in writing


def test_who_keeps_measures_has_the_list_that_the_readme_sends_to(sign_in):
    """C17: a performance officer of a council without projects writes its months."""
    client = sign_in("norfolk", Role.PERFORMANCE_OFFICER)
    assert client.get("/norfolk/returns/").status_code == 200


def test_a_half_filled_draft_opens_without_a_red_wall(client, quarter):
    """C2: what is not filled in yet is counted and shown on request; what is wrong is red."""
    quarter.sign_in(client, "commissioner")
    quarter.project.measures.create(position=1, text="People seen", unit="people")
    quarter.fill(spend={"spend_to_date": "500"}, measures={"x": ""}, rating={"rating": "red"})
    for section, words in (
        ("measures", "0 of 1 filled."),
        ("spend", "1 of 2 filled."),
        ("performance", "2 of 2 filled."),
        ("rating", "1 of 7 filled."),
    ):
        page = client.get(quarter.address("section", section))
        assert words in words_of(page), section
        shown = page.content.decode()
        assert "govuk-error-summary" not in shown
        assert "govuk-error-message" not in shown
        assert ("Show what is left" in shown) is (section != "performance")
    check = client.get(quarter.address("check")).content.decode()
    assert "govuk-error-summary" not in check
    assert "Still to fill in" in check
    tried = client.post(quarter.address("submit"), {"declared": "1"}).content.decode()
    assert "Not submitted: 8 things to do before you can submit" in tried
    assert tried.count("govuk-error-summary__list") == 1
    assert "Spend: 1 of 2 filled" in tried


def test_what_is_wrong_in_a_draft_is_red_at_once(client, quarter):
    quarter.sign_in(client, "commissioner")
    quarter.fill(spend={"spend_to_date": "nil"})
    page = client.get(quarter.address("section", "spend")).content.decode()
    said = (
        "Spent to date this year: Enter a number of pounds, such as 1,234. “nil” is not one: enter "
        "0 if the figure is nought."
    )
    assert page.count(said) == 2
    assert "choose why" not in page
    assert "Enter the forecast for the year." in page
    assert page.count("govuk-error-message") == 1


def test_check_and_submit_is_in_words_pounds_and_tags_with_links_to_change(client, quarter):
    """C9, C10."""
    quarter.sign_in(client, "commissioner")
    measure = quarter.project.measures.create(position=1, text="People seen", unit="people")
    box = f"m{measure.pk}"
    quarter.fill(
        spend={"spend_to_date": "100000", "spend_forecast": "1,200", "variance_reason": "Late."},
        measures={f"{box}-value": "1740", f"{box}-comment": "Two clinics."},
    )
    page = client.get(quarter.address("check"))
    words = words_of(page)
    for said in (
        "£100,000",
        "Allocated for this financial year: £1,000",
        "£200 over the allocation (20%)",
        "1,740 people",
        "Two clinics.",
        "Change spent to date this year",
    ):
        assert said in words, said
    shown = page.content.decode()
    assert "portal-rating--green" in shown
    assert f'href="{quarter.address("section", "spend")}#spend_to_date"' in shown
    assert not re.search(r">[^<]*\b[mc]\d+-", shown)


@pytest.mark.parametrize(
    ("role", "where"),
    [
        (Role.COMMISSIONER, "/norfolk/returns/"),
        (Role.PERFORMANCE_OFFICER, "/norfolk/quarter/"),
        (Role.FINANCE_OFFICER, "/norfolk/money/"),
        (Role.ADMINISTRATOR, "/norfolk/administration/"),
        (Role.MEMBER, "/norfolk/"),
    ],
)
def test_signing_in_leads_each_role_to_its_work(sign_in, role, where):
    """C6: it led to the list of councils."""
    client = sign_in("norfolk", role)
    assert client.get("/").headers["Location"] == where
    assert client.get(where).status_code == 200


def test_who_works_in_several_councils_is_shown_the_work_in_each(sign_in):
    client = sign_in("norfolk", Role.COMMISSIONER)
    person = User.objects.get(email="commissioner@day.example.org")
    person.memberships.create(
        council=Council.objects.get(slug="westshire"), role=Role.PERFORMANCE_OFFICER
    )
    page = client.get("/").content.decode()
    assert 'href="/norfolk/returns/"' in page
    assert 'href="/westshire/quarter/"' in page


def test_the_highest_risk_comes_first(client):
    """B7: 20, 12, 12, 20, 16 ... is no order for a reader."""

    def links(query=""):
        page = client.get(f"/norfolk/risks/{query}").content.decode().partition('id="risks"')[2]
        return list(dict.fromkeys(re.findall(r'href="(/norfolk/risks/[\w-]+/)"', page)))

    assert links() == links("?sort=score")
    assert links() != links("?sort=register")
    page = client.get("/norfolk/").content.decode().partition('id="off-risk"')[2]
    scores = [int(points) for points in re.findall(r'score__points">(\d+)', page)]
    assert len(scores) > 5
    assert scores == sorted(scores, reverse=True)
