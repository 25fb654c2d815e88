"""The two subjects of periods: projects report in quarters, a council on its measures in months."""

from typing import Any

from django.db.models import QuerySet

from outcomes.models import Month
from outcomes.vital_signs.content import VitalSigns
from publishing.models import Report, ReportingPeriod, Return
from returns.content import Sheet

_OF_KIND: dict[str, tuple[type[Report], type[Sheet] | type[VitalSigns]]] = {
    ReportingPeriod.Kind.PROGRAMME: (Return, Sheet),
    ReportingPeriod.Kind.VITAL_SIGNS: (Month, VitalSigns),
}


def model_of(period: ReportingPeriod) -> type[Report]:
    """What is reported in the period."""
    return _OF_KIND[period.kind][0]


def content_of(period: ReportingPeriod) -> type[Sheet] | type[VitalSigns]:
    """What the snapshots of the period's reports hold."""
    return _OF_KIND[period.kind][1]


def model_named(slug: str) -> type[Report]:
    """What has this name in addresses."""
    return Month if slug == Month.SLUG else Return


def reports_of(period: ReportingPeriod) -> QuerySet[Any]:
    """The reports of the period, each as what it is."""
    return model_of(period)._default_manager.filter(period=period)
