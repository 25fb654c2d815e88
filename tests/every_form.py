"""Where each form of the portal stands, filled in as a browser would; for the walks over them."""

import re
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import URLResolver, get_resolver, resolve

from accounts.models import User
from bcfportal.lib import clock
from finance.ledger.uploading import apply, take
from finance.models import LedgerUpload, LedgerWork, MonitoringReport, SavingsEdition
from finance.monitoring.actions import save_section as save_money
from finance.monitoring.collect import freeze_report
from meetings.entry.business import BUSINESS
from meetings.models import AgendaItem
from outcomes.models import FollowUp
from projects.access import access_of
from publishing.models import Return
from returns.actions import save_section
from tests.forms import Form, forms_of
from tests.ledger_files import csv_file
from tests.stated import make_promise

COMMISSIONER, OFFICER = "commissioner", "performance officer"
FINANCE, ADMINISTRATOR = "finance officer", "administrator"
PASSWORD = "a long enough phrase"
# Asked by a script and by no form.
NO_FORM = {":session"}

RETURN = "returns/2026-27-q3/young-carers/"
# A paper that is a draft.
WRITTEN = "meetings/adult-social-care/2027-02-03/5/write/"
RISK, REPORT, QUARTER = "risks/wr01/", "money/2026-27-m10/1/", "quarter/2026-27-q3/"
TO_COME = "committees/adult-social-care/2027-02-03/"
OF_RETURN = {"project__slug": "young-carers", "period__key": "2026-27-q3"}
# (who, page of Westshire): every form that is posted stands on one of them.
PAGES = (
    *((COMMISSIONER, RETURN + name) for name in ("", "check/", "measures/", "spend/")),
    *((COMMISSIONER, RETURN + name) for name in ("performance/", "rating/")),
    (COMMISSIONER, "returns/2026-27-q3/carers-advice/"),
    *((COMMISSIONER, RETURN + f"promises/{name}") for name in ("", "{promised}/")),
    *((OFFICER, page) for page in ("promises/add/", "promises/2/")),
    *((FINANCE, REPORT + name) for name in ("", "about/", "lines/", "reserves/", "capital/")),
    *((FINANCE, page) for page in ("money/", "money/2026-27-m09/1/", "checks/")),
    (FINANCE, "money/{approved}/1/publish/"),
    (FINANCE, "money/{submitted}/1/"),
    *((FINANCE, RISK + name) for name in ("assess/", "details/", "links/", "tasks/")),
    *((FINANCE, RISK + name) for name in ("progress/", "close/")),
    (FINANCE, "risks/wr11/reopen/"),
    *((FINANCE, WRITTEN + page) for page in ("", "head/", "1/", "add/", "figures/?search=a")),
    *((FINANCE, page) for page in ("risks/new/", "risks/publish/", "savings/add/")),
    *((FINANCE, page) for page in ("posts/add/", "savings/papers/", "savings/changes/4/")),
    *((COMMISSIONER, f"savings/changes/add/{kind}/") for kind in ("funding", "re-profiling")),
    *((COMMISSIONER, page) for page in ("savings/changes/add/extension/", "options/add/")),
    (COMMISSIONER, "savings/changes/{draft_change}/edit/"),
    *((FINANCE, page) for page in ("finance/ledger/uploads/", "finance/ledger/uploads/6/")),
    *((OFFICER, page) for page in ("quarter/", QUARTER + "social-prescribing/")),
    *((OFFICER, page) for page in (QUARTER + "publish/", "measures/")),
    *((OFFICER, page) for page in ("quarter/2026-27-q2/publications/",)),
    (OFFICER, "quarter/2026-27-q2/falls-prevention/"),
    *((OFFICER, f"vital-signs/emergency-admissions-65/{page}/") for page in ("target", "break")),
    (OFFICER, "vital-signs/emergency-admissions-65/settings/"),
    *((OFFICER, f"projects/falls-prevention/measures/1/{page}") for page in ("", "targets/")),
    *((OFFICER, page) for page in ("exceptions/emergency-admissions-65/",)),
    *((ADMINISTRATOR, f"committees/{page}") for page in ("add/", "adult-social-care/")),
    *((OFFICER, TO_COME + page) for page in ("", "details/", "attendance/", "reported/")),
    *((OFFICER, TO_COME + page) for page in ("items/add/", "items/{item}/")),
    *((OFFICER, TO_COME + f"items/{{item}}/{name}/") for name in BUSINESS),
    (OFFICER, "committees/adult-social-care/add/"),
    (OFFICER, "committees/adult-social-care/{planned}/publish/"),
    (OFFICER, "committees/adult-social-care/2026-11-18/correct/"),
    *((ADMINISTRATOR, page) for page in ("periods/", "periods/open-month/", "savings/rule/")),
    *((ADMINISTRATOR, f"periods/2026-27-{key}/") for key in ("q2", "q3")),
    *((ADMINISTRATOR, f"administration/{page}/") for page in ("settings", "people/invite")),
    (ADMINISTRATOR, "administration/settings/approval/"),
    *((ADMINISTRATOR, f"administration/add-{kind}/") for kind in ("fund", "condition")),
    (ADMINISTRATOR, "administration/add-provider/"),
    (ADMINISTRATOR, "administration/projects/falls-prevention/"),
    (ADMINISTRATOR, "administration/funds/nhs-minimum/"),
    (ADMINISTRATOR, "administration/funds/{spare}/"),
    (ADMINISTRATOR, "administration/providers/{spare}/"),
    (ADMINISTRATOR, "administration/conditions/{nine}/"),
    (ADMINISTRATOR, "administration/people/{member}/"),
    (ADMINISTRATOR, "administration/people/{made}"),
    (OFFICER, "quarter/2026-27-q1/publications/"),
    *((FINANCE, f"versions/{{{each}}}/withdraw/") for each in ("money", "edition", "register")),
    (OFFICER, "exceptions/{acted_on}/{follow_up}/"),
    (OFFICER, "exceptions/{acted_on}/{follow_up}/back/"),
    (FINANCE, "savings/papers/savings-november-2026/correct/"),
    (FINANCE, "savings/edit/night-support-shared-between-neighbours/"),
    (FINANCE, "posts/edit/tender-project-manager/"),
    (FINANCE, "options/edit/monitors-on-loan-for-the-first-six-weeks-at-home/"),
    (OFFICER, "options/decide/shared-laundry-for-care-homes-of-the-council/"),
    (FINANCE, "finance/ledger/uploads/{previewed}/"),
    (FINANCE, "finance/ledger/uploads/{asked}/"),
    (FINANCE, "finance/ledger/uploads/{applied}/back/"),
    (FINANCE, "finance/ledger/uploads/{cut_off}/"),
    (COMMISSIONER, RETURN + "performance/saves/{typed}/"),
    (FINANCE, REPORT + "lines/saves/{typed_money}/"),
    (FINANCE, "partnerships/add/pool/"),
    (FINANCE, "partnerships/pool/community-equipment-pool/"),
    (FINANCE, "partnerships/pool/better-care-fund-pool/"),
    (FINANCE, "partnerships/pool/community-equipment-pool/edit/"),
    (OFFICER, "partnerships/programme/living-well-at-home/functions/3/"),
    (OFFICER, "partnerships/outcomes/joint-outcomes/add/"),
    (OFFICER, "partnerships/outcomes/joint-outcomes/1/"),
    (FINANCE, "/account/{made}"),
    (FINANCE, "/account/password/"),
)
# Forms of people who are not signed in, and that of signing out, which is in every page's head.
OF_NOBODY = {
    *("accounts:sign-in", "accounts:forgotten-password", "accounts:new-password"),
    *("accounts:invitation", "accounts:sign-out"),
}


# Where somebody decides on what others wrote: each form carries what its page showed of it.
DECIDING = {
    *("reporting:review", "reporting:approve-many", "reporting:publish", "reporting:money-report"),
    "reporting:money-publish",
    "reporting:arrangement",
    *("reporting:change", "reporting:decide-option"),
    *("reporting:publish-meeting", "reporting:correct-meeting"),
    "reporting:write-paper",
    *("reporting:ledger-apply", "reporting:close-risk"),
    "reporting:reopen-risk",
    *("reporting:save", "reporting:money-save"),
    # Of these the row that was on screen.
    *("reporting:assess-risk", "reporting:reword-risk"),
}
# They carry it once there is something to decide on: a withdrawal asked for, a correction shown.
DECIDING_LATER = {
    *("reporting:publications", "reporting:withdraw-published", "reporting:correct-paper"),
    *("reporting:publish-risks", "reporting:savings-papers"),
}
# Where nobody's words or figures are changed or decided on: something is added, one's own is moved
# on, or what it is about cannot change. What merges with nothing in its boxes carries nothing yet.
NOTHING_READ = {
    *("accounts:change-password", "accounts:end-session", "accounts:sign-out-everywhere"),
    *("administration:add-condition", "administration:add-provider", "administration:invite"),
    *("administration:answer-invitation", "administration:invite-again"),
    "administration:approval",
    *("administration:withdraw-invitation", "reporting:add-break", "reporting:add-measure"),
    *("reporting:carry", "reporting:checks", "reporting:arrange-paper", "reporting:paper-figures"),
    *(f"reporting:ledger-{act}" for act in ("answer", "back", "continue", "drop", "uploads")),
    *("reporting:make-current", "reporting:money-reports", "reporting:open-month"),
    "reporting:order-items",
    *("reporting:period", "reporting:periods", "reporting:quarter", "reporting:submit"),
    "reporting:withdraw",
}


ADDED = ("condition", "fund", "provider")
CHANGED = (
    *("approval", "condition", "fund", "invite", "person", "project", "provider", "settings"),
)
SET = (
    *("add-break", "add-measure", "measure", "money-about", "money-reports", "open-month"),
    "period",
    *("project-measure", "project-target", "savings-rule", "set-target"),
)
SAID = ("checks", "ledger-back", "periods")
# Forms that keep nothing on the server before they are sent, each with its reason.
SETTING = "A setting or a record: checked against what stands, and both values are shown."
SENTENCE = "A sentence of why, sent at once with the press that it is for."
RECORDS = {
    **dict.fromkeys((f"administration:add-{kind}" for kind in ADDED), SETTING),
    **dict.fromkeys((f"administration:{kind}" for kind in CHANGED), SETTING),
    **dict.fromkeys((f"reporting:{name}" for name in SET), SETTING),
    **dict.fromkeys((f"reporting:{name}" for name in SAID), SENTENCE),
}


class Seldom(dict):
    """The numbers of ``make_seldom``, made when an address asks for one."""

    def __init__(self, council):
        super().__init__()
        self.council = council

    def __missing__(self, name):
        self.update(make_seldom(self.council))
        return self[name]


def make_seldom(council) -> dict:
    """What Westshire has only at times, so that every form is there: its numbers in addresses."""
    council.funds.create(slug="spare", name="Spare fund", label="S", order=99)
    council.providers.create(slug="spare", name="Spare provider")
    council.conditions.create(number=9, title="Spare condition")
    typed, typed_money = earlier_saves(council)
    member = User.objects.create_user("member@example.org", post="Member")
    council.memberships.create(user=member, role="committee member")
    follow_up = FollowUp.objects.filter(measure__council=council, done_on=None).latest("pk")
    keeper = council.memberships.filter(role=FINANCE).order_by("pk").first().user
    for user in (keeper, User.objects.create_user("invited@example.org", post="Invited")):
        council.invitations.create(
            user=user,
            email=user.email,
            post=user.post,
            roles=[FINANCE],
            made_by=member,
        )
    content = csv_file([["040991", "Apr-15", "1"]])
    given = {"council": council, "year": None, "by": keeper}
    applied = take(file_name="first.csv", content=content, **given)
    apply(applied, by=keeper)
    previewed = take(file_name="new.csv", content=csv_file([["ZZ9", "Apr-14", "1"]]), **given)
    asked = take(file_name="asked.csv", content=csv_file([["40991", "Apr-15", "1"]]), **given)
    cut_off = LedgerUpload.objects.create(
        council=council,
        file_name="long.csv",
        kind="CSV",
        fingerprint="f" * 64,
        size=9,
        uploaded_by=keeper,
        uploaded_at=clock.now(),
        state="reading",
    )
    LedgerWork.objects.create(
        upload=cut_off,
        doing="reading",
        content=content,
        by=keeper,
        beat_at=clock.now() - timedelta(days=1),
    )
    draft = council.change_requests.get(number=1)
    draft.pk, draft.number, draft.status = None, council.change_requests.count() + 1, "draft"
    draft.decided_by = draft.decided_at = draft.requested_by = draft.requested_at = None
    draft.save()
    planned = council.committees.get().meetings.create(
        slug="planned", day=clock.today() + timedelta(days=60), place="The hall"
    )
    planned.items.create(order=1, number="1", title="Spending", kind="report")
    month = council.monitoring_reports.get(period="2026-27-m08")
    edition = SavingsEdition.objects.filter(paper__council=council).latest("paper__dated")
    register = council.risk_reports.latest("as_at").edition
    given = {"council": council, "period": "2024-25-m01", "as_at": "2024-04-30"}
    approved = MonitoringReport.objects.create(**given)
    freeze_report(approved, by=keeper)
    MonitoringReport.objects.filter(pk=approved.pk).update(status="approved")
    given |= {"period": "2024-25-m02", "as_at": "2024-05-31"}
    submitted = MonitoringReport.objects.create(**given, status="submitted")
    promise = make_promise(
        council, project=council.projects.get(slug="young-carers"), said_on="2026-10-01"
    )
    return {
        "promised": f"stated/{promise.number}",
        "approved": approved.period,
        "submitted": submitted.period,
        "money": month.snapshots.get().fingerprint[:12],
        "edition": edition.fingerprint[:12],
        "register": register.fingerprint[:12],
        "typed": typed,
        "typed_money": typed_money,
        "spare": "spare",
        "nine": 9,
        # Nothing in an address, but what is seldom is there.
        "made": "",
        "member": member.pk,
        "applied": applied.pk,
        "asked": asked.pk,
        "acted_on": follow_up.measure.slug,
        "follow_up": follow_up.pk,
        "planned": planned.slug,
        "item": AgendaItem.objects.get(meeting__slug="2027-02-03", number="4").pk,
        "draft_change": draft.number,
        "previewed": previewed.pk,
        "cut_off": cut_off.pk,
    }


def earlier_saves(council) -> tuple[int, int]:
    """The versions of two sections, of a return and of money, over which others were saved."""
    report = Return.objects.get(period__council=council, **OF_RETURN)
    money = council.monitoring_reports.get(period="2026-27-m10", version=1)
    commissioner = report.project.assignments.order_by("pk").first().user
    keeper = council.memberships.filter(role=FINANCE).order_by("pk").first().user
    return (
        _saved_over(save_section, report, "performance", "performance", commissioner),
        _saved_over(save_money, money, "lines", "older-people-explanation", keeper),
    )


def _saved_over(save, report, name, box, user):
    """Types two texts into a box, one after the other: the version of the first."""
    access = access_of(user, report.council if name == "lines" else report.period.council)
    section = report.sections.get(name=name)
    for text in ("Said first.", "Said then."):
        given = {"version": section.version, "by": user, "access": access}
        section = save(report.pk, name, section.typed | {box: text}, **given)
    return section.version - 1


@dataclass(frozen=True)
class Place:
    """A form on a page, and who has opened it."""

    who: str
    page: str

    def address(self, numbers: dict) -> str:
        page = self.page.format_map(numbers)
        return page if page.startswith("/") else f"/westshire/{page}"

    def __str__(self):
        return f"{self.who}: {self.page}"


def posting_addresses() -> set[str]:
    """The names of all addresses that take a post, read off the resolver."""
    return {name for name, view in _views(get_resolver(), "") if "POST" in methods_of(view)}


def _views(resolver, namespace):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from _views(pattern, pattern.namespace or namespace)
        else:
            yield f"{namespace}:{pattern.name}", pattern.callback


def methods_of(view) -> set[str]:
    """The methods that the view, or what it wraps, names as those that it takes."""
    if hasattr(view, "view_class"):
        named = view.view_class.http_method_names
        return {name.upper() for name in named if hasattr(view.view_class, name)}
    while view is not None:
        for cell in getattr(view, "__closure__", None) or ():
            try:
                methods = cell.cell_contents
            except ValueError:
                continue
            if isinstance(methods, list) and methods and all(isinstance(m, str) for m in methods):
                return set(methods)
        view = getattr(view, "__wrapped__", None)
    raise AssertionError("Say which methods an address takes: require_http_methods.")


def name_of(form: Form) -> str:
    """The name of the address that the form is posted to."""
    found = resolve(form.action.partition("?")[0])
    return f"{found.namespace}:{found.url_name}"


def markers(form: Form) -> dict[str, str]:
    """Words for every box in which words are typed, each to be known again.

    A block to be placed is none of them: whatever is pressed, it brings up its preview, for which
    the other boxes are kept (tests/test_paste_preview.py).
    """
    boxes = [name for name in form.boxes if name != "block"]
    return {name: f"Wörter{number}x" for number, name in enumerate(boxes, start=1)}


def filled(form: Form, typed: dict, button=None) -> dict[str, list[str]]:
    """What a browser sends: the form with what is typed in it, and the button pressed."""
    sent = form.sent | {name: [text] for name, text in typed.items()}
    pressed = button or form.first_button
    return sent | ({pressed[0]: [pressed[1]]} if pressed[0] else {})


# History puts words of its own before a statement; raw statements begin with what they look up.
_WRITE = re.compile(r'(?:^|, true\); )(?:INSERT INTO|UPDATE|DELETE FROM)\s+"?(\w+)')
_WRITE_INSIDE = re.compile(r'(?:INSERT INTO|(?<!FOR )UPDATE|DELETE FROM)\s+"?(\w+)')
# What a form keeps as it was typed, until it is sent.
KEPT_AS_TYPED = {"publishing_formdraft", "publishing_formdraftsave"}
# Who is signed in, since when, and what a press came to: nothing of it was typed.
NOBODYS = {"accounts_session", "axes_accessattempt", "axes_accesslog", "typed_press"}


class Writes(CaptureQueriesContext):
    """The tables that the block writes; sessions, tries to sign in and noted presses left out."""

    def __init__(self):
        super().__init__(connection)

    @property
    def tables(self) -> list[str]:
        found = []
        for query in self.captured_queries:
            sql = query["sql"].lstrip()
            if "last_login" not in sql:
                found += (_WRITE_INSIDE if sql.startswith("WITH") else _WRITE).findall(sql)
        return [table for table in found if table not in NOBODYS]


def open_forms(client, address: str) -> list[Form]:
    """The forms of the page, as the person sees it."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return forms_of(response, address)
