"""What changed in the register between two dates: what a committee is told of.

Source of what is a significant change: Norfolk County Council, Risk Management, 19 June 2017,
Appendix C.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from risks.models import Assessment, Details, Prospect
from risks.register import Register, RiskAt
from risks.rules import movement


@dataclass(frozen=True)
class ScoreChange:
    before: RiskAt
    after: RiskAt
    # Why, as was said when it changed, and not at a later look that changed nothing.
    reason: str = ""

    @property
    def words(self) -> str:
        if self.before.score is None or self.after.score is None:
            return "scored for the first time" if self.before.score is None else "no longer scored"
        if self.before.score == self.after.score:
            return "the same score, of another likelihood and impact"
        return movement(self.before.score, self.after.score)


@dataclass(frozen=True)
class ProspectsChange:
    """Prospects of meeting the target that turned."""

    before: RiskAt
    after: RiskAt
    reason: str = ""


@dataclass(frozen=True)
class WordsChange:
    """A change of title or description. ``significant`` as the person who made it said."""

    before: RiskAt
    after: RiskAt
    significant: bool

    @property
    def title_changed(self) -> bool:
        return self.before.details.title != self.after.details.title

    @property
    def description_changed(self) -> bool:
        return self.before.details.description != self.after.details.description


@dataclass(frozen=True)
class Reconciliation:
    before: Register
    after: Register
    new: list[RiskAt]
    closed: list[RiskAt]
    scores: list[ScoreChange]
    words: list[WordsChange]
    prospects: list[ProspectsChange]

    @property
    def significant_words(self) -> list[WordsChange]:
        return [change for change in self.words if change.significant]

    @property
    def minor_words(self) -> list[WordsChange]:
        return [change for change in self.words if not change.significant]

    @property
    def nothing(self) -> bool:
        """Whether there is no significant change to report."""
        return not (
            self.new or self.closed or self.scores or self.prospects or self.significant_words
        )


def significantly_reworded(before: Register, after: Register) -> set[int]:
    """Keys of risks whose words were, at any time between, altered so much as to be told of."""
    was = {each.risk.pk: each.details for each in before.everything}
    rows = Details.objects.filter(
        risk__in=was, significant=True, on__gte=before.as_at, on__lte=after.as_at
    )
    if after.report:
        rows = rows.filter(recorded_at__lte=after.report.published_at)
    return {
        row.risk_id
        for row in rows
        if (row.on, row.recorded_at) > (was[row.risk_id].on, was[row.risk_id].recorded_at)
    }


def reasons_of_changes(before: Register, after: Register) -> dict[tuple[int, str], str]:
    """By (key of the risk, "score" or "prospects"), why it changed between. Two queries.

    Of the rows between the registers those that changed something, each reason once: a later
    look that changed nothing gives none.
    """
    held = {"risk__in": [each.risk.pk for each in before.risks], "on__lte": after.as_at}
    if after.report:
        held["recorded_at__lte"] = after.report.published_at
    scores = Assessment.objects.filter(stage=Assessment.Stage.CURRENT, **held)
    first = {each.risk.pk: each.now.row if each.now else None for each in before.risks}
    prospects = {each.risk.pk: each.prospect for each in before.risks}
    return {
        (key, what): reasons
        for what, found in (
            ("score", _reasons(scores, first, lambda row: (row.likelihood, row.impact))),
            (
                "prospects",
                _reasons(Prospect.objects.filter(**held), prospects, lambda row: row.prospects),
            ),
        )
        for key, reasons in found.items()
    }


def _reasons(rows, first, says):
    """By key, the reasons of the rows after the first ones that say something else."""
    last = dict(first)
    found: dict[int, list[str]] = {}
    for row in rows.order_by("on", "recorded_at", "pk"):
        start, before = first[row.risk_id], last[row.risk_id]
        if start and _place(row) <= _place(start):
            continue
        changed = before is None or says(row) != says(before)
        reasons = found.setdefault(row.risk_id, [])
        if changed and row.reason and row.reason not in reasons:
            reasons.append(row.reason)
        last[row.risk_id] = row
    return {key: " ".join(reasons) for key, reasons in found.items() if reasons}


def _place(row: Assessment | Prospect) -> tuple[date, datetime, int]:
    return row.on, row.recorded_at, row.pk


def reconcile(
    before: Register,
    after: Register,
    *,
    significant: Collection[int] = (),
    reasons: Mapping[tuple[int, str], str] | None = None,
) -> Reconciliation:
    """The changes from one register to a later one, each list in the order of the register.

    New: open or closed now and not there before. Closed: closed now and open before (or not
    there). A score changed where the current likelihood or impact did, for risks that were open
    before and still are. ``significant`` holds the keys of risks whose words were altered so much
    as to be told of, ``reasons`` what ``reasons_of_changes`` found.
    """
    reasons = reasons or {}
    earlier = {each.risk.pk: each for each in before.everything}
    open_before = {each.risk.pk: each for each in before.risks}
    pairs = [(open_before[now.risk.pk], now) for now in after.risks if now.risk.pk in open_before]
    return Reconciliation(
        before,
        after,
        new=[each for each in after.everything if each.risk.pk not in earlier],
        closed=[
            each
            for each in after.closed
            if each.risk.pk in open_before or each.risk.pk not in earlier
        ],
        scores=[
            ScoreChange(was, now, reasons.get((now.risk.pk, "score"), ""))
            for was, now in pairs
            if _position(was) != _position(now)
        ],
        prospects=[
            ProspectsChange(was, now, reasons.get((now.risk.pk, "prospects"), ""))
            for was, now in pairs
            if was.prospects != now.prospects
        ],
        words=[
            WordsChange(was, now, now.risk.pk in significant)
            for was, now in pairs
            if (was.details.title, was.details.description)
            != (now.details.title, now.details.description)
        ],
    )


def _position(each: RiskAt) -> tuple[int, int] | None:
    return (each.now.likelihood, each.now.impact) if each.now else None
