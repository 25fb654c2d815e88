"""A made-up register of a council, as large as asked for, published or not."""

from datetime import UTC, date, datetime

from publishing.workflow import yes_to
from risks.content import freeze_registers
from risks.models import (
    Assessment,
    Details,
    Link,
    Progress,
    Promise,
    Prospect,
    RegisterReport,
    Risk,
    RiskScale,
    Task,
)
from risks.transitions import REGISTERS

AS_AT = date(2018, 3, 31)
RECORDED = datetime(2018, 3, 31, 12, tzinfo=UTC)
PUBLISHED = datetime(2018, 4, 10, 9, tzinfo=UTC)
ROW = {"on": AS_AT, "recorded_at": RECORDED, "by_post": "Risk manager"}
BANDS = [
    {"name": "High", "low": 16, "high": 25, "treatment": "Treat it"},
    {"name": "Medium", "low": 6, "high": 15, "treatment": "Weigh it"},
    {"name": "Low", "low": 1, "high": 5, "treatment": "Leave it"},
]
POSITIONS = {"original": (4, 5), "current": (3, 4), "target": (2, 3)}


def make_scale(council, **changes):
    fields = {
        "on": date(2017, 4, 1),
        "recorded_at": RECORDED,
        "likelihoods": ["Rare", "Unlikely", "Possible", "Likely", "Almost certain"],
        "impacts": ["Tiny", "Minor", "Moderate", "Major", "Extreme"],
        "bands": BANDS,
        "exception_score": 12,
        "exception_prospects": ["amber", "red"],
    }
    return RiskScale.objects.create(council=council, **fields | changes)


def make_risk(
    council, slug="rm019", *, owner=None, positions=POSITIONS, prospects="amber", **words
):
    """A risk with a row of each kind; ``words`` change its details."""
    risk = Risk.objects.create(
        council=council,
        slug=slug,
        reference=slug.upper(),
        order=council.risks.count() + 1,
        entered_on=date(2017, 6, 1),
        owner=owner,
    )
    row = ROW | {"risk": risk}
    fields = {
        "title": f"Failure of {slug}",
        "description": "It may fail.",
        "level": "departmental",
        "owner_post": "Director",
        "target_date": date(2019, 3, 31),
    }
    Details.objects.create(**row, **fields | words)
    for stage, (likelihood, impact) in positions.items():
        Assessment.objects.create(**row, stage=stage, likelihood=likelihood, impact=impact)
    Prospect.objects.create(**row, prospects=prospects)
    task = Task.objects.create(**row, number=1, text="Do something.")
    Progress.objects.create(**row, task=task, text="Something is done.")
    Promise.objects.create(**row, text="The rest is done", due=date(2018, 9, 30))
    project = council.projects.first()
    if project:
        Link.objects.create(**row, kind="project", project=project)
    return risk


def make_report(council, **changes):
    fields = {
        "as_at": AS_AT,
        "title": "Risk register",
        "published_at": PUBLISHED,
        "meeting_on": date(2018, 4, 16),
    }
    report = RegisterReport.objects.create(council=council, **fields | changes)
    freeze_registers([report])
    return report


def publish_register(council, as_at, *, by, access, title="Register", meeting_on=None):
    """The register as at a day, published by a person now."""
    report = RegisterReport(council=council, as_at=as_at, title=title, meeting_on=meeting_on)
    answer = yes_to(REGISTERS.asks("publish", report))
    return REGISTERS.transition("publish", report, by=by, access=access, answer=answer).record


def make_register(council, number=1, *, published=True):
    """The council's scale and as many risks, the first of them rm019."""
    make_scale(council)
    risks = [make_risk(council)]
    risks += [make_risk(council, f"rm{place}") for place in range(100, 99 + number)]
    if published:
        make_report(council)
    return risks


def with_register(quarter):
    """The quarter of testshire with a published register of one risk, ``quarter.risk``."""
    (quarter.risk,) = make_register(quarter.council)
    return quarter
