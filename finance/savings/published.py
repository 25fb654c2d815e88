"""Which savings paper a page shows, and to whom: a published edition, or the working copy."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

import msgspec
from django.db.models import OuterRef, Subquery
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate

from bcfportal.lib import clock, present
from bcfportal.lib.versions import VersionStatus
from bcfportal.lib.withdrawals import Withdrawn
from finance.models import SavingsEdition
from finance.savings.collect import make_sheet
from finance.savings.content import (
    ChangeLine,
    LaterEdition,
    PostLine,
    SavingLine,
    SavingsSheet,
)
from projects.access import Access
from projects.models import Council
from publishing.acts import Acts, acts_shown, kept
from publishing.may_read import as_read_by, reads_drafts
from publishing.models import Withdrawal
from publishing.pages import day_of_preview

WORKING = "working"


@dataclass(frozen=True)
class PaperChoice:
    """One edition that can be read, without what it says."""

    pk: int
    paper: str
    title: str
    number: int
    dated: date
    published_at: datetime
    fingerprint: str
    # A later edition of the same paper has been published.
    superseded: bool
    version: VersionStatus


@dataclass(frozen=True)
class PublishedSavings:
    """The sheet of a page, and what else can be read."""

    sheet: SavingsSheet
    # Those that can be read.
    choices: list[PaperChoice]
    chosen: PaperChoice | None
    may_see_working: bool
    # All that was ever published.
    every: list[PaperChoice]

    @property
    def withdrawn(self) -> list[PaperChoice]:
        return [choice for choice in self.every if choice.version.withdrawn_on]

    @property
    def version(self) -> VersionStatus | None:
        """The version of what is shown; None of the working copy."""
        return self.chosen.version if self.chosen else None

    @property
    def later(self) -> PaperChoice | None:
        """The paper that stands where this one has been replaced by a later one; else None."""
        newest = latest(self.choices)
        if self.chosen is None or newest is None or newest.paper == self.chosen.paper:
            return None
        if self.chosen.version.withdrawn_on:
            return None
        return newest

    def before(self) -> SavingsSheet | None:
        """What was published before this: the edition or paper before. One query, or none."""
        if self.chosen is None:
            return sheet_of(self.choices[0]) if self.choices else None
        place = [choice.pk for choice in self.every].index(self.chosen.pk)
        before = readable(self.every[place + 1 :])
        return sheet_of(before[0]) if before else None

    @property
    def working(self) -> bool:
        return self.chosen is None

    @property
    def query(self) -> str:
        """What links add to stay with the paper; nothing for the latest."""
        if self.working:
            return f"?paper={WORKING}"
        if self.chosen == latest(self.choices):
            return ""
        chosen = present(self.chosen)
        return f"?paper={chosen.paper}&edition={chosen.number}"


def readable(choices: list[PaperChoice]) -> list[PaperChoice]:
    """Those of the editions that are not withdrawn."""
    return [choice for choice in choices if not choice.version.withdrawn_on]


# What is read of an edition, before who published it and when it was withdrawn.
_OF_EDITION = ("pk", "paper", "title", "number", "dated", "published_at", "fingerprint")


def editions_of(council: Council) -> list[PaperChoice]:
    """All editions of the council, withdrawn or not: one query.

    The latest paper and its latest edition first.
    """
    withdrawn = Withdrawal.objects.filter(version=OuterRef("pk"), decision="confirmed")
    rows = (
        SavingsEdition.objects.filter(paper__council=council)
        .annotate(withdrawn_at=Subquery(withdrawn.values("decided_at")[:1]))
        .order_by("-paper__dated", "-paper__slug", "-number")
        .values_list(
            *("pk", "paper__slug", "paper__title", "number", "paper__dated"),
            *("at", "fingerprint", "by", "withdrawn_at"),
        )
    )
    choices: list[PaperChoice] = []
    public: list[PaperChoice] = []
    for *fields, by, withdrawn_at in rows:
        known = dict(zip(_OF_EDITION, fields, strict=True))
        after = public[-1] if public and public[-1].paper == fields[1] else None
        if withdrawn_at:
            version = replace(
                _version(fields, by, None, None), withdrawn_on=localdate(withdrawn_at)
            )
            choices.append(PaperChoice(**known, superseded=False, version=version))
            continue
        version = _version(fields, by, after, _successor(fields[1], public))
        choices.append(PaperChoice(**known, superseded=after is not None, version=version))
        public.append(choices[-1])
    return choices


def _successor(paper: str, later: list[PaperChoice]) -> PaperChoice | None:
    """What superseded the paper: of the later ones, the first that was published.

    What is published after it changes neither that nor the day on which it was.
    """
    others = (choice for choice in later if choice.paper != paper)
    return min(others, key=lambda choice: choice.published_at, default=None)


def _version(fields, by, after, successor):
    """Where an edition stands: ``after`` corrects it, ``successor`` is the paper that follows.

    Papers of before the portal were published by nobody here, on a day that is not known.
    """
    _, _, _, number, _, published_at, mark = fields
    replaced = after or successor
    return VersionStatus(
        number=number,
        fingerprint=mark,
        published_on=localdate(published_at) if by else None,
        undated=by is None,
        superseded_on=replaced.version.published_on if replaced else None,
        superseded_by=after.number if after else None,
        superseded_by_what=f"the paper “{replaced.title}”" if replaced else "",
    )


def latest(choices: list[PaperChoice]) -> PaperChoice | None:
    """The latest edition of the latest paper; None where nothing is published."""
    return choices[0] if choices else None


def sheet_of(choice: PaperChoice) -> LaterEdition:
    """What the edition says: one query."""
    content = SavingsEdition.objects.values_list("content", flat=True).get(pk=choice.pk)
    return msgspec.convert(content, LaterEdition)


def latest_sheet(council: Council) -> SavingsSheet | None:
    """What was published last; None where a council has nothing.

    One query, or none for what this process knows since the council last published or withdrew.
    """
    if not getattr(council, "has_savings", False):
        return None
    return _latest_sheet(acts_shown(council))


@kept
def _latest_sheet(acts: Acts) -> SavingsSheet:
    content = (
        SavingsEdition.objects.not_withdrawn()
        .filter(paper__council=acts.council)
        .order_by("-paper__dated", "-paper__slug", "-number")
        .values_list("content", flat=True)
        .first()
    )
    return msgspec.convert(content, SavingsSheet)


@dataclass(frozen=True)
class OfProject:
    """What the latest savings paper says of one project."""

    sheet: SavingsSheet
    changes: list[ChangeLine]
    savings: list[SavingLine]
    posts: list[PostLine]


def of_project(council: Council, slug: str) -> OfProject | None:
    """Changes, savings and posts of a project in what was published last: one query.

    None where nothing is published or it says nothing of the project. Whether anything is published
    stands on a council of ``contents.councils``, so that a council with none costs no query.
    """
    sheet = latest_sheet(council)
    if sheet is None:
        return None
    records = OfProject(
        sheet,
        changes=[line for line in sheet.changes if line.project and line.project.slug == slug],
        savings=[line for line in sheet.savings if line.project and line.project.slug == slug],
        posts=[line for line in sheet.posts if line.project and line.project.slug == slug],
    )
    return records if records.changes or records.savings or records.posts else None


def shown_to(request: HttpRequest, council: Council, access: Access) -> PublishedSavings:
    """The paper that the address asks for, as this person may see it.

    See ``publishing.may_read`` for what each person may read. Raises Http404 otherwise, Withdrawn
    where it was public and no longer is.
    """
    asked = request.GET.get("paper", "")[:60]
    may_see_working = reads_drafts(SavingsEdition, access)
    every = editions_of(council)
    choices = readable(every)
    if asked == WORKING or (not choices and not asked):
        if not may_see_working:
            if asked != WORKING:
                _raise_withdrawn(every)
            raise Http404("No savings are published, or not to this person.")
        sheet = make_sheet(council, as_at=day_of_preview(request, "as_at") or clock.today())
        return PublishedSavings(sheet, choices, None, may_see_working, every)
    number = request.GET.get("edition", "")
    wanted = [
        choice
        for choice in every
        if (not asked or choice.paper == asked) and (not number or str(choice.number) == number)
    ]
    if not wanted:
        raise Http404("No such paper or edition.")
    choice = (readable(wanted) or wanted)[0]
    read = as_read_by(
        access, choice.version, SavingsEdition, lambda: _row(choice), named=bool(number)
    )
    sheet = sheet_of(choice)
    told = replace(choice, version=replace(read, why=sheet.why, corrections=sheet.corrections))
    listed = [told if other == choice else other for other in choices]
    return PublishedSavings(sheet, listed, told, may_see_working, every)


def _row(choice: PaperChoice) -> SavingsEdition:
    rows = SavingsEdition.objects.select_related("paper__council").defer("content")
    return rows.get(pk=choice.pk)


def _raise_withdrawn(choices: list[PaperChoice]) -> None:
    if choices:
        raise Withdrawn(_row(choices[0]))


def raise_where_withdrawn(published: PublishedSavings, has: Callable[[SavingsSheet], bool]) -> None:
    """Raises Withdrawn where an edition that was withdrawn had what is asked for.

    ``has`` tells it of a sheet. One query for each edition that is withdrawn.
    """
    _raise_withdrawn([choice for choice in published.withdrawn if has(sheet_of(choice))])
