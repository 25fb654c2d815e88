"""Testshire's own measures: thirteen published months, and a month open to be entered."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from bcfportal.lib.periods import Period
from outcomes.models import (
    Benchmark,
    FollowUp,
    FollowUpAction,
    FrameworkReference,
    Measure,
    Result,
    Target,
)
from outcomes.models import Month as MonthOfMeasures
from projects.access import access_of
from projects.models import Council
from publishing.models import ReportingPeriod, SectionName
from returns.actions import draft_of, save_section, submit
from returns.periods import open_period
from returns.publication import publish, take_snapshots
from returns.review import publish_period
from returns.transitions import RETURNS

FIRST, LAST = Period(2015, month=12), Period(2016, month=12)
MONTHS = FIRST.up_to(LAST)
# Falling, and at the end three in a row.
VALUES = [90, 91, 90, 92, 91, 90, 91, 90, 92, 91, 90, 89, 88]


def add_measure(council, slug="measure", values=VALUES, target=95, **fields):
    """A vital sign of the council with a figure for each of the last months."""
    fields = {
        "collection": "vital signs",
        "position": council.measures.count() + 1,
        "text": f"Share of {slug}",
        "short_title": slug.capitalize(),
        "theme": "Theme",
        "unit": "%",
        "direction": "bigger is better",
        "frequency": "month",
        "lead": "Head of service",
    } | fields
    measure = Measure.objects.create(council=council, slug=slug, **fields)
    Result.objects.bulk_create(
        Result(measure=measure, period=month.key, value=value)
        for month, value in zip(MONTHS[len(MONTHS) - len(values) :], values, strict=True)
        if value is not None
    )
    if target is not None:
        Target.objects.create(measure=measure, status="set", value=target)
    return measure


@transaction.atomic
def publish_month(council, month=LAST, **fields):
    """Publishes what the records say of the month."""
    fields = {"title": "Performance report", "as_at": month.last_day} | fields
    period = ReportingPeriod.objects.create(
        council=council, key=month.key, kind="vital signs", status="closed", **fields
    )
    MonthOfMeasures.objects.create(period=period, status=MonthOfMeasures.Status.PUBLISHED)
    publish(take_snapshots(MonthOfMeasures.objects.filter(period=period)))
    return period


@dataclass
class Month:
    council: Council
    people: dict[str, User]
    period: ReportingPeriod

    @property
    def report(self) -> MonthOfMeasures:
        return MonthOfMeasures.objects.select_related("period__council").get(period=self.period)

    def access(self, role):
        return access_of(self.people[role], self.council)

    def by(self, role):
        return {"by": self.people[role], "access": self.access(role)}

    def sign_in(self, client, role):
        client.force_login(self.people[role])
        return client

    def measure(self, slug="measure"):
        return self.council.measures.get(slug=slug)

    def field(self, what="value", slug="measure"):
        return f"m{self.measure(slug).pk}-{what}"

    def card_field(self, what, slug="measure"):
        return f"c{self.measure(slug).pk}-{what}"

    def type(self, name, role="commissioner", **typed):
        version = self.report.sections.get(name=name).version
        return save_section(
            self.report.pk, SectionName(name), typed, version=version, **self.by(role)
        )

    def fill(self, value="90"):
        """Types every figure, says that it is right, and a card for the measure."""
        boxes = [row.boxes for row in draft_of(self.report).grid.rows]
        typed = {row["value"].field: value for row in boxes}
        self.type("measures", **typed | {row["right"].field: f"yes: {value}" for row in boxes})
        self.type(
            "cards",
            **{
                self.card_field("explains"): "Fewer beds.",
                self.card_field("0-text"): "Open more beds.",
                self.card_field("0-owner"): "Head of beds",
                self.card_field("0-due"): "30/6/2017",
            },
        )

    def published(self, value="90"):
        """Brings the open month all the way to publication."""
        self.fill(value)
        submit(self.report.pk, **self.by("commissioner"))
        RETURNS.transition("approve", self.report.pk, **self.by("performance officer"))
        publish_period(self.period, **self.by("performance officer"))
        return self.period


def make_month(quarter):
    """Adds measures, a published month and an open one to the council of a quarter."""
    council = quarter.council
    add_measure(council)
    framework = add_measure(
        council,
        "indicator",
        [],
        80,
        collection="outcomes framework",
        frequency="year",
    )
    FrameworkReference.objects.create(
        measure=framework, framework="ASCOF", version="2016/17", number="1A"
    )
    Result.objects.create(measure=framework, period="2016-17", value=Decimal(85), provisional=True)
    Result.objects.create(measure=framework, period="2015-16", value=Decimal(84))
    Benchmark.objects.create(
        measure=framework, period="2015-16", comparator="England", value=Decimal(90)
    )
    add_measure(council, "quality", [70, 80], None, collection="care quality")
    publish_month(council)
    action = FollowUpAction.objects.create(
        council=council, number=1, title="Approve actions", description="Approve."
    )
    FollowUp.objects.create(
        measure=council.measures.get(slug="measure"),
        action=action,
        decided_on=date(2017, 5, 1),
        decision="Agreed.",
        owner="Head of service",
        due=date(2017, 9, 1),
        recorded_by=quarter.people["performance officer"],
        recorded_at="2017-05-02T09:00:00Z",
    )
    period = open_period(
        council=council,
        key=LAST.following.key,
        kind=ReportingPeriod.Kind.VITAL_SIGNS,
        as_at=date(2017, 4, 30),
        opens=date(2017, 5, 1),
        due=date(2017, 5, 10),
        closes=date(2017, 5, 20),
        title="Performance report",
        by=quarter.people["performance officer"],
    )
    return Month(council, quarter.people, period)
