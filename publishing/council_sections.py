"""What a council has to show: the parts of the portal that its menu names."""

from django.db.models import Exists, OuterRef
from django.http import Http404

from accounts.roles import Permission
from finance.models import MonitoringReport, SavingsEdition
from projects.access import Access, access_of
from projects.models import Council
from publishing.models import ReportingPeriod
from risks.models import RegisterReport

CONTENTS = ("has_programme", "has_vital_signs", "has_money", "has_savings", "has_risks")


def councils():
    """Councils, each told apart by what it has to show, by the names in CONTENTS."""
    published = ReportingPeriod.objects.published().filter(council=OuterRef("pk"))
    money = MonitoringReport.objects.published().filter(council=OuterRef("pk"))
    savings = SavingsEdition.objects.not_withdrawn().filter(paper__council=OuterRef("pk"))
    registers = RegisterReport.objects.not_withdrawn().filter(council=OuterRef("pk"))
    return Council.objects.annotate(
        has_programme=Exists(published.of_programmes()),
        has_vital_signs=Exists(published.of_vital_signs()),
        has_money=Exists(money),
        has_savings=Exists(savings),
        has_risks=Exists(registers),
    )


def has_contents(council: Council) -> bool:
    """Whether a council of ``councils`` has anything to show."""
    return any(getattr(council, need) for need in CONTENTS)


def council_shown_to(user, slug: str) -> tuple[Council, Access]:
    """The council and the person's access to it, for pages of what is published.

    Raises Http404 where there is no such council, and where it does not show itself to the person.
    """
    council = councils().filter(slug=slug).first()
    if council is None:
        raise Http404("No such council.")
    access = access_of(user, council)
    if not council.publishes and not access.may(Permission.PREVIEW):
        raise Http404("Not a council that publishes.")
    return council, access
