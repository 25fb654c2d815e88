"""What changed in the register between two dates, as a committee is told.

What counts as significant: Norfolk County Council, Risk Management, 19 June 2017, Appendix C.
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
    # The reason given when it changed, not at a later review that changed nothing.
    reason: str = ""

    @property
    def label(self) -> str:
        if self.before.score is None or self.after.score is None:
            return "scored for the first time" if self.before.score is None else "no longer scored"
        if self.before.score == self.after.score:
            return "the same score, from a different likelihood and impact"
        return movement(self.before.score, self.after.score)


@dataclass(frozen=True)
class ProspectsChange:
    """A change in the prospects of meeting the target."""

    before: RiskAt
    after: RiskAt
    reason: str = ""


@dataclass(frozen=True)
class WordsChange:
    """A change of title or description. ``significant`` is the judgement of who made it."""

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
    reopened: list[RiskAt]
    scores: list[ScoreChange]
    rewordings: list[WordsChange]
    prospects: list[ProspectsChange]

    @property
    def significant_words(self) -> list[WordsChange]:
        return [change for change in self.rewordings if change.significant]

    @property
    def minor_words(self) -> list[WordsChange]:
        return [change for change in self.rewordings if not change.significant]

    @property
    def nothing(self) -> bool:
        """Whether there is no significant change to report."""
        return not (
            self.new
            or self.closed
            or self.reopened
            or self.scores
            or self.prospects
            or self.significant_words
        )


def significantly_reworded(before: Register, after: Register) -> set[int]:
    """Keys of the risks with a significant change of title or description between the two."""
    was = {entry.risk.pk: entry.details for entry in before.everything}
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
    """By (risk's key, "score" or "prospects"), why it changed between the two. Two queries.

    Takes only rows that changed something, and each reason once: a later review that changed
    nothing adds none.
    """
    held = {"risk__in": [entry.risk.pk for entry in before.risks], "on__lte": after.as_at}
    if after.report:
        held["recorded_at__lte"] = after.report.published_at
    scores = Assessment.objects.filter(stage=Assessment.Stage.CURRENT, **held)
    first = {entry.risk.pk: entry.now.row if entry.now else None for entry in before.risks}
    prospects = {entry.risk.pk: entry.prospect for entry in before.risks}
    return {
        (key, what): reasons
        for what, reasons_by_risk in (
            ("score", _reasons(scores, first, lambda row: (row.likelihood, row.impact))),
            (
                "prospects",
                _reasons(Prospect.objects.filter(**held), prospects, lambda row: row.prospects),
            ),
        )
        for key, reasons in reasons_by_risk.items()
    }


def _reasons(rows, first, says):
    """By risk's key, the reasons of the rows after ``first`` that changed what ``says`` reads."""
    last = dict(first)
    reasons_by_risk: dict[int, list[str]] = {}
    for row in rows.order_by("on", "recorded_at", "pk"):
        start, before = first[row.risk_id], last[row.risk_id]
        if start and _place(row) <= _place(start):
            continue
        changed = before is None or says(row) != says(before)
        reasons = reasons_by_risk.setdefault(row.risk_id, [])
        if changed and row.reason and row.reason not in reasons:
            reasons.append(row.reason)
        last[row.risk_id] = row
    return {key: " ".join(reasons) for key, reasons in reasons_by_risk.items() if reasons}


def _place(row: Assessment | Prospect) -> tuple[date, datetime, int]:
    return row.on, row.recorded_at, row.pk


def reconcile(
    before: Register,
    after: Register,
    *,
    significant: Collection[int] = (),
    reasons: Mapping[tuple[int, str], str] | None = None,
) -> Reconciliation:
    """The changes from one register to a later one, each list in register order.

    New: in the later register, open or closed, and not in the earlier. Closed: closed in the
    later, and open in the earlier or not in it. Reopened: the other way round. A score has changed
    if the current likelihood or impact has, for risks that are open in both. ``significant`` holds
    the keys of risks with a significant change of title or description, ``reasons`` what
    ``reasons_of_changes`` found.
    """
    reasons = reasons or {}
    earlier = {entry.risk.pk: entry for entry in before.everything}
    open_before = {entry.risk.pk: entry for entry in before.risks}
    pairs = [(open_before[now.risk.pk], now) for now in after.risks if now.risk.pk in open_before]
    return Reconciliation(
        before,
        after,
        new=[entry for entry in after.everything if entry.risk.pk not in earlier],
        closed=[
            entry
            for entry in after.closed
            if entry.risk.pk in open_before or entry.risk.pk not in earlier
        ],
        reopened=[
            entry
            for entry in after.risks
            if entry.risk.pk in earlier and entry.risk.pk not in open_before
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
        rewordings=[
            WordsChange(was, now, now.risk.pk in significant)
            for was, now in pairs
            if (was.details.title, was.details.description)
            != (now.details.title, now.details.description)
        ],
    )


def _position(entry: RiskAt) -> tuple[int, int] | None:
    return (entry.now.likelihood, entry.now.impact) if entry.now else None
