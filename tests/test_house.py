"""Promises that hold for the whole house."""

import ast
import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from tests.addresses import addresses, open_to_everyone

pytestmark = pytest.mark.django_db

PUBLISHED = open_to_everyone()
# The first page leads on.
PAGES = [
    each.path
    for each in (*PUBLISHED, *(each for each in addresses() if each.name == "accounts:sign-in"))
    if each.is_page and each.name != "reporting:home"
]
# What shows every subject at once takes the queries of each.
# A process works out once what follows from what a council has published, and reads the contents
# of a version once: these are of one that has done neither. What is corrected of earlier reports
# asks which of those are withdrawn since, and what lists superseded versions, which of them tell
# what is withdrawn or held back since.
CEILINGS = {
    "reporting:overview": 27,
    "reporting:project": 23,
    "reporting:reconciliation": 20,
    "reporting:risk": 12,
    "reporting:papers": 36,
    "reporting:period-version": 13,
    # All that subjects publish, read for the first time.
    **{f"reporting:promises{form}": 30 for form in ("", "-csv", "-xlsx")},
    # Papers as they are made and kept, the first time.
    "reporting:performance": 15,
    "reporting:project-pdf": 15,
    "reporting:risks-pdf": 18,
    "reporting:summary-overview": 14,
    "reporting:progress-update": 14,
}


def test_the_admin_is_closed_to_all_but_administrators(client, person):
    assert client.get("/admin/").status_code == 302
    client.force_login(person())
    assert client.get("/admin/").status_code == 302
    client.force_login(person("a@example.org", is_staff=True, is_superuser=True))
    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_one_h1_a_title_a_language_and_a_main(client, address):
    page = client.get(address).content.decode()
    assert len(re.findall(r"<h1\b", page)) == 1
    title = re.search(r"<title>(.*?)</title>", page, re.S)[1]
    assert len(title.split(" – ")[0].strip()) > 2
    assert '<html lang="en-GB"' in page
    assert len(re.findall(r"<main\b", page)) == 1
    assert not re.search(r"\sstyle=|\son\w+=|<style|javascript:", page)
    assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    headings = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert all(b - a <= 1 for a, b in pairwise(headings)), headings


@pytest.mark.parametrize("address", PAGES)
def test_every_link_within_the_portal_leads_somewhere(client, address):
    page = client.get(address).content.decode()
    links = set(re.findall(r'href="(/[^"#]*)', page))
    for link in links:
        if not link.startswith(("/static/", "/admin/")) and not link.endswith(".pdf"):
            assert client.get(link.replace("&amp;", "&")).status_code in (200, 302), link
    for anchor in re.findall(r'href="#([^"]+)"', page):
        assert f'id="{anchor}"' in page


@pytest.mark.parametrize("address", PUBLISHED, ids=lambda each: each.name)
def test_no_page_asks_the_database_more_often_than_its_ceiling(
    client, address, django_assert_max_num_queries
):
    with django_assert_max_num_queries(CEILINGS.get(address.name, 11)):
        client.get(address.path)


@pytest.mark.parametrize(
    "page", ["", "projects/", "projects/?search=falls", "projects/project/", "finance/", "data/"]
)
def test_the_number_of_queries_does_not_grow_with_the_projects(
    client, many_projects, page, django_assert_num_queries
):
    many_projects(60)
    # The first visit works out what follows from what is published.
    client.get(f"/testshire/{page}")
    # What lists funds asks for their order.
    queries = {"projects/": 3, "finance/": 3, "projects/?search=falls": 4}.get(page, 2)
    with django_assert_num_queries(queries):
        assert client.get(f"/testshire/{page}").status_code == 200


def test_no_migration_is_pending():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)


def test_every_page_carries_the_security_policy(client):
    headers = client.get("/nottinghamshire/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe-inline" not in policy
    assert "unsafe-eval" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_public_pages_set_no_cookie(client):
    for address in PUBLISHED:
        assert not client.get(address.path).cookies, address.name


def python_files():
    for path in Path(settings.BASE_DIR).rglob("*.py"):
        parts = path.relative_to(settings.BASE_DIR).parts
        if (
            parts[0] not in {".venv", "node_modules", "mutants", "var"}
            and "migrations" not in parts
        ):
            yield path


def test_files_are_read_in_one_sitting():
    for path in python_files():
        assert len(path.read_text().splitlines()) <= 400, path.name


def test_no_package_holds_more_than_25_modules():
    packages = Counter(
        path.parent
        for path in python_files()
        if path.name != "__init__.py" and not path.is_relative_to(settings.BASE_DIR / "tests")
    )
    assert {str(path): count for path, count in packages.items() if count > 25} == {}


def test_modules_are_named_for_what_they_hold():
    says_nothing = re.compile(r"(.*_)?(more|misc|util|utils|helpers|common|part|new|old)\d*|.*\d")
    assert [path.name for path in python_files() if says_nothing.fullmatch(path.stem)] == []


def test_public_functions_of_the_library_and_of_calculations_say_what_they_do():
    folders = (
        *("bcfportal/lib", "finance/allocations/calculations.py", "finance/monitoring/content.py"),
        *(
            "finance/monitoring/tree.py",
            "finance/monitoring/tables.py",
            "finance/monitoring/restatements.py",
        ),
        *("returns/content.py", "outcomes/project_measures", "publishing/council_sections.py"),
    )
    for path in python_files():
        if not str(path.relative_to(settings.BASE_DIR)).startswith(folders):
            continue
        tree = ast.parse(path.read_text())
        assert ast.get_docstring(tree), path.name
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                # Of one function with several signatures the last, which does it, says what.
                if any(ast.unparse(mark) == "overload" for mark in node.decorator_list):
                    continue
                assert ast.get_docstring(node), (path.name, node.name)


def test_what_tests_the_portal_comes_with_exactly_what_it_runs_on():
    def versions(name):
        text = (settings.BASE_DIR / name).read_text()
        return set(re.findall(r"^(\S+)==(\S+)", text, re.MULTILINE))

    running, developing = versions("requirements.lock"), versions("requirements-dev.lock")
    assert running < developing
    assert not {"pytest", "openpyxl"} & {name for name, _ in running}


def test_no_address_of_a_registry_is_in_a_lock():
    for name in ("requirements.lock", "requirements-dev.lock", "package-lock.json"):
        text = (settings.BASE_DIR / name).read_text()
        assert "resolved" not in text
        assert not re.search(r"https?://(?!github|opencollective|paulmillr)[^\"]*registr", text)
        assert "--index-url" not in text
