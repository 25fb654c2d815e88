"""Which versions of papers can be read, and what a page shows of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery, TextField
from django.db.models.functions import Cast
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from bcfportal.lib.versions import VersionStatus
from meetings.models import Paper, PaperVersion
from meetings.papers.collect import make_paper
from meetings.papers.content import PaperContent
from projects.access import Access
from projects.models import Council
from publishing import version_cache
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import Withdrawal
from publishing.pages import version_asked

WORKING = "working"


@dataclass(frozen=True)
class PaperChoice:
    """One version of a paper, without what it says."""

    pk: int
    paper: int
    committee: str
    meeting: str
    item: str
    title: str
    fingerprint: str
    version: VersionStatus

    @property
    def key(self) -> tuple[str, str, str]:
        return self.committee, self.meeting, self.item

    @property
    def number(self) -> int:
        return self.version.number


@dataclass(frozen=True)
class ShownPaper:
    """A paper as a page shows it. ``version`` is none of what is being written."""

    content: PaperContent
    version: VersionStatus | None
    choices: list[PaperChoice]
    may_see_working: bool

    @property
    def working(self) -> bool:
        return self.version is None


def versions_of(council: Council) -> list[PaperChoice]:
    """All versions of the council's papers, published or not, withdrawn or not: one query.

    The latest meeting first, and of each paper its latest version.
    """
    withdrawn = Withdrawal.objects.filter(version=OuterRef("pk"), decision="confirmed")
    rows = (
        PaperVersion.objects.filter(council=council)
        .annotate(withdrawn_at=Subquery(withdrawn.values("decided_at")[:1]))
        .order_by(
            *("-paper__item__meeting__day", "paper__item__meeting__committee__slug"),
            *("-paper__item__meeting__slug", "paper__item__order", "-number"),
        )
        .values_list(
            *("pk", "paper", "paper__item__meeting__committee__slug", "paper__item__meeting__slug"),
            *("paper__item__number", "paper__title", "number", "fingerprint"),
            *("publication__pk", "publication__at", "publication__by", "withdrawn_at"),
        )
    )
    choices: list[PaperChoice] = []
    after: PaperChoice | None = None
    for pk, paper, committee, meeting, item, title, number, mark, public, at, by, gone in rows:
        if after and after.key != (committee, meeting, item):
            after = None
        stands = public is not None and not gone
        version = VersionStatus(
            number=number,
            fingerprint=mark,
            published_on=localdate(at) if public and by else None,
            undated=bool(public) and by is None,
            superseded_on=after.version.published_on if after and stands else None,
            superseded_by=after.number if after and stands else None,
            withdrawn_on=localdate(gone) if gone else None,
        )
        choice = PaperChoice(pk, paper, committee, meeting, item, title, mark, version)
        choices.append(choice)
        after = choice if stands else after
    return choices


def papers_that_stand(choices: Sequence[PaperChoice]) -> list[PaperChoice]:
    """Of each paper the published version that stands, if any does."""
    latest: dict[tuple[str, str, str], PaperChoice] = {}
    for choice in choices:
        if choice.version.is_published and not choice.version.withdrawn_on:
            latest.setdefault(choice.key, choice)
    return list(latest.values())


def contents_of(choices: Sequence[PaperChoice]) -> list[PaperContent]:
    """What the versions say: one query, or none for what this process has read."""
    read = version_cache.contents([choice.fingerprint for choice in choices], PaperContent, _texts)
    return [read[choice.fingerprint] for choice in choices]


def shown_to(
    request: HttpRequest, council: Council, access: Access, committee: str, meeting: str, item: str
) -> ShownPaper:
    """The paper that the address asks for, as this person may see it.

    See ``publishing.may_read``. Raises Http404 otherwise, Withdrawn where it was public and no
    longer is.
    """
    key = (committee, meeting, item)
    every = [choice for choice in versions_of(council) if choice.key == key]
    may_see_working = reads_drafts(PaperVersion, access)
    public = [choice for choice in every if choice.version.is_published]
    number = version_asked(request)
    if number == WORKING or (may_see_working and not public and not number):
        if not may_see_working:
            raise Http404("Not published, or not to this person.")
        paper = paper_of(council, *key)
        content = make_paper(paper, every[0].number + 1 if every else 1)
        return ShownPaper(content, None, every, may_see_working)
    wanted = [c for c in every if str(c.number) == number] if number else public
    if not wanted:
        raise Http404("No such paper, or no such version of it.")
    choice = next((other for other in wanted if not other.version.withdrawn_on), wanted[0])
    version = as_read_by(
        access, choice.version, PaperVersion, lambda: _row(choice), named=bool(number)
    )
    (content,) = contents_of([choice])
    version = saying_why(version, content)
    return ShownPaper(content, version, every if may_see_working else public, may_see_working)


def paper_of(council: Council, committee: str, meeting: str, item: str) -> Paper:
    """The paper of that item of the agenda. Raises Http404 where there is none."""
    rows = Paper.objects.select_related("item__meeting__committee__council")
    paper = rows.filter(
        item__meeting__committee__council=council,
        item__meeting__committee__slug=committee,
        item__meeting__slug=meeting,
        item__number=item,
    ).first()
    if paper is None:
        raise Http404("No such paper.")
    return paper


def saying_why(version: VersionStatus, content: PaperContent) -> VersionStatus:
    """The version with what it corrects and why, which its content says."""
    return replace(version, why=content.why, corrections=content.corrections)


def _row(choice: PaperChoice) -> PaperVersion:
    rows = PaperVersion.objects.select_related("paper__item__meeting__committee__council")
    return rows.defer("content").get(pk=choice.pk)


def _texts(marks: set[str]) -> dict[str, str]:
    rows = PaperVersion.objects.filter(fingerprint__in=marks)
    return dict(rows.values_list("fingerprint", Cast("content", TextField())))
