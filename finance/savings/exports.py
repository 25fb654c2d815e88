"""Downloads of savings, changes, posts and options: columns explained, rows of plain values."""

from collections.abc import Callable, Iterable, Iterator

from bcfportal.lib.exports import Export, by_name
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.versions import VERSION_COLUMNS, version_rows
from finance.savings.content import Named, SavingsSheet
from finance.savings.profiles import steps
from finance.savings.published import PaperChoice, PublishedSavings
from finance.savings.tables import post_rows

# The last columns of every file: which edition its rows are of.
EDITION_COLUMNS = (
    ("published_on", "When the edition was published; empty where that is not known."),
    ("correction", "That the edition corrects the one before, when and why."),
    ("standing", "What became of the edition since; empty while it is current."),
)


def edition_cells(chosen: PaperChoice | None) -> list:
    """What the last columns say of an edition; nothing of the working copy."""
    if chosen is None:
        return [None, "", ""]
    version = chosen.version
    return [version.published_on, version.corrected_words, version.standing_words]


def _rows_with_edition(rows: Callable[[SavingsSheet], Iterable[list]]):
    """Rows of what is shown, each with the edition that it is of."""

    def of(published: PublishedSavings) -> Iterator[list]:
        edition = edition_cells(published.chosen)
        return ([*row, *edition] for row in rows(published.sheet))

    return of


def _version_rows(published: PublishedSavings) -> Iterator[list]:
    if published.chosen is None:
        yield ["Version", "Working copy, not published", None]
    else:
        yield from version_rows(published.chosen.version)


VERSION = Export(
    "version",
    "Version",
    "Which edition the workbook is of, and one row for each thing that it corrects.",
    VERSION_COLUMNS,
    _version_rows,
)


def _export(name: str, title: str, about: str, columns: list, rows: Callable) -> Export:
    """A table of what is shown, which says in each row the edition that it is of."""
    return Export(
        name,
        title,
        about,
        [*columns, *EDITION_COLUMNS],
        _rows_with_edition(rows),
        beside=(VERSION,),
    )


def _year(year: int) -> str:
    return "" if year is None else financial_year_label(year)


def _slug(project: Named | None) -> str:
    return project.slug if project else ""


def saving_rows(sheet):
    for row in sheet.rows():
        saving, figures = row.saving, row.figures
        yield [
            saving.slug,
            saving.reference,
            saving.title,
            saving.action,
            _year(figures.year),
            figures.target,
            figures.achieved,
            figures.forecast,
            row.brings,
            row.shortfall,
            row.rating,
            row.reason,
            saving.evidence,
            saving.kind,
            _slug(saving.project),
            figures.source or saving.source,
            "; ".join(filter(None, (figures.note, saving.note))),
        ]


def change_rows(sheet):
    savings = {saving.slug: saving for saving in sheet.savings}
    profiles = {
        step.change.number: step
        for saving in savings.values()
        for step in steps(saving, sheet.changes)
    }
    for change in sheet.changes:
        step = profiles.get(change.number)
        yield [
            change.number,
            change.kind,
            change.status,
            change.title,
            change.saving,
            _slug(change.project),
            change.amount,
            _year(change.from_year),
            _year(change.to_year),
            change.from_fund,
            change.to_fund,
            change.starts.isoformat() if change.starts else "",
            change.ends.isoformat() if change.ends else "",
            _profile(step.before) if step else "",
            _profile(step.after) if step else "",
            change.reason,
            change.requested,
            change.decided,
            change.source,
            change.note,
        ]


def _profile(profile):
    return "; ".join(
        f"{financial_year_label(year)} {amount:.0f}" for year, amount in sorted(profile.items())
    )


def post_export_rows(sheet):
    for row in post_rows(sheet, sheet.as_at):
        post = row.post
        yield [
            post.slug,
            post.title,
            row.team.title if row.team else "",
            post.grade,
            post.fte,
            post.status,
            post.cost,
            post.basis,
            row.whole_cost and round(row.whole_cost, 2),
            row.team.cost if row.team else None,
            post.starts.isoformat() if post.starts else "",
            post.ends.isoformat() if post.ends else "",
            post.dates,
            post.fund,
            post.funding,
            _slug(post.project),
            post.source,
            post.note,
        ]


def option_rows(sheet):
    for option in sheet.options:
        start = [option.slug, option.reference, option.title, option.status, option.service_area]
        end = [option.signed_by, option.signed_when, option.saving, option.source, option.note]
        for year in option.years:
            yield [
                *start,
                financial_year_label(year.year),
                *(year.gross, year.lost_income, year.reprovision, year.net),
                *(year.capital, year.revenue, year.fte),
                *end,
            ]
        if not option.years:
            yield [*start, "", *(None,) * 7, *end]


SOURCE = ("source", "The document and the paragraph or table.")
NOTE = ("note", "What was lost or disagrees.")
PROJECT = ("project", "The project's slug, as in projects.csv; empty for none.")
STATUS = ("status", "What stage it has reached.")

SAVINGS_EXPORTS = by_name(
    _export(
        "savings",
        "Savings",
        "One row for each year of each saving.",
        [
            ("saving", "The saving's name in addresses."),
            ("reference", "The reference or references it is printed with."),
            ("title", "The title as printed."),
            ("action", "What is done to make it."),
            ("year", "The financial year; empty where the source states none."),
            ("target_pounds", "Pounds to be saved in the year."),
            ("achieved_pounds", "Pounds saved so far. Empty where none is printed."),
            ("forecast_pounds", "Pounds expected for the year. Empty where none is printed."),
            (
                "brings_pounds",
                "What the year is rated by: the outturn, or until then the forecast.",
            ),
            ("shortfall_pounds", "Target less that; negative where the target is exceeded."),
            ("rating", "green, amber, red or not rated, by the rule."),
            ("reason", "Why it is rated so."),
            ("evidence", "planned, at risk, delivered, validated or not stated."),
            ("kind", "cashable, avoided or not stated."),
            PROJECT,
            SOURCE,
            NOTE,
        ],
        saving_rows,
    ),
    _export(
        "changes",
        "Changes",
        "One row for each change that was asked for.",
        [
            ("number", "The change's number in the council."),
            ("kind", "re-profiling, funding source or extension."),
            STATUS,
            ("title", "What changes."),
            ("saving", "The saving, as in savings."),
            PROJECT,
            ("amount_pounds", "Pounds that are moved or added, or a year's cost."),
            ("from_year", "The year they are moved from, or the first year."),
            ("to_year", "The year they are moved to, or the last year."),
            ("from_fund", "The fund that paid."),
            ("to_fund", "The fund that pays from then on."),
            ("starts", "From when; the first of the month where only that is printed."),
            ("ends", "Until when."),
            ("targets_before", "The saving's targets in pounds by year before it."),
            ("targets_after", "The same after it."),
            ("reason", "Why."),
            ("requested", "Who asked and when, where the portal knows."),
            ("decided", "Who decides or decided, and when."),
            SOURCE,
            NOTE,
        ],
        change_rows,
    ),
    _export(
        "posts",
        "Temporary posts",
        "One row for each post.",
        [
            ("post", "The post's name in addresses."),
            ("title", "The title as printed."),
            ("team", "The team it belongs to, if any."),
            ("grade", "The grade or band."),
            ("fte", "Full-time equivalent."),
            STATUS,
            ("cost_pounds", "Pounds with on-costs. Empty where none is printed for the post."),
            ("cost_is", "a year's, or for its whole time."),
            ("whole_cost_pounds", "Worked out for its whole time, where its dates are known."),
            ("team_cost_pounds", "Pounds a year for the whole team: the same for each post."),
            ("starts", "From when; the first of the month where only that is printed."),
            ("ends", "Until when."),
            ("dates_as_printed", "The dates in the words of the paper."),
            ("fund", "The fund that pays."),
            ("funding", "Who pays, as printed."),
            PROJECT,
            SOURCE,
            NOTE,
        ],
        post_export_rows,
    ),
    _export(
        "options",
        "Options for change",
        "One row for each year of each option; one for an option with no years.",
        [
            ("option", "The option's name in addresses."),
            ("reference", "The reference as printed."),
            ("title", "The title as printed."),
            STATUS,
            ("service_area", "The service area."),
            ("year", "The financial year."),
            (
                "gross_saving_pounds",
                "Pounds saved before lost income and costs. Empty where the source has lost it.",
            ),
            ("lost_income_pounds", "Income lost."),
            ("reprovision_pounds", "Costs of providing it in another way."),
            ("net_saving_pounds", "The net saving as printed."),
            ("capital_pounds", "Capital costs. Empty where the source has lost them."),
            ("revenue_pounds", "Revenue costs. Empty where the source has lost them."),
            ("fte_reduction", "Permanent full-time equivalents that go."),
            ("signed_by", "Who signed it off, by post."),
            ("signed_when", "When, as printed."),
            ("saving", "The saving that it became, if it was agreed."),
            SOURCE,
            NOTE,
        ],
        option_rows,
    ),
)
