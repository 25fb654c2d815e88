"""Testshire: a made-up council with one published project."""

from django.db import transaction

from projects.models import Council, FundingStream, GrantCondition, Project
from publishing.models import ReportingPeriod, Return
from returns.publication import publish, take_snapshots


@transaction.atomic
def make_testshire(**texts):
    """Testshire with one published project; ``texts`` are what it says."""
    council = Council.objects.create(slug="testshire", name="Testshire", publishes=True)
    fund = council.funds.create(slug="fund", name="Fund", label="F")
    condition = GrantCondition.objects.create(council=council, number=1, title="Purpose")
    period = ReportingPeriod.objects.create(
        council=council,
        key="2018-19-q1",
        title="Report",
        subtitle="Update",
        as_at="2018-08-01",
    )
    words = {"title": "Project", "short_title": "Project", "description": "Words."} | texts
    project = Project.objects.create(
        council=council, grant_condition=condition, slug="project", order=1, **words
    )
    FundingStream.objects.create(project=project, fund=fund)
    Return.objects.create(
        project=project, period=period, status=Return.Status.PUBLISHED, performance="Well."
    )
    publish(take_snapshots(Return.objects.filter(period=period)))
    return council
