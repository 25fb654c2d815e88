"""Made-up work on the risk register, for demonstration mode. None of it is published."""

from datetime import timedelta

from demonstration.accounts import give_roles
from projects.access import access_of
from projects.models import Council
from risks import actions
from risks.models import Assessment, Risk

MADE_UP = "Demonstration text, not a report of the council."


def make_risk_demonstration(people, *, today):
    """Gives the commissioner two risks of Norfolk, and writes a little about the register, once."""
    council = Council.objects.filter(slug="norfolk").first()
    if council is None or not Risk.objects.filter(council=council).exists():
        return
    give_roles(council, people)
    commissioner = people["commissioner@demonstration.example"]
    officer = people["performance@demonstration.example"]
    if Assessment.objects.filter(risk__council=council, by=officer).exists():
        return
    risks = {risk.slug: risk for risk in Risk.objects.filter(council=council)}
    mine = {"by": officer, "access": access_of(officer, council)}
    for slug in ("rm13925", "rm14247"):
        actions.give_owner(risks[slug], owner=commissioner, **mine)
    _assess(risks["hospital-admissions"], (3, 4), "green", today + timedelta(days=90), mine)
    theirs = {"by": commissioner, "access": access_of(commissioner, council)}
    _assess(risks["rm13925"], (3, 3), "amber", today, theirs)
    actions.add_progress(
        risks["rm13925"],
        task=risks["rm13925"].task_rows.get(number=1),
        text=MADE_UP,
        state="on schedule",
        **theirs,
    )
    actions.close(risks["judicial-review"], reason=MADE_UP, **mine)
    actions.add_risk(
        council,
        reference="DEMONSTRATION 1",
        slug="demonstration-1",
        details={
            "title": "A made-up risk for the demonstration",
            "description": MADE_UP,
            "level": "project",
            "owner_post": "Commissioning manager (demonstration)",
        },
        original=(3, 4),
        target=(2, 3),
        prospects="amber",
        reason=MADE_UP,
        review_by=today + timedelta(days=30),
        owner=commissioner,
        **mine,
    )


def _assess(risk, current, prospects, review_by, who):
    seen = risk.assessment_rows.filter(stage="current").latest("on", "recorded_at").pk
    actions.assess(
        risk,
        current=current,
        prospects=prospects,
        reason=MADE_UP,
        review_by=review_by,
        seen=seen,
        **who,
    )
