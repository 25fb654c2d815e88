"""What an edition of a savings paper says differently from the edition before it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import WITHDRAWN, Correction
from finance.savings.content import EVIDENCE_WORDS, Named, SavingsSheet, year_words

# What is not compared, and why.
LEFT_OUT = {
    "source": "where a figure is from, which no reader holds against another edition",
    "paper": "which paper reports it: the edition's own",
    "papers": "names and days of the papers themselves, compared as the sheet's own",
    "places": "how many decimals the source prints",
    "slug": "the address",
    "number": "the place in the list",
    "key": "the address of what a printed figure is about",
    "about": "the kind of what a printed figure is about",
    "written_here": "whether a document has it",
    "before": "follows from the change and the targets",
    "after": "follows from the change and the targets",
}
# Decimals that are no pounds.
_NUMBERS = {"fte", "current_fte", "total_fte", "amber_from", "green_within"}
_WORDS = {
    "achieved": "achieved so far or outturn",
    "over": "over or short of the target",
    "fte": "full-time equivalents",
    "current_fte": "full-time equivalents now",
    "total_fte": "full-time equivalents fewer",
    "as_printed": "as printed",
    "by": "to come by",
    "amber_from": "amber from, per cent of the target",
    "green_within": "green within, per cent of the target",
    "posts_end_soon_months": "months in which a post ends soon",
    "dated": "date of the paper",
}
_KINDS = (
    ("savings", "Saving", lambda line: line.slug),
    ("changes", "Change", lambda line: line.number),
    ("teams", "Team", lambda line: line.slug),
    ("posts", "Temporary post", lambda line: line.slug),
    ("options", "Option for change", lambda line: line.slug),
    ("printed", "Printed figure", lambda line: line.number),
    ("to_come", "Reported as to come", lambda line: line.number),
)


def corrections(before: SavingsSheet, after: SavingsSheet) -> tuple[Correction, ...]:
    """Every figure, word and rating that differs, and whatever came or went: savings first."""
    return (
        *_fields("The paper", before, after, {name for name, *_ in _KINDS} | {"rule"}),
        *_fields("The rule", before.rule, after.rule, set()),
        *(correction for kind in _KINDS for correction in _lines(before, after, *kind)),
        *_ratings(before, after),
    )


def without_what_was(differences: tuple[Correction, ...]) -> tuple[Correction, ...]:
    """The same where the edition before is withdrawn, so that what it said is not said again."""
    return tuple(
        replace(correction, before=WITHDRAWN if correction.before else "")
        for correction in differences
    )


def _lines(before, after, name, kind, key) -> Iterator[Correction]:
    old, new = ({key(line): line for line in getattr(sheet, name)} for sheet in (before, after))
    for line_key in dict.fromkeys((*new, *old)):
        was, now = old.get(line_key), new.get(line_key)
        what = f"{kind} “{_title(now or was)}”"
        if was is None or now is None:
            yield Correction(what, "in the paper" if was else "", "in the paper" if now else "")
        else:
            yield from _fields(what, was, now, {"years"})
        yield from _years(what, was, now)


def _title(line):
    return getattr(line, "title", "") or line.words


def _years(what, was, now) -> Iterator[Correction]:
    old, new = (
        {figures.year: figures for figures in getattr(line, "years", ())} for line in (was, now)
    )
    for year in dict.fromkeys((*new, *old)):
        named = f"{what}, {year_words(year)}"
        yield from _fields(named, old.get(year), new.get(year), {"year"})


def _fields(what, was, now, apart) -> Iterator[Correction]:
    for name in (now or was).__struct_fields__:
        if name in apart or name in LEFT_OUT:
            continue
        said = [_said(getattr(line, name), name) if line else "" for line in (was, now)]
        if said[0] != said[1]:
            yield Correction(f"{what}, {_WORDS.get(name, name.replace('_', ' '))}", *said)


def _ratings(before, after) -> Iterator[Correction]:
    old, new = (
        {(row.saving.slug, row.figures.year): row for row in sheet.rows()}
        for sheet in (before, after)
    )
    for row_key, now in new.items():
        if (was := old.get(row_key)) and was.rating != now.rating:
            what = f"Rating of saving “{now.saving.title}”, {year_words(now.figures.year)}"
            yield Correction(what, was.rating.label, now.rating.label)


def _said(value, name) -> str:
    """A value in words; nothing where there is none."""
    if value is None or value == "":
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if name in _NUMBERS else pounds(value)
    if isinstance(value, date):
        return day_words(value)
    if isinstance(value, Named):
        return value.name
    if name == "evidence":
        return EVIDENCE_WORDS[value]
    if name in ("from_year", "to_year"):
        return financial_year_label(value)
    if isinstance(value, list):
        return "; ".join(_of_list(part) for part in value)
    return str(value)


def _of_list(part):
    if hasattr(part, "__struct_fields__"):
        part = [getattr(part, name) for name in part.__struct_fields__]
    return part if isinstance(part, str) else ": ".join(filter(None, part))
