"""Westshire's risk register: entered, assessed each quarter, closed, escalated, published."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from demonstration.westshire.council import BEGINS
from demonstration.westshire.risk_scale import BANDS, PROSPECTS, STAGES, RiskText
from demonstration.westshire.risk_texts import RISKS
from demonstration.westshire.savings import project_of
from demonstration.westshire.story import MADE_UP, Step, Story, moment
from risks import actions
from risks.access import may_keep
from risks.models import Assessment, RegisterReport, Risk, RiskScale
from risks.transitions import REGISTERS

QUARTERS = (
    moment(2025, 7, 14, 11),
    moment(2025, 10, 13, 11),
    moment(2026, 1, 12, 11),
    moment(2026, 4, 20, 11),
    moment(2026, 7, 20, 11),
    moment(2026, 10, 19, 11),
    moment(2027, 1, 11, 11),
)
# The last day of what is published, the day of the meeting, and when it is published.
REPORTS = (
    (date(2026, 4, 30), date(2026, 5, 20), moment(2026, 5, 13, 9)),
    (date(2026, 7, 31), date(2026, 8, 19), moment(2026, 8, 12, 9)),
    (date(2026, 10, 31), date(2026, 11, 18), moment(2026, 11, 11, 10)),
)
# When the manager for assistive technology leaves; from then on nobody assesses their risks.
LEAVES = moment(2026, 9, 14)


def steps() -> Iterator[Step]:
    yield Step(BEGINS, _make_scale)
    for risk in RISKS:
        yield Step(risk.entered, _enters(risk), "performance")
        for at, assessed in zip(QUARTERS, risk.standings, strict=True):
            left = risk.owner == "leaver" and at >= LEAVES
            if assessed and at > risk.entered and not left:
                yield Step(at, _assesses(risk, assessed, at), risk.owner or "performance")
        for progress in risk.progress:
            yield Step(progress[0], _adds_progress(risk, *progress[1:]), "performance")
    yield Step(moment(2026, 9, 7, 10), _closes("wr11"), "performance")
    yield Step(moment(2026, 9, 8, 10), _rewords, "performance")
    for as_at, meeting, at in REPORTS:
        yield Step(at, _publishes(as_at, meeting), "performance lead")


def _make_scale(story):
    RiskScale.objects.create(
        council=story.council,
        on=BEGINS.date(),
        recorded_at=BEGINS,
        likelihoods=["Rare", "Unlikely", "Possible", "Likely", "Almost certain"],
        impacts=["Slight", "Minor", "Moderate", "Major", "Severe"],
        bands=BANDS,
        stages=STAGES,
        prospects=PROSPECTS,
        exception_score=12,
        exception_prospects=["amber", "red"],
        source=MADE_UP,
    )


def risk_of(story: Story, slug: str) -> Risk:
    return Risk.objects.get(council=story.council, slug=slug)


def _enters(text: RiskText) -> Callable[[Story], None]:
    def act(story):
        assessed = text.original
        risk = actions.add_risk(
            story.council,
            reference=text.reference,
            slug=text.slug,
            details=_details(text),
            original=assessed[0],
            target=text.target,
            prospects=assessed[1],
            reason="As it was entered.",
            review_by=(text.entered + timedelta(days=100)).date(),
            owner=story.people[text.owner] if text.owner else None,
            **story.by("performance"),
        )
        for task in text.tasks:
            actions.add_task(risk, text=task, **story.by("performance"))
        _link(story, risk, text)

    return act


def _details(text):
    return {
        "title": text.title,
        "description": text.description,
        "area": text.area,
        "level": text.level,
        "owner_post": text.owner_post,
        "reviewer_post": "Performance and insight lead",
        "target_date": text.target_date,
    }


def _link(story, risk, text):
    project = project_of(story, text.owner) if text.level == "project" and text.owner else None
    if project or text.saving:
        actions.set_links(
            risk,
            projects=[project] if project else [],
            measures=[],
            savings=[text.saving] if text.saving else [],
            **story.by("performance"),
        )


def _assesses(text, assessed, at: datetime) -> Callable[[Story], None]:
    (likelihood, impact), prospects, reason = assessed

    def act(story):
        risk = risk_of(story, text.slug)
        seen = risk.assessment_rows.filter(stage=Assessment.Stage.CURRENT).latest("recorded_at")
        actions.assess(
            risk,
            current=(likelihood, impact),
            prospects=prospects,
            reason=reason,
            review_by=(at + timedelta(days=95)).date(),
            seen=seen.pk,
            **_by_owner(story, text, risk),
        )

    return act


def _by_owner(story, text, risk):
    """The owner of the risk, or the performance officer if the owner may not write about it."""
    if text.owner and may_keep(story.access(text.owner), story.people[text.owner], risk):
        return story.by(text.owner)
    return story.by("performance")


def _adds_progress(text, task, remark, state, promise="", due=None):
    def act(story):
        risk = risk_of(story, text.slug)
        actions.add_progress(
            risk,
            task=risk.task_rows.get(number=task) if task else None,
            text=remark,
            state=state,
            promise=promise,
            due=due,
            **story.by("performance"),
        )

    return act


def _closes(slug):
    reason = "The court decided for the council in August, and the time to appeal is over."
    return lambda story: actions.close(
        risk_of(story, slug), reason=reason, **story.by("performance")
    )


def _rewords(story):
    """The discharge risk is reworded: its title and its owner's post change."""
    risk = risk_of(story, "wr04")
    text = next(entry for entry in RISKS if entry.slug == "wr04")
    seen = risk.details_rows.latest("recorded_at")
    actions.reword(
        risk,
        details=_details(text)
        | {
            "title": "People wait in hospital because no care at home is free",
            "owner_post": "Assistant director, hospitals and prevention",
        },
        reason="The wait is now for care at home, no longer for beds.",
        significant=True,
        seen=seen.pk,
        **story.by("performance"),
    )


def _publishes(as_at: date, meeting: date) -> Callable[[Story], None]:
    def act(story: Story) -> None:
        report = RegisterReport(
            council=story.council,
            as_at=as_at,
            title=f"Risk register, {meeting:%B %Y}",
            meeting_on=meeting,
        )
        REGISTERS.transition("publish", report, **story.by("performance lead"))

    return act
