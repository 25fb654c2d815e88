"""Where the register and the papers about it disagree with each other or with arithmetic.

Each check compares a figure or date that a paper prints with what its own rows come to. Nothing
in a register is rounded, so every difference counts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.urls import reverse

from bcfportal.lib.discrepancies import Discrepancy, Place
from bcfportal.lib.sentences import counted, day_words
from projects.models import Council
from risks.models import (
    Assessment,
    Closure,
    Details,
    PrintedCount,
    Printing,
    Promise,
    RegisterReport,
    Risk,
    RiskScale,
)
from risks.rules import Band, band_of, is_passed, score

CURRENT = Assessment.Stage.CURRENT
HOW_MANY = "Count of risks by band"
PRODUCT = "A score is not likelihood times impact"
RECONCILED = "The reconciliation statement and the register"
PASSED = "A date has passed for something still reported as to come"
TWICE = "One risk is printed twice with different values"


def disagreements(council: Council) -> Iterator[Discrepancy]:
    """Everything that disagrees in the council's published risks. Always ten queries."""
    history = _History.of(council)
    yield from _counts(history)
    yield from _products(history)
    yield from _statements(history)
    yield from _passed(history)
    yield from _printed_twice(history)


@dataclass
class _History:
    """All rows of a council that the checks read, each kind read once."""

    council: Council
    reports: list[RegisterReport]
    scales: list[RiskScale]
    risks: dict[int, Risk]
    details: list[Details]
    assessments: list[Assessment]
    closures: list[Closure]
    promises: list[Promise]
    counts: list[PrintedCount]
    printings: dict[int, list[Printing]] = field(default_factory=dict)

    @classmethod
    def of(cls, council):
        order = ("risk__order", "on", "recorded_at", "pk")
        mine = {"risk__council": council}
        published = RegisterReport.objects.not_withdrawn().filter(council=council)
        history = cls(
            council,
            list(published.order_by("as_at")),
            list(RiskScale.objects.filter(council=council).order_by("on", "recorded_at")),
            {risk.pk: risk for risk in Risk.objects.filter(council=council)},
            list(Details.objects.filter(**mine).order_by(*order)),
            list(Assessment.objects.filter(**mine).order_by(*order)),
            list(Closure.objects.filter(**mine).order_by(*order)),
            list(Promise.objects.filter(**mine).order_by("risk__order", "due", "order")),
            list(PrintedCount.objects.filter(report__in=published).order_by("pk")),
        )
        printings = Printing.objects.filter(report__in=published)
        for printing in printings.order_by("risk__order", "order"):
            history.printings.setdefault(printing.risk_id, []).append(printing)
        return history

    def open_in(self, report) -> dict[int, Details]:
        """The risks that were open in a report, with their words, by key."""
        closures = {row.risk_id: row for row in _held(self.closures, report)}
        closed = {key for key, row in closures.items() if not row.reopened}
        latest = {row.risk_id: row for row in _held(self.details, report)}
        return {key: row for key, row in latest.items() if key not in closed}

    def bands(self, report) -> tuple[Band, ...]:
        held = _held(self.scales, report)
        return tuple(Band(**band) for band in held[-1].bands) if held else ()

    def name(self, risk_id, details=None) -> str:
        risk = self.risks[risk_id]
        title = details.title if details else self.titles.get(risk_id, "")
        return f"{risk.reference}: {title}"

    @property
    def titles(self):
        return {row.risk_id: row.title for row in self.details}

    def address(self, risk_id) -> str:
        return reverse("reporting:risk", args=[self.council.slug, self.risks[risk_id].slug])

    @property
    def register_address(self) -> str:
        return reverse("reporting:risks", args=[self.council.slug])


def _held(rows: Iterable, report: RegisterReport, since: date | None = None) -> list:
    """The rows that a report shows, in order; with ``since``, only those after that day."""
    return [
        row
        for row in rows
        if row.on <= report.as_at
        and row.recorded_at <= report.published_at
        and (since is None or row.on > since)
    ]


def _counts(history):
    """A band holds as many risks as the paper says it does."""
    by_report = {report.pk: report for report in history.reports}
    for count in history.counts:
        report = by_report[count.report_id]
        bands = history.bands(report)
        still_open = history.open_in(report)
        latest = {
            row.risk_id: row
            for row in _held(history.assessments, report)
            if row.stage == CURRENT and row.risk_id in still_open
        }
        held = [band_of(score(row.likelihood, row.impact), bands).name for row in latest.values()]
        number = held.count(count.band)
        if number != count.number:
            yield Discrepancy(
                key=f"risk-count:{report.as_at}:{count.place}:{count.band}",
                check=HOW_MANY,
                about=f"Risks reported as {count.band}, register as at {day_words(report.as_at)}",
                first=Place(f"{count.number} in {count.place}", count.source),
                second=Place(
                    f"{number} of {len(held)} risks in the register",
                    report.source,
                    history.register_address,
                ),
                by=counted(abs(number - count.number), "risk"),
            )


def _products(history):
    """A printed score is likelihood times impact. A score that is cut short is not compared."""
    for row in history.assessments:
        if not (row.score_as_printed.isascii() and row.score_as_printed.isdigit()):
            continue
        made, printed = score(row.likelihood, row.impact), int(row.score_as_printed)
        if made != printed:
            yield Discrepancy(
                key=f"risk-score:{history.risks[row.risk_id].slug}:{row.stage}:{row.on}",
                check=PRODUCT,
                about=f"{history.name(row.risk_id)} ({row.get_stage_display().lower()} score)",
                first=Place(f"Printed score: {printed}", row.source, history.address(row.risk_id)),
                second=Place(
                    f"Likelihood {row.likelihood} times impact {row.impact}: {made}",
                    row.source,
                    history.address(row.risk_id),
                ),
                by=counted(abs(made - printed), "point"),
            )


def _statements(history):
    """A report that says nothing significant changed is right."""
    for report in history.reports:
        if not (report.says_nothing_changed and report.since):
            continue
        for risk_id, what, row in _changes(history, report):
            yield Discrepancy(
                key=f"risk-change:{report.as_at}:{history.risks[risk_id].slug}:{what}",
                check=RECONCILED,
                about=history.name(risk_id),
                first=Place(
                    f"“{report.reconciliation}” since {report.since_as_printed or report.since}",
                    report.source,
                ),
                second=Place(what, row.source, history.address(risk_id)),
                by="1 change",
            )


def _changes(history, report):
    """(risk, what changed, the row that says so) between the previous report and this one."""
    for risk_id, row in history.open_in(report).items():
        entered = history.risks[risk_id].entered_on
        if entered and report.since < entered <= report.as_at:
            yield risk_id, f"New: entered on {day_words(entered)}", row
    for row in _held(history.closures, report, report.since):
        what = "Reopened" if row.reopened else "Closed"
        yield row.risk_id, f"{what} on {day_words(row.on)}", row
    scores: dict[int, Assessment] = {}
    for row in _held(history.assessments, report):
        before = scores.get(row.risk_id)
        if row.stage != CURRENT:
            continue
        stood = before and (before.likelihood, before.impact)
        if before and stood != (row.likelihood, row.impact) and row.on > report.since:
            was, now = score(before.likelihood, before.impact), score(row.likelihood, row.impact)
            yield row.risk_id, f"Score changed from {was} to {now} on {day_words(row.on)}", row
        scores[row.risk_id] = row
    earlier: dict[int, Details] = {}
    for row in _held(history.details, report):
        if row.risk_id in earlier and row.significant and row.on > report.since:
            yield row.risk_id, f"Title or description changed on {day_words(row.on)}", row
        earlier[row.risk_id] = row


def _passed(history):
    """What a report says is still to come was still to come when it was reported."""
    for report in history.reports:
        day, still_open = report.meeting_on or report.as_at, history.open_in(report)
        reported = Place(f"Reported on {day_words(day)}", report.source, history.register_address)
        reviewed = {
            row.risk_id: row.on
            for row in _held(history.assessments, report)
            if row.stage == CURRENT
        }
        for row in _held(history.promises, report):
            # What an earlier review promised is no longer promised.
            said = row.risk_id in still_open and row.on >= reviewed.get(row.risk_id, row.on)
            if said and is_passed(row.due, day):
                promised = row.text
                yield _over(history, row, (row.due, day), promised, row.due_as_printed, reported)
        for row in still_open.values():
            if row.target_date and is_passed(row.target_date, day):
                days = (row.target_date, day)
                yield _over(history, row, days, "Target date", "", reported)


def _over(history, row, days, promised, as_printed, reported):
    due, day = days
    when = f"{as_printed}, so by {day_words(due)}" if as_printed else day_words(due)
    return Discrepancy(
        key=f"risk-passed:{history.risks[row.risk_id].slug}:{due}:{row.on}:{promised[:40]}",
        check=PASSED,
        about=history.name(row.risk_id),
        first=Place(f"{promised}: {when}", row.source, history.address(row.risk_id)),
        second=reported,
        by=counted((day - due).days, "day"),
    )


def _printed_twice(history):
    """A risk that is printed in several places says the same in each of them."""
    for risk_id, printings in history.printings.items():
        seen: dict[tuple, Printing] = {}
        for printing in printings:
            for name, value in printing.values.items():
                if "[…]" in value:
                    continue
                first = seen.setdefault((printing.report_id, name), printing)
                if first.values[name] != value:
                    # Other printings may repeat this value: it is reported once.
                    key = f"risk-twice:{history.risks[risk_id].slug}:{name}:{value}"
                    if (key, name) in seen:
                        continue
                    seen[key, name] = printing
                    yield Discrepancy(
                        key=key,
                        check=TWICE,
                        about=f"{history.name(risk_id)} ({name})",
                        first=Place(first.values[name], first.source, history.address(risk_id)),
                        second=Place(value, printing.source, history.address(risk_id)),
                        by="different words",
                    )
