"""Gathers a council's records of savings into a sheet, in a constant number of queries."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.sentences import day_words
from finance.models import (
    ChangeRequest,
    OptionForChange,
    PostTeam,
    PrintedFigure,
    SaidToCome,
    Saving,
    SavingsPaper,
    SavingsRule,
    TemporaryPost,
)
from finance.models.savings_printed import ABOUT
from finance.savings.content import (
    ChangeLine,
    Named,
    OptionFigures,
    OptionLine,
    PaperName,
    PostLine,
    Printed,
    RiskLine,
    Rule,
    SavingLine,
    SavingsSheet,
    TeamLine,
    ToCome,
    YearFigures,
)
from finance.savings.unreported import chosen_of
from projects.models import Council, Fund, Project

NONE: frozenset[str] = frozenset()


def make_sheet(
    council: Council,
    paper: SavingsPaper | None = None,
    *,
    as_at: date | None = None,
    also: frozenset[str] = NONE,
) -> SavingsSheet:
    """What the papers up to ``paper`` report; with none, everything, drafts too, as at a day.

    ``also`` are keys of drafts (``unreported.Draft``) that the paper would take in.
    """
    papers = {other.pk: other for other in SavingsPaper.objects.filter(council=council)}
    known = papers
    if paper is not None:
        known = {
            pk: other
            for pk, other in papers.items()
            if (other.dated, other.slug) <= (paper.dated, paper.slug)
        }

    def of(model: type[Any], *related: str) -> QuerySet[Any]:
        rows = model.objects.filter(council=council).select_related("paper", *related)
        if paper is None:
            return rows
        return rows.filter(Q(paper__in=known) | Q(pk__in=chosen_of(model, also)))

    rule = SavingsRule.objects.filter(council=council).first()
    # The working copy may be of no day: it is never saved.
    head = paper or SavingsPaper(
        title="Working copy",
        dated=as_at,  # type: ignore[misc]
        as_at=as_at,  # type: ignore[misc]
        slug="",
    )
    # What projects and funds are called on the day of the paper, whenever it is made.
    day = head.as_at
    savings = of(Saving, "project").prefetch_related("years", "references", "project__changes")
    options = of(OptionForChange, "project", "saving", "decided_by").prefetch_related(
        "years", "risks", "project__changes"
    )
    changes = of(
        ChangeRequest,
        *("saving", "project", "from_fund", "to_fund", "requested_by", "decided_by"),
    ).prefetch_related("project__changes", "from_fund__name_changes", "to_fund__name_changes")
    teams = of(PostTeam, "fund").prefetch_related("fund__name_changes")
    posts = of(TemporaryPost, "team", "fund", "project").prefetch_related(
        "fund__name_changes", "project__changes"
    )
    return SavingsSheet(
        paper=head.slug,
        title=head.title,
        meeting=head.meeting,
        dated=head.dated,
        as_at=head.as_at,
        source=head.source,
        note=head.note,
        rule=rule_of(rule),
        savings=[_saving(row, day) for row in savings],
        changes=[_change(row, day) for row in changes],
        teams=[_team(row, day) for row in teams],
        posts=[_post(row, day) for row in posts],
        options=[_option(row, day) for row in options],
        printed=[_printed(row) for row in of(PrintedFigure, *ABOUT)],
        to_come=[
            ToCome(number=row.number, about=row.about, words=row.words, by=row.by, **_origin(row))
            for row in of(SaidToCome)
        ],
        papers={
            other.slug: PaperName(other.title, other.dated, other.as_at) for other in known.values()
        },
    )


def rule_of(record: SavingsRule | None) -> Rule:
    """A council's settings as plain data; the house's where it has none."""
    if record is None:
        return Rule()
    return Rule(record.green_within, record.amber_from, record.posts_end_soon_months)


def _origin(row: Sourced) -> dict[str, Any]:
    return {
        "source": row.source,
        "note": row.note,
        "paper": paper.slug if (paper := getattr(row, "paper", None)) else "",
    }


def _named(project: Project | None, day: date) -> Named | None:
    return Named(project.slug, project.called_on(day).short) if project else None


def _paid_by(fund: Fund | None, day: date) -> str:
    return fund.called_on(day).name if fund else ""


def _saving(row: Saving, day: date) -> SavingLine:
    return SavingLine(
        slug=row.slug,
        title=row.title,
        references=[reference.reference for reference in row.references.all()],
        action=row.action,
        kind=row.kind,
        evidence=row.evidence,
        explanation=row.explanation,
        project=_named(row.project, day),
        years=[
            YearFigures(
                year=year.year,
                target=year.target,
                achieved=year.achieved,
                forecast=year.forecast,
                over=year.over,
                places=year.places,
                source=year.source,
                note=year.note,
            )
            for year in row.years.all()
        ],
        **_origin(row),
    )


def _when(person: User | None, at: datetime | None, body: str = "", printed: str = "") -> str:
    """Who and when: the post of a person and the day, or the words of a paper."""
    if person and at:
        return f"{person.post_at(at)}, {day_words(at)}"
    return ", ".join(filter(None, (body, printed)))


def _amounts(profile: dict[str, str]) -> dict[str, Decimal]:
    return {year: Decimal(amount) for year, amount in profile.items()}


def _change(row: ChangeRequest, day: date) -> ChangeLine:
    return ChangeLine(
        number=row.number,
        kind=row.kind,
        status=row.status,
        title=row.title,
        saving=row.saving.slug if row.saving else "",
        project=_named(row.project, day),
        amount=row.amount,
        from_year=row.from_year,
        to_year=row.to_year,
        from_fund=_paid_by(row.from_fund, day),
        to_fund=_paid_by(row.to_fund, day),
        starts=row.starts,
        ends=row.ends,
        dates=row.dates,
        reason=row.reason,
        requested=_when(row.requested_by, row.requested_at),
        decided=_when(row.decided_by, row.decided_at, row.decided_body, row.decided_when),
        before=_amounts(row.before),
        after=_amounts(row.after),
        **_origin(row),
    )


def _team(row: PostTeam, day: date) -> TeamLine:
    return TeamLine(
        slug=row.slug,
        title=row.title,
        cost=row.cost,
        funding=row.funding,
        fund=_paid_by(row.fund, day),
        **_origin(row),
    )


def _post(row: TemporaryPost, day: date) -> PostLine:
    return PostLine(
        slug=row.slug,
        title=row.title,
        team=row.team.slug if row.team else "",
        grade=row.grade,
        fte=row.fte,
        status=row.status,
        cost=row.cost,
        basis=row.basis,
        starts=row.starts,
        ends=row.ends,
        dates=row.dates,
        fund=_paid_by(row.fund, day),
        funding=row.funding,
        purpose=row.purpose,
        project=_named(row.project, day),
        **_origin(row),
    )


IMPACTS = (
    ("On service users and communities", "impact_on_people"),
    ("On other organisations and partners", "impact_on_partners"),
    ("On other parts of the council", "impact_on_council"),
)
_FIGURES = ("year", "gross", "lost_income", "reprovision", "net", "capital", "revenue", "fte")
_AS_THEY_ARE = (
    *("slug", "reference", "title", "service_area", "proposal", "reasons", "disproportionate"),
    *("equality", "full_assessment", "gross_budget", "net_budget", "total_gross", "total_net"),
    *("current_fte", "total_fte", "places", "signed_by", "signed_when", "status"),
)


def _option(row: OptionForChange, day: date) -> OptionLine:
    decided = _when(row.decided_by, row.decided_at)
    return OptionLine(
        **{name: getattr(row, name) for name in _AS_THEY_ARE},
        impacts=[(title, getattr(row, name)) for title, name in IMPACTS if getattr(row, name)],
        decided=": ".join(filter(None, (decided, row.decided_why))),
        saving=row.saving.slug if row.saving else "",
        project=_named(row.project, day),
        written_here=row.written_by_id is not None,
        years=[
            OptionFigures(**{name: getattr(year, name) for name in _FIGURES})
            for year in row.years.all()
        ],
        risks=[RiskLine(risk.risk, risk.mitigation) for risk in row.risks.all()],
        **_origin(row),
    )


def _printed(row: PrintedFigure) -> Printed:
    about, key, title = "group", row.group, row.get_group_display()
    for name in ABOUT:
        if record := getattr(row, name):
            about, title = name, str(record)
            key = str(getattr(record, "slug", None) or record.number)
    return Printed(
        number=row.number,
        about=about,
        key=key,
        title=title,
        year=row.year,
        figure=row.figure,
        amount=row.amount,
        places=row.places,
        as_printed=row.as_printed,
        **_origin(row),
    )
