"""The money of a programme."""

from finance.models.changes import ChangeRequest
from finance.models.ledger import LedgerLine, LedgerRow, LedgerUpload, LedgerWork
from finance.models.lines import FinanceLine, StatedSum
from finance.models.options import OptionForChange, OptionRisk, OptionYear
from finance.models.posts import PostTeam, TemporaryPost
from finance.models.printed import PrintedFigure, SaidToCome
from finance.models.savings import (
    Saving,
    SavingReference,
    SavingsEdition,
    SavingsPaper,
    SavingsRule,
    SavingYear,
)

__all__ = [
    "ChangeRequest",
    "FinanceLine",
    "LedgerLine",
    "LedgerRow",
    "LedgerUpload",
    "LedgerWork",
    "OptionForChange",
    "OptionRisk",
    "OptionYear",
    "PostTeam",
    "PrintedFigure",
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
