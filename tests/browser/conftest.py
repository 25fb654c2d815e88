"""A real browser on the real portal, served as it is served to people."""

import os
import shutil
import threading

import pytest
from django.db import connections
from playwright.sync_api import sync_playwright
from waitress import create_server

from demonstration.accounts import PASSWORD
from tests import database

# Playwright runs an event loop in this thread; the tests here read the database outside of it.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def chromium():
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set and there is no Chromium: install chromium.")
        pytest.skip("There is no Chromium on this machine.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def site(django_db_setup, django_db_blocker):
    """The address of the portal, served by Waitress from the test database."""
    from bcfportal.wsgi import application

    # A server thread that kept its connection would keep the test database from being dropped.
    connections.settings["default"]["CONN_MAX_AGE"] = 0
    with django_db_blocker.unblock():
        server = create_server(application, host="127.0.0.1", port=0, threads=2)
        threading.Thread(target=server.run, daemon=True).start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()


@pytest.fixture
def open_page(chromium, site, db):
    """Opens an address and collects what the browser complains of."""
    contexts = []

    def open_(address, width=1280, expect=200, **options):
        context = chromium.new_context(viewport={"width": width, "height": 900}, **options)
        contexts.append(context)
        page = context.new_page()
        page.complaints = []
        page.on(
            "console",
            lambda message: (
                message.type in ("error", "warning") and page.complaints.append(message.text)
            ),
        )
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        response = page.goto(site + address, wait_until="load")
        assert response.status == expect
        return page

    yield open_
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def demonstration_template(template, django_db_blocker):
    with django_db_blocker.unblock():
        name = database.demonstration_template(template)
        with database.kept(name):
            yield name


@pytest.fixture
def demonstration(transactional_db, settings, demonstration_template):
    """The demonstration, in a database of the test's own."""
    settings.DEMONSTRATION = True
    with database.cloned(demonstration_template):
        yield


@pytest.fixture
def as_person(open_page, demonstration):
    """A page of somebody who has signed in through the form, and where that led to."""

    def sign_in(who, next_page="/", **options):
        page = open_page(f"/account/sign-in/?next={next_page}", **options)
        page.get_by_label("Email address").fill(f"{who}@demonstration.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        return page

    return sign_in
