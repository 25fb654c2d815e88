"""The statuses of all measures of a sheet, worked out once for each sheet and month."""

from collections.abc import Sequence
from functools import lru_cache

from bcfportal.lib.periods import Period
from outcomes.vital_signs.content import VitalSigns
from outcomes.vital_signs.measure_status import MeasureStatus


@lru_cache(maxsize=64)
def statuses_cached(held, collection, last):
    """The statuses of a held sheet, made once."""
    sheet = held.sheet
    return tuple(MeasureStatus(measure, last, sheet.judging) for measure in sheet.of(collection))


class _Held:
    """A sheet, as a key of the cache below: by identity, for a sheet is decoded once."""

    def __init__(self, sheet):
        self.sheet = sheet

    def __hash__(self):
        return id(self.sheet)

    def __eq__(self, other):
        return self.sheet is other.sheet


def statuses(
    sheet: VitalSigns, last: Period, collection: str = "vital signs"
) -> Sequence[MeasureStatus]:
    """The status of each measure of a collection, worked out once for each sheet and month."""
    return statuses_cached(_Held(sheet), collection, last)
