"""What would be judged otherwise with the figures that are given since.

A report goes on judging by what it printed. Where a figure that it judged by was corrected since,
and the judgement would be another with it, the mark beside the judgement says so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from bcfportal.lib.periods import period_of
from bcfportal.lib.ratings import without_colour
from bcfportal.lib.sentences import listed
from outcomes.models import Month
from outcomes.vital_signs.content import Figure, VitalSigns
from outcomes.vital_signs.corrections import Key, Note, corrected_of, notes_on
from outcomes.vital_signs.history import limits_words
from outcomes.vital_signs.icons import assurance_icon, travel_icon, variation_icon
from outcomes.vital_signs.judged import of_criteria
from outcomes.vital_signs.measure_status import MeasureStatus
from publishing.period_versions.content import HeldBack
from publishing.period_versions.published import read
from publishing.version_cache import sheets_by_fingerprint

# What the reports of their own months give, by figure.
Given = Mapping[Key, Figure]


def given_since(versions: list[Any], noted: Mapping[Key, list[Note]]) -> Given:
    """The figures at which something is said, as the report of their own month gives them.

    ``versions``, of ``versions_made``, are those that count. One query at most.
    """
    last = {row.period.key: row for row in versions}
    own = {
        key: row
        for key in noted
        for row in last.values()
        if _ends_in(period_of(key[1]).last_day, row) and not _is_hidden(key, row)
    }
    marks = {key: row.sheet for key, row in own.items()}
    sheets = sheets_by_fingerprint(set(marks.values()), VitalSigns) if marks else {}
    return {
        key: figure
        for key, mark in marks.items()
        if (measure := sheets[mark].measure(key[0]))
        for figure in measure.figures
        if (figure.period, figure.segment) == key[1:] and figure.value is not None
    }


def _ends_in(day: date, row: Any) -> bool:
    period = period_of(row.period.key)
    return period.first_day <= day <= period.last_day


def _is_hidden(key: Key, row: Any) -> bool:
    """Whether the figure is held back since."""
    entry = read(row).entry(Month.SLUG)
    return entry is not None and HeldBack(*key) in entry.held_back


@dataclass(frozen=True)
class Otherwise:
    """A measure as it was judged, and as it would be with other figures.

    ``figures`` says which: "With 15.6% in October 2026". Each sentence is empty where nothing
    changes.
    """

    figures: str
    then: MeasureStatus
    now: MeasureStatus

    @property
    def since_last(self) -> str:
        then, now = self.then.from_previous, self.now.from_previous
        if then.travel == now.travel:
            return ""
        return f"{self.figures}: {travel_icon(now).label.lower()} since last."

    @property
    def on_last_year(self) -> str:
        then, now = self.then.from_last_year, self.now.from_last_year
        if then.travel == now.travel:
            return ""
        return f"{self.figures}: {travel_icon(now).label.lower()} on a year ago."

    @property
    def variation(self) -> str:
        """What the icons of variation and assurance would say, and which points they would mark."""
        said = self._points
        icons = [
            (variation_icon(self.then.chart), variation_icon(self.now.chart)),
            (
                assurance_icon(self.then.chart, self.then.fixed_target),
                assurance_icon(self.now.chart, self.now.fixed_target),
            ),
        ]
        said += [now.label.lower() for then, now in icons if then.label != now.label]
        return f"{self.figures}: {'; '.join(said)}." if said else ""

    @property
    def _points(self) -> list[str]:
        """The points that the rules would mark otherwise, in words."""
        before = {point.date: point.rule for point in self.then.chart.points}
        if not (self.then.chart.enough and self.now.chart.enough):
            return []
        labels = {
            period_of(figure.period).first_day: period_of(figure.period).label
            for figure in self.now.known
        }
        return [
            f"{labels[point.date]} is {_rule_words(before[point.date], point.rule)}"
            for point in self.now.chart.points
            if before.get(point.date, point.rule) != point.rule
        ]

    @property
    def limits(self) -> str:
        now = limits_words(self.now)
        return f"{self.figures}: {now}" if now and now != limits_words(self.then) else ""

    @property
    def criteria(self) -> str:
        """Which criteria of exceptions it would meet, or no longer."""
        then, now = ([met.criterion for met in status.met] for status in (self.then, self.now))
        said = [
            f"it does not meet “{criterion.capitalize()}”"
            for criterion in then
            if criterion not in now
        ]
        said += [
            f"it meets “{criterion.capitalize()}”" for criterion in now if criterion not in then
        ]
        return f"{self.figures} {listed(said)}." if said else ""

    @property
    def whole(self) -> list[str]:
        """What the sentence and the chart of the measure would say, in sentences."""
        said = (self.since_last, self.on_last_year, self.variation, self.limits)
        return [sentence for sentence in said if sentence]


def _rule_words(before: str, now: str) -> str:
    """What a point is, where it was something else."""
    if "limit" in before and now == "Common cause":
        return "within the limits"
    signal = now[:1].lower() + now[1:]
    return signal.replace("two of three", "one where two of three")


def otherwise(
    status: MeasureStatus, corrected: Mapping[Key, list[Note]], given: Given
) -> Otherwise | None:
    """The measure as it would be judged with what is given since; None where that is as printed."""
    others = {
        figure.period: other
        for figure in status.known
        if corrected_of(status, [figure], corrected)
        and (other := given.get((status.measure.slug, figure.period, status.segment)))
        and status.words_of(other) == without_colour(notes_on(status, figure, corrected)[-1].now)
    }
    if not others:
        return None
    figures = [
        others[figure.period]
        if figure.segment == status.segment and figure.period in others
        else figure
        for figure in status.measure.figures
    ]
    measure = msgspec.structs.replace(status.measure, figures=figures)
    said = [
        f"{status.words_of(other)} in {period_of(period).label}" for period, other in others.items()
    ]
    return Otherwise(f"With {listed(said)}", status, replace(status, measure=measure))


def worked_out_words(
    status: MeasureStatus, corrected: Mapping[Key, list[Note]], given: Given
) -> str:
    """Which of the figures that mean, limits and variation are worked out from bear a note.

    With what they would be by what is given since.
    """
    labels = [
        period_of(figure.period).label
        for figure in status.known
        if corrected_of(status, [figure], corrected)
    ]
    if not labels:
        return ""
    since = f"Worked out from the figures as printed. Another is given since of {listed(labels)}."
    other = otherwise(status, corrected, given)
    return " ".join([since, *(other.whole if other else [])])


def judged_words(
    status: MeasureStatus, corrected: Mapping[Key, list[Note]], given: Given
) -> list[str]:
    """What is said at the criteria that it meets: of the figures that they are judged by.

    With what it would meet by what is given since.
    """
    other = otherwise(status, corrected, given)
    said = corrected_of(status, of_criteria(status), corrected)
    return [*said, *filter(None, [other.criteria if other else ""])]
