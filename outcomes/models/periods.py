"""The period that a figure is of, by the name that migrations have for it."""

from bcfportal.lib.model_fields import PeriodKeyField

__all__ = ["PeriodKeyField"]
