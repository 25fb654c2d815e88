"""Measures, their targets, results and benchmarks, and what is said and decided about them.

Migrations take ``PeriodKeyField`` from here.
"""

from bcfportal.lib.model_fields import PeriodKeyField
from outcomes.models.benchmarks import Benchmark, FrameworkReference
from outcomes.models.cards import CardAction, ReportCard
from outcomes.models.changes import Break, DefinitionChange, TargetChange
from outcomes.models.followups import FollowUp, FollowUpAction
from outcomes.models.measures import Measure
from outcomes.models.months import Month
from outcomes.models.results import OtherPrinting, Result, holds_figures
from outcomes.models.segments import Segment
from outcomes.models.targets import Target

__all__ = [
    "Benchmark",
    "Break",
    "CardAction",
    "DefinitionChange",
    "FollowUp",
    "FollowUpAction",
    "FrameworkReference",
    "Measure",
    "Month",
    "OtherPrinting",
    "PeriodKeyField",
    "ReportCard",
    "Result",
    "Segment",
    "Target",
    "TargetChange",
    "holds_figures",
]
