"""A made-up quarter for demonstration mode: people's roles, and returns in every state.

The quarter's words and figures are made up and say so. They are written through the same actions
that people's forms use.
"""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction

from bcfportal.lib import clock, present
from bcfportal.lib.periods import Period
from demonstration.accounts import discard_mail, give_roles, make_accounts
from demonstration.measures import make_month
from demonstration.monitoring import make_money_demonstration
from demonstration.risks import make_risk_demonstration
from demonstration.savings import make_savings_demonstration
from demonstration.westshire import make_westshire
from projects.access import access_of
from projects.models import Assignment, Council, Project
from publishing.models import ReportingPeriod, SectionName
from returns.actions import save_section, submit
from returns.draft import ProjectDraft
from returns.periods import open_period
from returns.review import send_back
from returns.transitions import RETURNS

KEY = "2017-18-q4"
# The state that each return is brought to; all others are not started.
STATES = {
    "scams-prevention": "approved",
    "falls-prevention": "approved",
    "brighter-futures": "submitted",
    "moving-forward": "submitted",
    "auto-scheduling": "sent back",
    "notts-enabling-service": "draft",
    "trusted-assessor": "draft",
}
MADE_UP = "Demonstration text, not a report of the council."


@transaction.atomic
def make_demonstration(*, today):
    """Gives the demonstration accounts their roles and opens the quarter, once."""
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured("A demonstration is made in demonstration mode only.")
    people = {user.email: user for user in make_accounts()}
    make_westshire(people)
    make_month(people, today=today)
    make_risk_demonstration(people, today=today)
    make_money_demonstration(people)
    council = Council.objects.filter(slug="nottinghamshire").first()
    if council is None or ReportingPeriod.objects.filter(council=council, key=KEY).exists():
        return people
    give_roles(council, people)
    commissioner = people["commissioner@demonstration.example"]
    officer = people["performance@demonstration.example"]
    reporting = Project.objects.live().filter(council=council, kind=Project.Kind.REPORTED)
    for project in reporting:
        Assignment.objects.get_or_create(user=commissioner, project=project)
    period = open_period(
        council=council,
        key=KEY,
        as_at=Period.parse(KEY).last_day,
        opens=today - timedelta(days=7),
        due=today + timedelta(days=7),
        closes=today + timedelta(days=21),
        title="Better Care Fund Care Act allocation and improved Better Care Fund",
        subtitle="Demonstration: a made-up quarter",
        take_over=True,
        by=officer,
    )
    period.note = "This quarter, its people, words and figures are made up for a demonstration."
    period.save(update_fields=["note"])
    for report in period.returns.filter(project__slug__in=STATES).select_related("project"):
        _bring(report, STATES[report.slug], commissioner, officer)
    make_savings_demonstration(council, commissioner, today)
    discard_mail(people.values())
    return people


def _bring(report, state, commissioner, officer):
    access = access_of(commissioner, report.period.council)
    by = {"by": commissioner, "access": access}
    draft = ProjectDraft(report)
    last = present(draft.last)
    typed = draft.carried()
    typed.pop(SectionName.RATING)
    for row in draft.grid.rows:
        if f"{row.key}-value" not in typed[SectionName.MEASURES]:
            typed[SectionName.MEASURES].setdefault(f"{row.key}-none", "not yet available")
    typed[SectionName.PERFORMANCE] = {
        "performance": f"{MADE_UP} {last.performance}",
        "summary_performance": f"{MADE_UP} {last.summary_performance}",
    }
    allocation = draft.allocation or 0
    typed[SectionName.SPEND] = {
        "spend_to_date": f"{allocation:f}",
        "spend_forecast": f"{allocation:f}",
    }
    if state == "draft":
        typed = {SectionName.PERFORMANCE: typed[SectionName.PERFORMANCE]}
    for name, values in typed.items():
        save_section(report.pk, name, values, version=0, **by)
    if state == "draft":
        return
    save_section(report.pk, SectionName.RATING, _rating(report), version=0, **by)
    submit(report.pk, **by)
    reviewing = {"by": officer, "access": access_of(officer, report.period.council)}
    if state == "approved":
        RETURNS.transition("approve", report.pk, **reviewing)
    if state == "sent back":
        asked: dict[str, str] = {
            SectionName.PERFORMANCE: "Say when the missing figures will be there."
        }
        send_back(report.pk, asked=asked, comment=MADE_UP, **reviewing)


def _rating(report):
    colour = present(ProjectDraft(report).last).rating
    typed = {
        "rating": colour,
        "rating_text": MADE_UP,
        "difference_reason": MADE_UP,
        "forecast_rating": colour,
    }
    if colour != "green":
        typed |= {
            "cause": MADE_UP,
            "action": MADE_UP,
            "action_owner": "Commissioning manager (demonstration)",
            "action_due": f"{clock.today() + timedelta(days=180):%d/%m/%Y}",
        }
    return typed
