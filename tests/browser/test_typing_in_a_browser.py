"""Accidents of typing in a real browser: one form of each family lives through them."""

import re

import pytest

from accounts.models import Session
from demonstration.accounts import PASSWORD
from projects.models import Assignment, Membership
from publishing.models import ReportingPeriod, Return
from tests.browser.axe import assert_accessible

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
RETURN = "/nottinghamshire/returns/2017-18-q4/{}/"
# (who, page, box, what is typed, button, what the page says then)
FAMILIES = {
    "section": (
        *("commissioner", RETURN.format("home-first") + "performance/"),
        *("Performance in full", "An hour’s work.\n\nIn two paragraphs."),
        *("Save and go back to the list", "Home First"),
    ),
    "administration": (
        *("administrator", "/nottinghamshire/administration/add-provider/"),
        *("Name", "A provider of an hour’s thought", "Add", "Saved: A provider of an hour’s"),
    ),
}


def saved_now(page):
    """Waits until what was typed a moment ago is saved, not what was saved before."""
    page.get_by_text("Not saved yet").or_(page.get_by_text("Saving")).first.wait_for()
    page.locator("[data-saved]", has_text=re.compile(r"^Saved \d\d:\d\d")).wait_for()


def report(slug):
    return Return.objects.get(project__slug=slug, period__key="2017-18-q4")


def is_save(route):
    return route.request.method == "POST"


@pytest.mark.parametrize("family", ["section", "administration"])
def test_a_session_that_ends_is_begun_again_in_place_and_the_press_repeated(
    as_person, site, family
):
    who, address, label, words, button, said = FAMILIES[family]
    page = as_person(who)
    page.goto(site + address)
    page.get_by_label(label, exact=True).fill(words)
    Session.objects.all().delete()
    page.get_by_role("button", name=button, exact=True).click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Email address").wait_for()
    assert_accessible(page)
    dialog.get_by_label("Email address").fill(f"{who}@demonstration.example")
    dialog.get_by_label("Password").fill("wrong")
    page.keyboard.press("Enter")
    dialog.get_by_text("do not match").wait_for()
    dialog.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != site + address)
    page.get_by_text(said).first.wait_for()


@pytest.mark.parametrize("family", ["section", "administration"])
def test_a_server_away_is_said_at_the_form_and_the_words_outlive_a_reload(as_person, site, family):
    who, address, label, words, button, said = FAMILIES[family]
    page = as_person(who)
    page.goto(site + address)
    page.route("**/account/session/", lambda route: route.abort())
    page.route(f"**{address}", lambda route: route.abort() if is_save(route) else route.fallback())
    page.get_by_label(label, exact=True).fill(words)
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text("the portal cannot be reached").wait_for()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    page.get_by_text("is back in the boxes").wait_for()
    assert page.get_by_label(label, exact=True).input_value() == words
    page.unroute_all()
    page.get_by_role("button", name=button, exact=True).click()
    page.wait_for_url(lambda url: url != site + address)
    page.get_by_text(said).first.wait_for()
    page.goto(site + address)
    assert page.get_by_text("is back in the boxes").count() == 0


def test_what_is_typed_before_the_scripts_have_come_is_saved_by_itself(as_person, site):
    page = as_person("commissioner")
    held = []
    page.route("**/js/autosave*", lambda route: held.append(route))
    page.goto(site + RETURN.format("home-first") + "performance/", wait_until="commit")
    page.get_by_label("Performance in full", exact=True).fill("Typed at once.")
    assert held
    for route in held:
        route.continue_()
    page.unroute_all()
    page.locator("[data-saved]", has_text=re.compile(r"^Saved \d\d:\d\d")).wait_for()
    assert (
        report("home-first").sections.get(name="performance").typed["performance"]
        == "Typed at once."
    )


def test_what_is_typed_and_not_sent_outlives_leaving_the_page(as_person, site):
    address, words = "/nottinghamshire/periods/2017-18-q4/", "Ask for the figures of March."
    page = as_person("performance")
    page.goto(site + address)
    page.get_by_label("Why", exact=True).last.fill(words)
    page.get_by_role("link", name="Projects").first.click()
    page.wait_for_url(re.compile("/projects/"))
    page.goto(site + address)
    page.get_by_text("is back in the boxes").wait_for()
    assert page.get_by_label("Why", exact=True).last.input_value() == words
    page.get_by_role("button", name="Take it out again").click()
    assert page.get_by_label("Why", exact=True).last.input_value() == ""


def review_address():
    report = Return.objects.filter(period__key="2017-18-q4", status="submitted").first()
    return f"/nottinghamshire/quarter/2017-18-q4/{report.slug}/", report


def test_a_review_note_typed_in_one_browser_is_sent_in_another(as_person, site):
    address, report = review_address()
    first, second = as_person("performance"), as_person("performance")
    first.goto(site + address)
    first.get_by_label("Anything else", exact=True).fill("Ask for the figures of March.")
    saved_now(first)
    second.goto(site + address)
    second.get_by_text("Not sent.").wait_for()
    assert_accessible(second)
    box = second.get_by_label("Anything else", exact=True)
    assert box.input_value() == "Ask for the figures of March."
    # Both type: what only one changed is merged, in a box of both the texts stand side by side.
    second.get_by_label("Performance", exact=True).fill("Which of them?")
    saved_now(second)
    first.get_by_label("Anything else", exact=True).fill("Ask for the figures of April.")
    saved_now(first)
    assert first.get_by_label("Performance", exact=True).input_value() == "Which of them?"
    assert second.complaints == []
    box.fill("Ask for those of May.")
    clash = second.locator("[data-clash]")
    clash.wait_for()
    assert "Theirs: Ask for the figures of April." in clash.inner_text()
    clash.get_by_role("button", name="Keep yours").click()
    saved_now(second)
    second.get_by_role("button", name="Send back").click()
    second.get_by_text("is sent back").wait_for()
    report.refresh_from_db()
    assert report.sections.get(name="performance").asked == "Which of them?"
    first.get_by_label("Anything else", exact=True).fill("Too late.")
    first.locator("[data-saved]", has_text="The return was acted on").wait_for()


def test_without_scripts_a_button_keeps_the_notes_of_a_review(as_person, site):
    address, _ = review_address()
    page = as_person("performance", java_script_enabled=False)
    page.goto(site + address)
    page.get_by_label("Anything else", exact=True).fill("Ask for the figures of March.")
    page.get_by_role("button", name="Save as draft").click()
    page.get_by_text("Saved as a draft. It is not sent.").wait_for()
    box = page.get_by_label("Anything else", exact=True)
    assert box.input_value() == "Ask for the figures of March."


def test_the_rating_section_saves_itself(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("home-first") + "rating/")
    page.get_by_role("group", name="Rating now").get_by_label("Amber").check()
    saved_now(page)
    assert report("home-first").sections.get(name="rating").typed["rating"] == "amber"


def test_a_refusal_is_said_once_and_not_repeated(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("home-first") + "performance/")
    ReportingPeriod.objects.filter(key="2017-18-q4", council__slug="nottinghamshire").update(
        status="closed"
    )
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    box = page.get_by_label("Performance in full")
    box.fill("Typed too late.")
    page.locator("[data-saved]", has_text="Not saved: ").wait_for()
    page.wait_for_timeout(6500)
    assert len(sent) == 1
    assert box.input_value() == "Typed too late."


def test_a_double_click_writes_once(as_person, site):
    page = as_person("administrator")
    page.goto(site + "/nottinghamshire/administration/add-provider/")
    page.get_by_label("Name", exact=True).fill("Once")
    page.get_by_role("button", name="Add", exact=True).dblclick()
    page.get_by_text("Saved: Once.").wait_for()


def test_two_people_in_seventy_five_boxes_lose_none_of_them(as_person, site):
    first, second = as_person("commissioner"), as_person("commissioner")
    address = site + RETURN.format("connect") + "measures/"
    first.goto(address)
    second.goto(address)
    boxes = "input[name$='-value']"
    count = first.locator(boxes).count()
    assert count == 75
    for page, numbers in ((first, range(0, 75, 2)), (second, range(1, 75, 2))):
        page.evaluate(
            """([boxes, numbers]) => {
                const all = document.querySelectorAll(boxes);
                for (const number of numbers) {
                    all[number].value = String(100 + number);
                    all[number].dispatchEvent(new Event("input", { bubbles: true }));
                }
            }""",
            [boxes, list(numbers)],
        )
        saved_now(page)
    # The second page has taken what the first saved; the first has not seen the second's yet.
    assert second.locator(boxes).first.input_value() == "100"
    first.locator(boxes).nth(1).fill("8")
    clash = first.locator("[data-clash]")
    clash.wait_for()
    assert "Theirs: 101" in clash.inner_text()
    assert "Yours: 8" in clash.inner_text()
    assert_accessible(first)
    clash.get_by_role("button", name="Keep yours").click()
    saved_now(first)
    typed = report("connect").sections.get(name="measures").typed
    values = [int(text) for name, text in typed.items() if name.endswith("-value")]
    assert sorted(values) == sorted([8, 100, *range(102, 175)])


def test_a_page_of_somebody_else_says_that_another_person_is_signed_in_now(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("home-first") + "performance/")
    other = page.context.new_page()
    other.goto(site + "/account/")
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.goto(site + "/account/sign-in/")
    other.get_by_label("Email address").fill("administrator@demonstration.example")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.get_by_role("button", name="Sign out").wait_for()
    page.get_by_text("You are now signed in as").wait_for()
    # The first person signs in again: their page says so no longer.
    other.get_by_role("button", name="Sign out", exact=True).click()
    other.goto(site + "/account/sign-in/")
    other.get_by_label("Email address").fill("commissioner@demonstration.example")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.get_by_role("button", name="Sign out").wait_for()
    page.get_by_text("You are now signed in as").wait_for(state="detached")


@pytest.mark.parametrize("press", [False, True])
def test_signed_in_again_in_another_tab_the_page_takes_the_token_that_stands_now(
    as_person, site, press
):
    page = as_person("commissioner")
    address = site + RETURN.format("home-first") + "performance/"
    page.goto(address)
    Session.objects.all().delete()
    other = page.context.new_page()
    other.goto(site + "/account/sign-in/")
    other.get_by_label("Email address").fill("commissioner@demonstration.example")
    other.get_by_label("Password", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Sign in", exact=True).click()
    other.get_by_role("button", name="Sign out").wait_for()
    page.get_by_label("Performance in full").fill("Twenty sentences.")
    if press:
        page.get_by_role("button", name="Save and go back to the list").click()
        page.wait_for_url(lambda url: url != address)
    else:
        saved_now(page)
    typed = report("home-first").sections.get(name="performance").typed
    assert typed["performance"] == "Twenty sentences."


def test_without_scripts_a_renewed_token_takes_one_press_more(as_person, site):
    page = as_person("administrator", java_script_enabled=False)
    page.goto(site + "/nottinghamshire/administration/add-provider/")
    page.get_by_label("Name", exact=True).fill("Kept without scripts")
    page.context.clear_cookies(name="csrftoken")
    other = page.context.new_page()
    other.goto(site + "/nottinghamshire/administration/")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Go on with what you typed").wait_for()
    page.get_by_role("button", name="Go on", exact=True).click()
    page.get_by_text("Saved: Kept without scripts.").wait_for()


def test_two_texts_for_one_box_are_not_settled_by_a_press_that_chooses_none(as_person, site):
    """A press posts every box: it must not write over the other text without a word."""
    address = site + RETURN.format("home-first") + "performance/"
    first, second = as_person("commissioner"), as_person("commissioner")
    for page in (first, second):
        page.goto(address)
    first.get_by_label("Performance in full").fill("Text of the first tab.")
    saved_now(first)
    box = second.get_by_label("Performance in full")
    box.fill("Text of the second tab.")
    second.get_by_text("Choose a text in one box.").wait_for()
    box.press("End")
    box.type(" And more.")
    second.get_by_role("button", name="Save and go back to the list").click()
    second.get_by_role("heading", name="while you were writing").wait_for()
    kept = report("home-first").sections.get(name="performance").typed["performance"]
    assert kept == "Text of the first tab."
    assert "Text of the second tab. And more." in box.input_value()


def test_what_is_typed_the_moment_before_leaving_is_saved(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("home-first") + "performance/")
    page.get_by_label("Performance in full").fill("Typed at the last moment.")
    page.goto(site + RETURN.format("home-first"))
    page.wait_for_timeout(500)
    kept = report("home-first").sections.get(name="performance").typed["performance"]
    assert kept == "Typed at the last moment."


@pytest.mark.parametrize("arrives", [True, False], ids=["arrived", "lost"])
def test_what_is_undone_before_leaving_is_not_kept_though_its_save_was_on_its_way(
    as_person, site, arrives
):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("home-first") + "performance/")
    box = page.get_by_label("Performance in full")
    box.fill("As it was.")
    saved_now(page)
    held = []

    def hold(route):
        if not is_save(route) or held:
            route.continue_()
            return
        held.append(route)
        if arrives:
            # It arrives, and its answer does not.
            route.fetch()

    page.route("**/performance/", hold)
    box.click()
    page.keyboard.press("Control+End")
    with page.expect_request(lambda request: request.method == "POST"):
        page.keyboard.insert_text(" And a slip.")
    page.wait_for_timeout(300)
    page.keyboard.press("Control+z")
    assert box.input_value() == "As it was."
    page.goto(site + RETURN.format("home-first"))
    page.wait_for_timeout(800)
    assert len(held) == 1
    kept = report("home-first").sections.get(name="performance").typed["performance"]
    assert kept == "As it was."


@pytest.mark.parametrize("way", ["link", "close"])
def test_words_too_many_for_a_page_that_goes_are_asked_about_and_come_back(as_person, site, way):
    """Browsers let a page that goes away send 64 kB, and no more."""
    page = as_person("commissioner")
    address = site + RETURN.format("home-first") + "performance/"
    page.goto(address)
    words = "An hour’s work, and another. " * 3_300
    assert len(words.encode()) > 100_000
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), answer(dialog)))
    answer = (lambda dialog: dialog.accept()) if way == "link" else (lambda each: each.dismiss())
    box = page.get_by_label("Performance in full")
    box.click()
    page.keyboard.insert_text(words)
    if way == "link":
        page.get_by_role("link", name="Projects").first.click()
        page.wait_for_url(re.compile("/projects/"))
        page.goto(address)
    else:
        page.close(run_before_unload=True)
        page.wait_for_timeout(1000)
        assert not page.is_closed(), "the words went with the tab"
    assert asked == ["beforeunload"]
    assert page.get_by_label("Performance in full").input_value().strip() == words.strip()


def test_where_nothing_can_be_saved_the_boxes_are_called_as_on_their_page(as_person, site):
    page = as_person("commissioner")
    page.goto(site + RETURN.format("home-first") + "measures/")
    page.locator('[data-grid-box="value"]').first.fill("88")
    page.locator("[data-saved]", has_text=re.compile(r"^Saved")).wait_for()
    label = page.locator('[data-grid-box="value"]').first.evaluate(
        "(box) => (box.labels[0]?.innerText || box.getAttribute('aria-label')).trim()"
    )
    Assignment.objects.all().delete()
    Membership.objects.filter(user__email="commissioner@demonstration.example").delete()
    page.locator('[data-grid-box="value"]').first.fill("99")
    page.get_by_role("button", name="Save and go back to the list").click()
    page.get_by_role("heading", name="What you typed").wait_for()
    assert label
    assert "99" in page.get_by_label(re.compile(re.escape(label))).first.input_value()
    assert page.get_by_text(re.compile("^Box [0-9]|^M[0-9]")).count() == 0
