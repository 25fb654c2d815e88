"""Months: what a council reports on its own measures in one month."""

from datetime import date
from typing import ClassVar

import pgtrigger
from django.db import models

from accounts.roles import Permission
from bcfportal.lib.natural_keys import depends_on
from bcfportal.lib.protection import Trigger
from bcfportal.lib.ratings import Rating
from projects.access import Access
from publishing.models import Report, SectionName
from publishing.models.reports import ReportManager


class MonthManager(ReportManager["Month"]):
    def natural_key_lookups(self, *values: object) -> dict[str, object]:
        council, period = values
        return {"period__council__slug": council, "period__key": period}


class Month(Report):
    """What a council reports on its own measures in one month."""

    # What stands in addresses where a project's slug stands.
    SLUG = "vital-signs"
    section_names = (SectionName.MEASURES, SectionName.CARDS)

    # Its measures are rated, each by itself; a month as a whole is not.
    rating = rule_rating = Rating.NOT_RATED
    # A council does not end, as a project does.
    ended_on: date | None = None

    report_ptr = models.OneToOneField(
        Report, models.CASCADE, parent_link=True, primary_key=True, related_name="month"
    )

    objects: ClassVar[MonthManager] = MonthManager()

    class Meta:
        ordering = ["period"]
        triggers = [
            # With ``report_unique_in_period``: a council has one month of measures in a period.
            Trigger(
                name="month_named_as_months_are",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF NOT EXISTS (
                        SELECT 1 FROM publishing_report
                        WHERE id = NEW.report_ptr_id AND slug = 'vital-signs'
                    ) THEN
                        RAISE EXCEPTION 'pgtrigger: a month is named as months are';
                    END IF;
                    RETURN NULL;
                """,
            )
        ]

    @property
    def subject(self) -> str:
        return "Vital signs"

    @property
    def subject_slug(self) -> str:
        return self.SLUG

    def may_be_written_by(self, access: Access) -> bool:
        return access.may(Permission.KEEP_MEASURES)

    @depends_on("publishing.reportingperiod")
    def natural_key(self) -> tuple[str, str]:
        return (self.period.council.slug, self.period.key)
