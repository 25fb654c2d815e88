"""The money of a programme."""

from finance.models.capital import CapitalLine, CapitalScheme
from finance.models.changes import ChangeEvent, ChangeRequest
from finance.models.keeping import (
    MonitoringEvent,
    MonitoringSection,
    MonitoringSectionSave,
    MonitoringSnapshot,
)
from finance.models.ledger import LedgerLine, LedgerRow, LedgerUpload, LedgerWork
from finance.models.ledger_acts import LedgerChange, LedgerQuestion, LedgerTakingBack
from finance.models.lines import FinanceLine, StatedSum
from finance.models.monitoring import ExpenditureArea, MonitoringLine, MonitoringReport
from finance.models.options import OptionEvent, OptionForChange, OptionRisk, OptionYear
from finance.models.posts import PostTeam, TemporaryPost
from finance.models.printed import OtherFigure, PrintedRow, PrintedTotal
from finance.models.reserves import Reserve, ReserveGroup, ReserveLine
from finance.models.savings import (
    Saving,
    SavingReference,
    SavingsEdition,
    SavingsPaper,
    SavingsRule,
    SavingYear,
)
from finance.models.savings_printed import PrintedFigure, SaidToCome

__all__ = [
    "CapitalLine",
    "CapitalScheme",
    "ChangeEvent",
    "ChangeRequest",
    "ExpenditureArea",
    "FinanceLine",
    "LedgerChange",
    "LedgerLine",
    "LedgerQuestion",
    "LedgerRow",
    "LedgerTakingBack",
    "LedgerUpload",
    "LedgerWork",
    "MonitoringEvent",
    "MonitoringLine",
    "MonitoringReport",
    "MonitoringSection",
    "MonitoringSectionSave",
    "MonitoringSnapshot",
    "OptionEvent",
    "OptionForChange",
    "OptionRisk",
    "OptionYear",
    "OtherFigure",
    "PostTeam",
    "PrintedFigure",
    "PrintedRow",
    "PrintedTotal",
    "Reserve",
    "ReserveGroup",
    "ReserveLine",
    "SaidToCome",
    "Saving",
    "SavingReference",
    "SavingYear",
    "SavingsEdition",
    "SavingsPaper",
    "SavingsRule",
    "StatedSum",
    "TemporaryPost",
]
