"""The money of a programme."""

from finance.models.capital import CapitalLine, CapitalScheme
from finance.models.keeping import MonitoringEvent, MonitoringSection, MonitoringSnapshot
from finance.models.lines import FinanceLine, StatedSum
from finance.models.monitoring import ExpenditureArea, MonitoringLine, MonitoringReport
from finance.models.printed import OtherFigure, PrintedRow, PrintedTotal
from finance.models.reserves import Reserve, ReserveGroup, ReserveLine

__all__ = [
    "CapitalLine",
    "CapitalScheme",
    "ExpenditureArea",
    "FinanceLine",
    "MonitoringEvent",
    "MonitoringLine",
    "MonitoringReport",
    "MonitoringSection",
    "MonitoringSnapshot",
    "OtherFigure",
    "PrintedRow",
    "PrintedTotal",
    "Reserve",
    "ReserveGroup",
    "ReserveLine",
    "StatedSum",
]
