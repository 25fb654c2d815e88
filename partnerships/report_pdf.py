"""A programme, a pool or a framework as an accessible PDF."""

from collections.abc import Iterator

from django.utils.timezone import localdate

from bcfportal.lib import clock
from bcfportal.lib.money import pounds
from bcfportal.lib.papers.paper import Paper, version_lines
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus
from partnerships import tables
from partnerships.content import (
    ArrangementContent,
    FrameworkContent,
    FunctionLine,
    PoolContent,
    ProgrammeContent,
)
from partnerships.models import Arrangement
from projects.models import Council

# The name under which the paper is kept.
PAPER = "arrangement"
Part = dict[str, object]


def arrangement_paper(
    council: Council, content: ArrangementContent, version: VersionStatus | None
) -> bytes:
    """All that the page says of it but figures stated in words, which have a paper of their own."""
    title = content.title if version else f"{content.title}, not published"
    paper = Paper(
        council,
        name=title,
        title=title,
        description=Arrangement.Kind(content.kind).label + ".",
        as_at=(version and version.published_on) or localdate(clock.now()),
        version=version_lines(version),
    )
    return paper.typeset(
        "partnership.typ",
        {
            "title": title,
            "kind": Arrangement.Kind(content.kind).label,
            "purpose": content.purpose,
            "about": tables.about(content),
            "parts": list(_parts(content)),
            "source": content.source,
            "note": content.note,
        },
    )


def _parts(content: ArrangementContent) -> Iterator[Part]:
    if content.why:
        yield _words("Why it was changed", content.why)
    if content.programme:
        yield from _programme(content.programme)
    if content.pool:
        yield from _pool(content.pool)
    if content.framework:
        yield from _framework(content.framework)


def _words(head: str, *texts: str) -> Part:
    return {"head": head, "texts": [text for text in texts if text], "columns": [], "rows": []}


def _table(head: str, columns: list[str], rows: list[list[str]], *texts: str) -> Part:
    return {**_words(head, *texts), "columns": columns, "rows": rows}


def _programme(programme: ProgrammeContent) -> Iterator[Part]:
    if programme.elements:
        yield _table(
            "Services",
            ["Service", "What it does", "Standard", "How far it is"],
            [
                [line.name, line.what_it_does, line.standard or "None is given", line.state]
                for line in programme.elements
            ],
        )
    if programme.activities:
        yield _words("What has to be done", *(line.title for line in programme.activities))
    if programme.model:
        names = ", ".join(programme.lead_provider_names)
        called = f"The lead provider is called, in the paper: {names}." if names else ""
        yield _words(
            f"How it is commissioned: {programme.model}",
            programme.model_description,
            called,
            *programme.lead_provider_duties,
        )
    for decided, lines in programme.by_decision:
        yield _table(
            "Decided twice" if decided == "twice" else f"Functions: {decided}",
            ["Function", "What the paper says", "Recommended", "Decided"],
            [_function(line) for line in lines],
        )
    for issue in programme.issues:
        yield _words(issue.title, issue.at_stake, issue.options, issue.asked)
    if programme.paragraphs:
        yield _words(
            "The paper in its own words",
            *(f"{line.paragraph}. {line.text}" for line in programme.paragraphs),
        )


def _function(line: FunctionLine) -> list[str]:
    decided = [
        f"{decision.decision.capitalize()}, {day_words(decision.decided_on)}, "
        f"{decision.decided_by}: {decision.reason}"
        for decision in line.in_force
    ]
    recommended = "Nothing" if line.recommended == "undecided" else line.recommended.capitalize()
    return [line.name, line.position, recommended, "\n".join(decided) or "Nothing yet"]


def _pool(pool: PoolContent) -> Iterator[Part]:
    if pool.contributions:
        sums = [
            f"{financial_year_label(added.year)} {added.basis}".strip()
            + f": {pounds(added.total)} in exact amounts"
            + ("." if added.is_whole else f"; {added.left_out} not exact, and in no sum.")
            for added in pool.sums
        ]
        yield _table(
            "What partners put in",
            ["Partner", "Year", "Fund", "Basis", "Amount"],
            [
                [line.partner, line.year_label, line.fund, line.basis or "Not said", line.written]
                for line in pool.contributions
            ],
            *sums,
        )
    else:
        yield _words("What partners put in", "No amount is held.", pool.money_note)
    for line in pool.budgets:
        alerts = [f"{name.capitalize()} of {pounds(amount)}." for name, amount in line.alerts]
        yield _table(
            f"The budget, {line.year_label}",
            ["What", "Figure"],
            [[name, said] for name, said in tables.of_budget(pool, line)],
            *(["Partners have to be told:", *alerts] if alerts else []),
        )
    if not pool.budgets:
        yield _words("The budget", "No budget is held.")
    if pool.shares:
        yield _table(
            "Who bears what",
            ["What happens", "Who bears it", "Share", "Terms"],
            [
                [
                    line.event.capitalize(),
                    line.partner,
                    "Not said" if line.share is None else f"{line.share.normalize():f} %",
                    line.terms,
                ]
                for line in pool.shares
            ],
        )


def _framework(framework: FrameworkContent) -> Iterator[Part]:
    for domain, lines in framework.domains:
        yield _table(
            domain or "Outcomes",
            ["Outcome", "Weight", "Measures", "Target"],
            [
                [
                    line.statement,
                    "None" if line.weight is None else f"{line.weight.normalize():f} %",
                    "\n".join(measure.title for measure in line.measures) or "No measure",
                    line.target,
                ]
                for line in lines
            ],
        )
    if not framework.outcomes:
        yield _words("Outcomes", "No outcome is held.", framework.not_held)
    if framework.tensions:
        pairs = (f"{line.first.capitalize()} and {line.other}." for line in framework.tensions)
        yield _words("What pulls apart", *pairs)
