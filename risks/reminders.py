"""Risks that are due for review, for the digest of their owner."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.links import whole_address
from accounts.models import User
from accounts.roles import Permission, roles_with
from bcfportal.lib import present
from bcfportal.lib.working_days import working_day_on_or_before
from projects.models import Council, Membership
from risks.models import Assessment, Closure, Details, Risk

# The longest run of days off, with Christmas on a Thursday, is shorter than this.
LONGEST_REST = timedelta(days=7)


@dataclass(frozen=True)
class Review:
    """A risk that a person owns and has to review."""

    person: User
    council: Council
    title: str
    reference: str
    due_on: date
    address: str


def reviews_due(today: date, *, council: Council | None = None) -> list[Review]:
    """Open risks with an owner that are due for review, the longest due first.

    If the owner has left, the officers who keep the register are reminded. At most two queries.

    A review date on a weekend or bank holiday counts as the working day before. Each assessment
    sets the next review date, or none, so a reminder stops once the risk is reviewed.
    """
    latest = Assessment.objects.filter(
        risk=OuterRef("pk"), stage=Assessment.Stage.CURRENT
    ).order_by("-on", "-recorded_at", "-pk")
    details = Details.objects.filter(risk=OuterRef("pk")).order_by("-on", "-recorded_at", "-pk")
    closures = Closure.objects.filter(risk=OuterRef("pk")).order_by("-on", "-recorded_at", "-pk")
    still_keeps = Membership.objects.filter(
        user=OuterRef("owner"),
        council=OuterRef("council"),
        role__in=roles_with(Permission.KEEP_RISKS, Permission.KEEP_OWN_RISKS),
    )
    risks = (
        Risk.objects.filter(owner__isnull=False)
        .annotate(
            is_open=Coalesce(Subquery(closures.values("reopened")[:1]), Value(True)),
            kept=Exists(still_keeps),
            review_by=Subquery(latest.values("review_by")[:1]),
            title=Subquery(details.values("title")[:1]),
        )
        .filter(is_open=True, review_by__lte=today + LONGEST_REST)
        .select_related("owner", "council")
        .order_by("review_by", F("order"))
    )
    if council is not None:
        risks = risks.filter(council=council)
    due = [risk for risk in risks if working_day_on_or_before(risk.review_by) <= today]
    left = {risk.council_id for risk in due if not _is_kept(risk)}
    officers = _officers(left) if left else {}
    return [
        Review(
            person,
            risk.council,
            risk.title,
            risk.reference,
            risk.review_by,
            _address(risk),
        )
        for risk in due
        for person in (
            [present(risk.owner)] if _is_kept(risk) else officers.get(risk.council_id, [])
        )
    ]


def _is_kept(risk):
    return risk.kept and risk.owner.is_active


def _officers(councils) -> dict[int, list[User]]:
    """By council's key, the officers who keep its register: reminded in place of a leaver."""
    rows = Membership.objects.filter(
        council__in=councils, role__in=roles_with(Permission.KEEP_RISKS), user__is_active=True
    ).select_related("user")
    officers: dict[int, list[User]] = {}
    for row in rows.order_by("user__email"):
        officers.setdefault(row.council_id, []).append(row.user)
    return officers


def _address(risk):
    path = reverse("reporting:assess-risk", args=[risk.council.slug, risk.slug])
    return whole_address(path)
