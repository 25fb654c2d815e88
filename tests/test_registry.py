"""Each subject says once what it publishes and works on; nothing else lists the subjects."""

import re
from enum import StrEnum

import pytest

from accounts import roles
from accounts.roles import Role
from programme.management.commands.draw_workflows import PERMISSIONS, permissions_drawn
from projects.models import Council, Provider
from publishing import registry, version_cache
from publishing.registry import Beginning, Line, Page, SearchResult, Subject, WorkPage
from tests.packages import PACKAGES, ROOT
from tests.text import words_of

pytestmark = pytest.mark.django_db


class Keep(StrEnum):
    HOUSING = "keep the housing"


HOUSING = Subject(
    "housing",
    place=55,
    has="has_housing",
    published=lambda council: Provider.objects.filter(council=council),
    pages=(Page("housing", "Housing", "reporting:about", 65, needs=("has_housing",)),),
    work_pages=(WorkPage("homes", "Manage homes", "reporting:checks", 65, (Keep.HOUSING,)),),
    beginnings=(Beginning(5, Keep.HOUSING, "Manage homes", "reporting:checks"),),
    permissions={Keep.HOUSING: [Role.FINANCE_OFFICER]},
    read=lambda council, access: 12,
    lines=lambda council, homes: [
        Line("Homes adapted", "this year;", str(homes), link="see the homes", address="/homes/")
    ],
    search=lambda council, access, text: [
        SearchResult("Extra care homes", "/homes/", f"Has {text}")
    ],
)


@pytest.fixture
def housing(monkeypatch):
    """A subject that nothing but its own registration names."""
    monkeypatch.setattr(registry, "_subjects", registry.subjects())
    for role, may in roles.MAY.items():
        monkeypatch.setitem(roles.MAY, role, may)
    registry.register(HOUSING)


@pytest.fixture
def housed(housing, quarter):
    """Testshire, which has something of that subject to show."""
    show_homes(quarter.council)
    return quarter


def show_homes(council):
    """What a council publishes makes its process ask again what it has to show."""
    council.providers.create(slug="homes", name="Homes")
    version_cache.forget_answers()


def menu(response):
    """The entries of the menu: label and address."""
    listed = response.text.split('id="navigation"')[1].split("</ul>")[0]
    links = re.findall(r'href="([^"?]*)[^>]*>(?:<strong[^>]*>)?([^<]+)<', listed)
    return {label: address for address, label in links}


def test_a_subject_is_in_the_menu_of_councils_that_have_any_of_it(housing, client, quarter):
    assert "Housing" not in menu(client.get("/testshire/"))
    show_homes(quarter.council)
    other = menu(client.get("/testshire/about/"))
    assert other["Housing"] == "/testshire/about/"
    assert list(other).index("Housing") == list(other).index("Papers") - 1


def test_a_subject_has_a_line_on_the_first_page_of_a_council(housed, client):
    assert "Homes adapted 12 this year; see the homes" in words_of(client.get("/testshire/").text)


def test_a_council_without_projects_has_the_line_too(housing, client):
    assert "Homes adapted" not in words_of(client.get("/norfolk/").text)
    show_homes(Council.objects.get(slug="norfolk"))
    assert "Homes adapted 12 this year; see the homes" in words_of(client.get("/norfolk/").text)


def test_a_subject_is_found_by_the_search(housed, client):
    words = words_of(client.get("/testshire/projects/?search=adapted").text)
    assert "Extra care homes Has adapted" in words
    assert "Nothing matches" not in words


def test_a_subject_is_worked_on_by_the_roles_that_have_its_permission(housed, client):
    for role in Role:
        client.force_login(housed.people[role.value])
        answer = client.get("/testshire/")
        assert ("Manage homes" in menu(answer)) == (role == Role.FINANCE_OFFICER), role
    client.force_login(housed.people["finance officer"])
    assert client.get("/").headers["Location"] == "/testshire/checks/"
    client.force_login(housed.people["committee member"])
    assert client.get("/").headers["Location"] == "/testshire/"


def test_a_subject_has_its_row_in_the_table_of_permissions(housing):
    assert "| housing | keep the housing |  |  | yes |  |  |" in permissions_drawn()


def test_the_table_of_permissions_is_true():
    assert PERMISSIONS.read_text() == permissions_drawn(), "Run `manage.py draw_workflows`."


def test_every_permission_is_given_by_one_subject():
    given = [permission for each in registry.subjects() for permission in each.permissions]
    assert sorted(given) == sorted(set(roles.Permission))


def test_a_subject_registers_once(housing):
    with pytest.raises(ValueError, match="housing is there already"):
        registry.register(HOUSING)


def test_what_publishes_names_no_address_of_a_subject():
    subjects = {"finance", "outcomes", "risks", "returns", "programme", "administration"}
    assert subjects <= set(PACKAGES)
    for name in ("registry", "pages", "council_sections"):
        text = (ROOT / "publishing" / f"{name}.py").read_text()
        assert not re.search(r'"(?:reporting|administration):|has_[a-z]+"', text), name
        assert not re.search(rf'"(?:{"|".join(subjects)})"', text), name


def test_a_search_finds_measures_savings_and_risks_by_their_names(client, westshire):
    def found(text):
        page = client.get("/westshire/projects/", {"search": text}).text
        listed = page.partition("Beside the projects")[2]
        return words_of(listed)

    assert "A risk, as at" in found("wr01")
    assert "A measure," in found("emergency admissions")
    assert "A saving, as at" in found("shared lives")
    assert not found("nothing of this name")
