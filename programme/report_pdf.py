"""The papers of a published period as accessible PDFs.

This turns a programme into plain data with every figure already formatted; the templates in
``templates/pdf`` only lay it out. A project's page prints everything on its sheet except the
summary texts, which are in the summary overview.
"""

from dataclasses import replace

from bcfportal.lib import present
from bcfportal.lib.money import pounds, short_pounds
from bcfportal.lib.papers.paper import Paper, printed_rating, version_lines
from bcfportal.lib.periods import financial_year_label, period_of
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import counted, day_words, listed
from bcfportal.lib.versions import standing_address
from programme.groups import Group
from programme.programme import Programme
from programme.report_pdf_tables import paper_table, shown_rating
from returns.content import Sheet, reported_since
from returns.period_versions.published import REPORTED
from returns.rule import better_than_rule, declared_better, ruled

# With more years the table of allocations has a row for each year and a column for each fund.
YEARS_ACROSS = 4
NONE_PRINTED = "– none printed"
NO_LINE = "no line"
AS_THEY_ARE = (
    *("slug", "title", "short_title", "condition_number", "condition_title", "described_only"),
    *("fund_labels", "rating_text", "measures_introduction", "notes", "source"),
    *("summary_description", "summary_method", "summary_performance", "summary_total_note"),
)


def summary_overview(programme: Programme) -> bytes:
    """The summary overview: the projects side by side, four across, by grant condition."""
    paper = _paper(programme, "Summary overview", _holds(programme))
    holds = {"better": _declared_better(programme), "groups": _groups(programme)}
    return paper.typeset("summary-overview.typ", holds)


def progress_update(programme: Programme) -> bytes:
    """The whole report: cover, contents, summary overview, and each project on a page."""
    period = programme.period
    paper = _paper(programme, period.subtitle or period.title, _holds(programme))
    content = {
        "title": period.title,
        "subtitle": period.subtitle,
        "holds": _holds(programme),
        "better": _declared_better(programme),
        "contents": {f"project-{sheet.slug}": _contents(sheet) for sheet in programme.sheets},
        "groups": _groups(programme),
    }
    return paper.typeset("progress-update.typ", content)


def project_on_a_page(programme: Programme, sheet: Sheet) -> bytes:
    """One project's page, or the entry of a project that is described only."""
    paper = _paper(programme, sheet.title, f"One project of {programme.period.title}.")
    if own := programme.version_of(sheet):
        # How this project's return was approved stands with its facts.
        lines = present(version_lines(replace(own, approved_own="")))
        paper = replace(paper, version=lines | {"replaces": _printed_with(programme)})
    return paper.typeset("project.typ", {"sheet": _sheet(sheet, programme)})


def _paper(programme, title, description):
    return Paper(
        programme.council,
        name=programme.period.subtitle or programme.period.title,
        title=title,
        description=description,
        as_at=programme.period.as_at,
        version=_standing(programme),
        more={"purpose": programme.own_words.purpose_word},
    )


def _standing(programme):
    """The version of the paper; for a preview, that it is one, and what has not reported."""
    if programme.version:
        return _version(programme)
    if not programme.preview:
        return None
    line = "Preview: approved, not published"
    missing = programme.missing_words
    return {"line": line, "corrected": "", "changes": [], "missing": missing}


def _version(programme):
    """The version of the paper, and what its report corrects."""
    version = programme.version
    corrected = [
        correction
        for correction in programme.corrections
        if correction.period == programme.period.key
    ]
    return present(version_lines(version)) | {
        "corrected": "",
        "changes": [],
        "missing": programme.missing_words,
        "replaces": _replaces(version, corrected),
    }


def _printed_with(programme: Programme) -> str:
    """With which later version of the period a project's paper is made: its marks may be others."""
    version = programme.version
    if version is None or version.number == 1:
        return ""
    return (
        f"Printed with version {version.number} of {period_of(programme.period.key).label}, "
        f"published on {day_words(present(version.published_on))}. Fingerprint {version.short}. "
        f"See whether that is still current: {standing_address(version)}"
    )


def _replaces(version, corrected):
    if version.number == 1 or not corrected:
        return ""
    days = dict.fromkeys(day_words(correction.on) for correction in corrected)
    return f"It replaces version {version.number - 1}. Corrected on {listed(list(days))}."


def _holds(programme):
    """One line on what the paper covers: how many projects, how much money, which years."""
    conditions = len(programme.conditions)
    own_words = programme.own_words
    word = own_words.purpose_word if conditions == 1 else own_words.purpose_words
    under = f"under {conditions} {word.lower()}"
    day = programme.allocations_on
    force = f" By the allocations in force on {day_words(day)}." if day and programme.years else ""
    return f"{_counted(programme)}, {under}. {_allocated(programme)}{force}"


def _counted(group: Group) -> str:
    """How many there are, such as "23 projects and 6 entries that are described only"."""
    projects, entries = len(group.projects), len(group.described)
    counts = []
    if projects or not entries:
        counts.append(counted(projects, "project"))
    if entries:
        said = counted(entries, "entry that is", "entries that are")
        counts.append(f"{said} described only")
    return " and ".join(counts)


def _allocated(group: Group) -> str:
    years = sorted({year for sheet in group.sheets for year in sheet.years})
    if group.total is None:
        return "No allocation by year is printed."
    return f"{pounds(group.total)} allocated {_span(years)}."


def _span(years):
    first, last = financial_year_label(years[0]), financial_year_label(years[-1])
    return f"in {first}" if first == last else f"over {first} to {last}"


def _contents(sheet):
    """The project's line in the contents: as printed, or its funds and short title."""
    return sheet.contents_entry or f"{sheet.fund_labels} {sheet.short_title}".strip()


def _groups(programme):
    """The grant conditions with their sheets, reporting projects apart from described ones."""
    return [
        {
            "number": group.number,
            "title": group.title,
            "facts": f"{_counted(group)}. {_allocated(group)}",
            "allocated": _pounds(group.total),
            "ratings": _ratings(group),
            "reported": [_sheet(sheet, programme) for sheet in group.projects],
            "described": [_sheet(sheet, programme) for sheet in group.described],
        }
        for group in programme.conditions
    ]


def _ratings(group):
    """How many projects have each rating, and how many have none for this period."""
    counts = [(printed_rating(rating), str(count)) for rating, count in group.ratings]
    for label, sheets in (("Not reported", group.not_reported), ("Ended", group.ended)):
        if sheets:
            counts.append(({"key": "earlier", "words": label}, str(len(sheets))))
    return counts


def _sheet(sheet: Sheet, programme: Programme) -> dict:
    total = "" if sheet.total is None else pounds(sheet.total)
    style = programme.own_words.money_style
    short = "" if sheet.total is None else short_pounds(sheet.total, style)
    by_rule, better = _by_rule(sheet), better_than_rule(sheet)
    # Under the rating if the two differ; else beside the results, where there is room.
    beside = by_rule if sheet.measures and not better else ""
    return {
        **{name: getattr(sheet, name) for name in AS_THEY_ARE},
        "facts": _facts(sheet, total),
        "total": total,
        "printed": sheet.summary_total_as_printed or short or NONE_PRINTED,
        "rating": shown_rating(sheet),
        "standing": sheet.standing_words,
        "ended": sheet.ended_words,
        "corrected": [correction.named_words for correction in programme.corrected(sheet.slug)],
        "changes": [change.sentence for change in getattr(sheet, "changes", [])],
        "by_rule": "" if beside else by_rule,
        "unchanged": sheet.unchanged_words,
        "better": printed_rating(better.rating) if better and sheet.state == REPORTED else None,
        "sections": _sections(sheet),
        "streams": [
            {
                "title": stream.title or stream.fund.name,
                "fund": stream.fund.name if stream.title else "",
                "description": stream.description,
            }
            for stream in sheet.streams
            if stream.title or stream.description
        ],
        "finance": _finance(sheet),
        "sums": [
            {
                "printed": stated.as_printed,
                "purpose": _purpose(stated),
                "pounds": pounds(stated.amount),
            }
            for stated in sheet.stated_sums
        ],
        "sums_printed": "\n".join(
            ": ".join(filter(None, (stated.as_printed, stated.purpose)))
            for stated in sheet.stated_sums
        )
        or short
        or NONE_PRINTED,
        "money_notes": _money_notes(sheet),
        "measures": paper_table(sheet, programme, beside) if sheet.measures else None,
    }


def _purpose(stated):
    """What a stated sum is for, and its basis unless that is only "sum"."""
    basis = "" if stated.basis == "sum" else stated.basis
    return "; ".join(filter(None, (stated.purpose, basis)))


def _facts(sheet, total):
    """The line under the title: funds, money, providers."""
    facts = [" and ".join(fund.name for fund in sheet.funds)]
    if total:
        facts.append(f"{total} {_span(sheet.years)}")
    if sheet.described_only:
        facts.append("Described only, with no measures")
    if sheet.providers:
        facts.append(f"Provided by {listed(sheet.providers)}")
    facts.append(sheet.approved_own)
    return "  ·  ".join(filter(None, facts))


def _sections(sheet):
    sections = (
        ("Description", sheet.description),
        ("Rationale", sheet.rationale),
        ("Method", sheet.method),
        ("Performance", sheet.performance),
        *reported_since(sheet),
    )
    return [section for section in sections if section[1]]


def _by_rule(sheet):
    """What the rule says of the project, as on its page; empty if the rule says nothing."""
    by_rule = None if sheet.described_only else ruled(sheet)
    if by_rule is None:
        return ""
    then = " then" if sheet.standing_words else ""
    return f"By the rule: {by_rule.rating.label}{then}. {by_rule.reason}."


def _declared_better(programme):
    """Which projects are declared better than the rule, and how many; None if none is."""
    better = declared_better(programme.reported)
    if not better:
        return None
    sentences = [
        f"{sheet.short_title} is declared {Rating(sheet.rating).label.lower()} and by the rule is "
        f"{by_rule.rating.label.lower()}"
        for sheet, by_rule in better
    ]
    return {
        "head": f"Declared better than the rule: {len(better)}",
        "words": f"{'; '.join(sentences)}.",
    }


def _finance(sheet):
    """Allocations of each fund by year, with totals: years across, or down if there are many."""
    streams = [stream for stream in sheet.streams if stream.lines]
    rows = [
        [stream.fund.label, *(_allocation(stream, year) for year in sheet.years), stream.total]
        for stream in streams
    ]
    if len(streams) > 1:
        rows.append(["Total", *map(sheet.total_of, sheet.years), sheet.total])
    rows.insert(0, ["Fund", *map(financial_year_label, sheet.years), "Total"])
    if len(sheet.years) > YEARS_ACROSS:
        rows = [["Year", *rows[0][1:]], *rows[1:]]
        rows = [list(column) for column in zip(*rows, strict=True)]
    texts = [[cell if isinstance(cell, str) else _pounds(cell) for cell in row] for row in rows]
    return {
        "corner": texts[0][0],
        "columns": texts[0][1:],
        "rows": [{"head": row[0], "cells": row[1:]} for row in texts[1:] if streams],
    }


def _allocation(stream, year):
    line = next((line for line in stream.lines if line.year == year), None)
    return NO_LINE if line is None else _pounds(line.allocation)


def _pounds(amount):
    return NONE_PRINTED if amount is None else pounds(amount)


def _money_notes(sheet):
    """The notes on streams, years and sums, each once, with what it is about."""
    about: dict[str, list[str]] = {}
    for stream in sheet.streams:
        label = f"{stream.fund.label}: " if len(sheet.streams) > 1 else ""
        share = stream.share_note
        if stream.share_percent is not None and not share:
            share = f"This fund pays for {stream.share_percent.normalize():f}% of the service."
        for note in filter(None, (share, stream.note)):
            about.setdefault(label + note, [])
        for line in stream.lines:
            if line.note:
                about.setdefault(label + line.note, []).append(line.year_label)
        for stated in stream.stated_sums:
            if stated.note:
                about.setdefault(label + stated.note, []).append(stated.as_printed)
    return [f"{listed(names)}: {note}" if names else note for note, names in about.items()]


# What a sheet of A4 on its side has room for beside the names of measures. The widths of
