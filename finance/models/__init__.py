"""The money of a programme."""

from finance.models.lines import FinanceLine, StatedSum

__all__ = ["FinanceLine", "StatedSum"]
