"""Screens that blocks are pasted into, and the presses of a person who pastes."""

from datetime import date

from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from bcfportal.lib.pasting.blocks import read_block
from bcfportal.lib.periods import Period
from finance.models import MonitoringReport
from finance.monitoring.actions import begin
from finance.monitoring.draft import Draft
from finance.monitoring.pasting.propose import propose as propose_money
from outcomes.entry import grid as entry
from outcomes.entry.paste import propose as propose_measures
from outcomes.models import Month
from projects.access import access_of
from projects.models import Assignment, Council, Membership, Project
from publishing.models import ReportingPeriod, Return
from returns.actions import draft_of
from returns.periods import open_period
from tests.html_forms import form_of


def open_screen(client, name):
    """Signs in who writes the screen: gives (address, what is typed, the field of a place)."""
    if name.removeprefix("westshire/") in ("lines", "reserves", "capital"):
        return _money(client, name)
    if name.startswith("westshire/"):
        return _westshire(client, name.removeprefix("westshire/"))
    return _measures(client, name)


def user_with(council, role):
    user = User.objects.create(email=f"{role.name.lower()}@pastes.example", post=role.label)
    Membership.objects.create(user=user, council=council, role=role)
    return user


def _measures(client, name):
    norfolk = name == "vital-signs"
    council = Council.objects.get(slug="norfolk" if norfolk else "nottinghamshire")
    officer = user_with(council, Role.PERFORMANCE_OFFICER)
    key, day = ("2017-18-m01", date(2017, 4, 30)) if norfolk else ("2017-18-q4", date(2018, 3, 31))
    open_period(
        council=council,
        key=key,
        kind=ReportingPeriod.Kind.VITAL_SIGNS if norfolk else ReportingPeriod.Kind.PROGRAMME,
        as_at=day,
        opens=day,
        due=date(2020, 1, 1),
        closes=date(2099, 1, 1),
        title="Report",
        by=officer,
    )
    person = user_with(council, Role.COMMISSIONER)
    if not norfolk:
        Assignment.objects.create(user=person, project=Project.objects.get(slug=name))
    client.force_login(person)
    model = Month if norfolk else Return
    return _grid(model.objects.get(period__key=key, period__council=council, slug=name))


def _westshire(client, name):
    """The measures of a project of Westshire in the quarter that is being written."""
    council = Council.objects.get(slug="westshire")
    if name == "vital-signs":
        return _westshire_month(client, council)
    report = Return.objects.get(
        period__council=council, period__key="2026-27-q3", project__slug=name
    )
    person = user_with(council, Role.COMMISSIONER)
    Assignment.objects.create(user=person, project=report.project)
    client.force_login(person)
    return _grid(report)


def _westshire_month(client, council):
    """The vital signs of January 2027, which is opened for it."""
    _open_month(council)
    client.force_login(user_with(council, Role.COMMISSIONER))
    return _grid(Month.objects.get(period__council=council, period__key="2026-27-m10"))


def _open_month(council):
    day = date(2027, 1, 31)
    open_period(
        council=council,
        key="2026-27-m10",
        kind=ReportingPeriod.Kind.VITAL_SIGNS,
        as_at=day,
        opens=date(2027, 1, 20),
        due=date(2027, 2, 10),
        closes=date(2099, 1, 1),
        title="Vital signs",
        by=user_with(council, Role.PERFORMANCE_OFFICER),
    )


def _grid(report):
    council, key = report.period.council, report.period.key
    address = reverse("reporting:section", args=[council.slug, key, report.slug, "measures"])

    def field(place):
        *found, box = place.split(" | ")
        rows = [
            row
            for row in draft_of(report).grid.own
            if row.measure.name.startswith(found[0])
            and (len(found) == 1 or row.segment_name == found[1])
        ]
        assert len(rows) == 1, (place, [row.name for row in rows])
        return rows[0].boxes[box].field

    def typed():
        return {
            field: text
            for field, text in report.sections.get(name="measures").typed.items()
            if text
        }

    return address, typed, field


def _money(client, name):
    slug, period = "norfolk", "2017-18-m02"
    if name.startswith("westshire/"):
        slug, period, name = "westshire", "2026-27-m10", name.removeprefix("westshire/")
    council = Council.objects.get(slug=slug)
    person = user_with(council, Role.FINANCE_OFFICER)
    access = access_of(person, council)
    # Westshire's is begun already.
    report = MonitoringReport.objects.filter(council=council, period=period).first() or begin(
        council=council, period=period, by=person, access=access
    )
    client.force_login(person)
    address = f"/{slug}/money/{period}/{report.version}/{name}/"

    def typed():
        kept = MonitoringReport.objects.get(pk=report.pk).sections.filter(name=name).first()
        return dict(kept.typed) if kept else {}

    return address, typed, lambda place: place


def press(client, address, page, value, **answers):
    """Presses a button of the preview, as a browser without scripts does."""
    fields = form_of(page, "place").fields | answers
    return client.post(address, {**fields, "place": value})


def pasted(client, address, block, at=""):
    form = form_of(client.get(address).content.decode(), "place")
    return client.post(address, {**form.fields, "block": block, "at": at, "place": "1"})


def proposing(council):
    """Gives what lines of cells would change on a screen of Westshire, by the screen's name."""
    _open_month(council)
    draft = Draft(MonitoringReport.objects.get(council=council, period="2026-27-m10"))
    returns = Return.objects.filter(period__council=council)
    january = Month.objects.get(period__council=council, period__key="2026-27-m10")
    reports = {"vital-signs": january} | {
        slug: returns.get(period__key="2026-27-q3", project__slug=slug)
        for slug in ("assistive-technology", "urgent-response")
    }
    grids = {screen: entry.grid(report, {}) for screen, report in reports.items()}

    def proposed(screen, lines, answers=None):
        block = read_block("\r\n".join("\t".join(line) for line in lines))
        if screen not in grids:
            return propose_money(draft, screen, block, answers or {})
        own = Period.parse(reports[screen].period.key)
        return propose_measures(grids[screen], own, block, answers or {}, council=council)

    return proposed
