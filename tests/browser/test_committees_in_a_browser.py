"""A committee as people run it: prepared, published, minuted, followed up at the next meeting."""

import pytest

from bcfportal.lib import clock
from demonstration.westshire.story import moment
from meetings.models import AgendaItem, Meeting
from projects.models import Council
from tests.browser.axe import assert_accessible
from tests.browser.working import go

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WORK = "/westshire/committees/"
FEBRUARY = f"{WORK}adult-social-care/2027-02-03/"
FORMS = ("", "details/", "attendance/", "reported/", "items/add/", "publish/", "correct/")


def fill_day(page, group, *parts):
    boxes = page.get_by_role("group", name=group)
    for label, value in zip(("Day", "Month", "Year"), parts, strict=True):
        boxes.get_by_label(label).fill(value)


def save(page, said):
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text(said).first.wait_for()
    assert_accessible(page)


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_of_who_keeps_meetings_are_accessible_and_fit(as_person, site, width):
    page = as_person("performance", width=width)
    item = AgendaItem.objects.get(meeting__slug="2027-02-03", number="4").pk
    parts = ("recommendations", "decisions", "actions", "questions", "minutes", "departures")
    of_item = [f"{FEBRUARY}items/{item}/{part}" for part in ("", *(f"{p}/" for p in parts))]
    for address in (
        WORK,
        f"{WORK}adult-social-care/add/",
        *(FEBRUARY + p for p in FORMS),
        *of_item,
    ):
        go(page, site, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [360, 1280])
def test_a_meeting_is_prepared_published_minuted_and_followed_up(as_person, open_page, site, width):
    council = Council.objects.get(slug="westshire")
    finance = council.memberships.filter(user__email="finance@demonstration.example").get()
    finance.user.memberships.create(council=council, role="performance officer")
    with clock.stopped_at(moment(2027, 3, 1)):
        _prepare(as_person("performance", width=width), site)
        _publish(as_person("finance", width=width), site, "agenda")
        member = as_person("member", width=width)
        go(member, site, "/westshire/meetings/")
        member.get_by_role("link", name="Adult Social Care Committee, 24 March 2027").click()
        member.get_by_text("2. Winter pressures").first.wait_for()
        assert_accessible(member)
    with clock.stopped_at(moment(2027, 4, 1)):
        _minute(as_person("performance", width=width), site)
        _publish(as_person("finance", width=width), site, "minutes")
        public = open_page("/westshire/meetings/asked-for/", width=width)
        assert public.get_by_text("Bring the plan for next winter").is_visible()
        _follow_up(as_person("performance", width=width), site)
    assert Meeting.objects.get(day="2027-05-19").reports_back.get().state == "done"


def _prepare(page, site):
    go(page, site, WORK)
    page.get_by_role("link", name="Plan a meeting").click()
    fill_day(page, "Day of the meeting", "24", "3", "2027")
    page.get_by_label("Begin with the members").uncheck()
    save(page, "It is a draft until its agenda is published.")
    for title in ("Winter pressures", "Minutes of the last meeting"):
        page.get_by_role("link", name="Add an item").click()
        page.get_by_label("Title").fill(title)
        page.get_by_label("What it is").select_option(label="Report")
        save(page, f"{title}.")
    # By the keyboard alone: the second item goes above the first.
    page.get_by_role("button", name="Move up item 2").focus()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="2. Winter pressures").wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="recommendations of item 2").click()
    page.get_by_label("What is recommended").first.fill("To note how the winter went.")
    save(page, "Saved: recommendations of item 2.")


def _publish(page, site, what):
    go(page, site, f"{WORK}adult-social-care/2027-03-24/")
    page.get_by_role("button", name=f"Publish the {what}").click()
    page.get_by_role("heading", name=f"Publish the {what}?").wait_for()
    assert_accessible(page)
    if page.get_by_label("This is right").count():
        page.get_by_label("This is right").check()
    page.get_by_role("button", name=f"Publish the {what}").click()
    page.get_by_text("Everyone can read").wait_for()
    assert_accessible(page)


def _minute(page, site):
    go(page, site, f"{WORK}adult-social-care/2027-03-24/attendance/")
    page.get_by_label("In the chair", exact=True).fill("Chair")
    page.get_by_label("Role", exact=True).first.fill("Member")
    page.get_by_label("Present", exact=True).first.fill("9")
    save(page, "Saved: who was there.")
    page.get_by_role("link", name="decisions of item 2").click()
    page.get_by_label("What was decided").first.select_option(label="Noted")
    page.get_by_label("Votes for").first.fill("6")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("heading", name="Decision 1").first.wait_for()
    assert_accessible(page)
    page.get_by_label("In the words of the minutes").first.fill("How the winter went was noted.")
    page.get_by_label("Votes against").first.fill("2")
    page.get_by_label("Abstained").first.fill("1")
    save(page, "Saved: decisions of item 2.")
    page.get_by_role("link", name="what was asked for of item 2").click()
    page.get_by_label("What is to be done").first.fill("Bring the plan for next winter")
    page.get_by_label("Who does it").first.fill("Director of Adult Social Care")
    save(page, "Saved: what was asked for of item 2.")


def _follow_up(page, site):
    go(page, site, f"{WORK}adult-social-care/add/")
    fill_day(page, "Day of the meeting", "19", "5", "2027")
    save(page, "It is a draft until its agenda is published.")
    page.get_by_role("link", name="Reported back to this meeting").click()
    row = page.get_by_role("group", name="Bring the plan for next winter")
    row.get_by_label("What came of it").select_option(label="Done")
    row.get_by_label("What was reported").fill("The plan is agreed with the trusts.")
    save(page, "Saved: what was reported back.")
