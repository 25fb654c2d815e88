"""The money of a programme."""

from finance.models.ledger import LedgerLine, LedgerRow, LedgerUpload, LedgerWork
from finance.models.lines import FinanceLine, StatedSum

__all__ = ["FinanceLine", "LedgerLine", "LedgerRow", "LedgerUpload", "LedgerWork", "StatedSum"]
