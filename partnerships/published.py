"""Which versions of arrangements can be read, and what a page shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import Withdrawn
from partnerships.collect import make_arrangement
from partnerships.content import ArrangementContent
from partnerships.models import Arrangement, ArrangementVersion
from projects.access import Access
from projects.models import Council
from publishing import version_cache
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import Withdrawal
from publishing.pages import version_asked

WORKING = "working"


@dataclass(frozen=True)
class ArrangementChoice:
    """One published version of an arrangement, without what it says."""

    pk: int
    kind: str
    slug: str
    fingerprint: str
    at: datetime
    version: VersionStatus

    @property
    def number(self) -> int:
        return self.version.number

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.slug


@dataclass(frozen=True)
class ShownArrangement:
    """An arrangement as a page shows it, with its published versions."""

    content: ArrangementContent
    # None of a working copy.
    version: VersionStatus | None
    choices: list[ArrangementChoice]
    may_see_working: bool

    @property
    def working(self) -> bool:
        return self.version is None


def versions_of(council: Council) -> list[ArrangementChoice]:
    """All published versions of the council's arrangements, withdrawn or not: one query.

    By kind and title, and of each its latest version first.
    """
    withdrawn = Withdrawal.objects.filter(version=OuterRef("pk"), decision="confirmed")
    rows = (
        ArrangementVersion.objects.filter(council=council, publication__isnull=False)
        .annotate(withdrawn_at=Subquery(withdrawn.values("decided_at")[:1]))
        .order_by("arrangement__kind", "arrangement__title", "arrangement", "-number")
        .values_list(
            *("pk", "arrangement__kind", "arrangement__slug", "number", "fingerprint", "why"),
            *("publication__at", "publication__by", "withdrawn_at"),
        )
    )
    choices: list[ArrangementChoice] = []
    after: ArrangementChoice | None = None
    for pk, kind, slug, number, fingerprint, why, at, by, gone in rows:
        if after and after.key != (kind, slug):
            after = None
        version = VersionStatus(
            number=number,
            fingerprint=fingerprint,
            published_on=localdate(at) if by else None,
            undated=by is None,
            why=why,
            superseded_on=after.version.published_on if after and not gone else None,
            superseded_by=after.number if after and not gone else None,
            withdrawn_on=localdate(gone) if gone else None,
        )
        choice = ArrangementChoice(pk, kind, slug, fingerprint, at, version)
        choices.append(choice)
        after = after if gone else choice
    return choices


def versions_that_stand(choices: Sequence[ArrangementChoice]) -> list[ArrangementChoice]:
    """Of each arrangement the version that stands, if any does."""
    latest: dict[tuple[str, str], ArrangementChoice] = {}
    for choice in choices:
        if not choice.version.withdrawn_on:
            latest.setdefault(choice.key, choice)
    return list(latest.values())


def contents_of(choices: Sequence[ArrangementChoice]) -> list[ArrangementContent]:
    """What the versions say: one query, or none for what this process has read."""
    read = version_cache.contents(
        [choice.fingerprint for choice in choices], ArrangementContent, _texts
    )
    return [read[choice.fingerprint] for choice in choices]


def published_arrangements(council: Council) -> list[ArrangementContent]:
    """What stands of each arrangement of the council. Two queries at most.

    Raises Withdrawn where something did stand and nothing does.
    """
    every = versions_of(council)
    chosen = versions_that_stand(every)
    if every and not chosen:
        raise Withdrawn(_row(every[0]))
    return contents_of(chosen)


def shown_to(
    request: HttpRequest, council: Council, access: Access, kind: str, slug: str
) -> ShownArrangement:
    """The arrangement that the address asks for, as this person may see it.

    See ``publishing.may_read``. Raises Http404 otherwise, Withdrawn where it was public and no
    longer is.
    """
    every = [choice for choice in versions_of(council) if choice.key == (kind, slug)]
    may_see_working = reads_drafts(ArrangementVersion, access)
    choices = [choice for choice in every if not choice.version.withdrawn_on]
    number = version_asked(request)
    if number == WORKING or (may_see_working and not every and not number):
        if not may_see_working:
            raise Http404("Not published, or not to this person.")
        return ShownArrangement(_working(council, kind, slug), None, choices, may_see_working)
    wanted = [choice for choice in every if not number or str(choice.number) == number]
    if not wanted:
        raise Http404("No such arrangement, or no such version of it.")
    choice = next((other for other in wanted if not other.version.withdrawn_on), wanted[0])
    version = as_read_by(
        access, choice.version, ArrangementVersion, lambda: _row(choice), named=bool(number)
    )
    return ShownArrangement(contents_of([choice])[0], version, choices, may_see_working)


def _working(council: Council, kind: str, slug: str) -> ArrangementContent:
    """What it says now, published or not."""
    rows = Arrangement.objects.select_related("council")
    arrangement = rows.filter(council=council, kind=kind, slug=slug).first()
    if arrangement is None:
        raise Http404("No such arrangement.")
    return make_arrangement(arrangement, arrangement.versions.count() + 1)


def _row(choice: ArrangementChoice) -> ArrangementVersion:
    rows = ArrangementVersion.objects.select_related("arrangement__council", "publication")
    return rows.defer("content").get(pk=choice.pk)


def _texts(marks: set[str]) -> dict[str, str]:
    rows = ArrangementVersion.objects.filter(fingerprint__in=marks)
    return dict(rows.values_list("fingerprint", Cast("content", TextField())))
