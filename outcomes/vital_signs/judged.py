"""Which figures of a measure something said of it is judged by, each by time."""

from outcomes.exceptions import DETERIORATED_FOR, Criterion
from outcomes.travel import Travel
from outcomes.vital_signs.content import Figure
from outcomes.vital_signs.measure_status import MeasureStatus


def of_criteria(status: MeasureStatus) -> list[Figure]:
    """Those that the exception criteria which it meets are judged by."""
    criteria = {met.criterion for met in status.met}
    if Criterion.DETERIORATED in criteria:
        return status.run[-(DETERIORATED_FOR + 1) :]
    return status.known[-1:] if Criterion.OFF_TARGET in criteria else []


def since_last(status: MeasureStatus) -> list[Figure]:
    """The two that are compared since last; none where nothing is."""
    return [] if status.from_previous.travel == Travel.UNKNOWN else status.known[-2:]


def on_last_year(status: MeasureStatus) -> list[Figure]:
    """The two that are compared on a year ago; none where nothing is."""
    before = status.a_year_before
    if before is None or status.from_last_year.travel == Travel.UNKNOWN:
        return []
    return [before, *status.known[-1:]]


def of_travel(status: MeasureStatus) -> list[Figure]:
    """Those that its direction of travel is judged by, either way."""
    compared = {result.period for result in (*since_last(status), *on_last_year(status))}
    return [result for result in status.known if result.period in compared]
