"""What report cards say is being done, and the follow-up actions that committees chose."""

from collections.abc import Iterator

from django.urls import reverse

from bcfportal.lib.periods import period_of
from bcfportal.lib.sentences import day_words
from outcomes.vital_signs.content import Measure
from outcomes.vital_signs.published import PublishedMeasures, vital_signs_of
from projects.access import Access
from projects.models import Council
from publishing.period_versions.content import Decided
from publishing.promises import KEPT, AnswerLine, PromiseLine


def promises_of(council: Council, access: Access) -> Iterator[PromiseLine]:
    """Of the report of a month that stands: the latest card of each measure, and all decisions."""
    published = vital_signs_of(council, access)
    for measure in published.latest.measures:
        yield from _of_card(council, measure)
    for number, decided in enumerate(published.public_decisions, 1):
        yield _of_decision(council, published, number, decided)


def _of_card(council: Council, measure: Measure) -> Iterator[PromiseLine]:
    card = max(measure.cards, key=lambda card: period_of(card.period).last_day, default=None)
    for number, action in enumerate(card.actions if card else (), 1):
        if card is None:
            continue
        period = period_of(card.period)
        yield PromiseLine(
            key=f"card/{measure.slug}/{card.period}/{number}",
            kind="card",
            about=measure.name,
            what=action.text,
            said_in=f"Report card, {period.label}",
            said_on=period.last_day,
            owner=action.owner,
            when=day_words(action.due) if action.due else "",
            last=action.due,
            source=card.source,
            address=reverse("reporting:report-card", args=[council.slug, measure.slug]),
        )


def _of_decision(
    council: Council, published: PublishedMeasures, number: int, decided: Decided
) -> PromiseLine:
    measure = published.latest.measure(decided.measure)
    done = decided.done_on
    return PromiseLine(
        key=f"follow-up/{decided.measure}/{decided.decided_on}/{number}",
        kind="follow-up",
        about=measure.name if measure else decided.measure,
        what=f"{decided.action}: {decided.decision}",
        said_in=f"Follow-up action, {day_words(decided.decided_on)}",
        said_on=decided.decided_on,
        owner=decided.owner,
        when=day_words(decided.due),
        last=decided.due,
        answers=(AnswerLine(KEPT, decided.outcome, done, f"Reported back {day_words(done)}"),)
        if done
        else (),
        address=reverse("reporting:exceptions", args=[council.slug]),
    )
