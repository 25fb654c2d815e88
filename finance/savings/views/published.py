"""Savings, posts and options as papers published them; the working copy for those who keep it."""

from django.http import Http404
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.exports import export_of
from finance.savings.discrepancies import disagreements_in
from finance.savings.exports import SAVINGS_EXPORTS
from finance.savings.profiles import first_targets, steps
from finance.savings.published import raise_where_withdrawn, shown_to
from finance.savings.tables import (
    by_funding,
    by_rating,
    by_year,
    corrected,
    post_rows,
    totals_of,
    year_of,
)
from publishing.pages import council_shown, render_council_page


def _page(request, slug, template, make, section="savings"):
    """A page about one paper: ``make`` turns what is shown into the template's context."""
    council, access = council_shown(request, slug)
    published = shown_to(request, council, access)
    return render_council_page(
        request,
        template,
        council,
        access,
        section,
        of_version=published.version,
        published=published,
        sheet=published.sheet,
        may_keep=access.may(Permission.KEEP_SAVINGS),
        may_propose=access.may(Permission.PROPOSE_SAVINGS),
        may_see_working=published.may_see_working,
        **make(published),
    )


def day_looked_at(published):
    """Posts are looked at as at the paper's day, which stays; the working copy as at today."""
    return clock.today() if published.working else published.sheet.as_at


@require_safe
def savings(request, council):
    """Totals by rating, a table for each year, and how targets were moved."""
    return _page(request, council, "finance/savings/savings.html", _savings)


def _savings(published):
    sheet, rows = published.sheet, published.sheet.rows()
    profiles = {
        step.change.number: step
        for saving in sheet.savings
        for step in steps(saving, sheet.changes)
    }
    disagreements = list(disagreements_in(sheet))
    tables, before = by_year(rows), published.before()
    return {
        "totals": totals_of(rows),
        "by_rating": by_rating(tables),
        "tables": tables,
        "this_year": year_of(tables, sheet.as_at),
        "before": before,
        "was_achieved": corrected(sheet, before),
        "was_target": {
            (saving.slug, year): amount
            for saving in sheet.savings
            for year, amount in first_targets(saving, sheet.changes).items()
        },
        "noted": [saving for saving in sheet.savings if saving.note],
        "without_years": [saving for saving in sheet.savings if not saving.years],
        "explained": [saving for saving in sheet.savings if saving.explanation],
        "changes": [(change, profiles.get(change.number)) for change in sheet.changes],
        "printed": [printed for printed in sheet.printed if printed.about == "group"],
        "wrong": {disagreement.key: disagreement for disagreement in disagreements},
        "disagreements": [
            disagreement
            for disagreement in disagreements
            if disagreement.key.startswith("savings:")
        ],
    }


@require_safe
def posts(request, council):
    """Temporary posts, those that end first on top, and what each source of money pays for."""
    return _page(request, council, "finance/savings/posts.html", _posts)


def _posts(published):
    today = day_looked_at(published)
    rows = post_rows(published.sheet, today)
    return {
        "today": today,
        "rows": rows,
        "soon": [row for row in rows if row.ends_soon],
        "teams": published.sheet.teams,
        "by_funding": by_funding(published.sheet, today),
    }


@require_safe
def options(request, council):
    return _page(
        request,
        council,
        "finance/savings/options.html",
        lambda published: {"options": published.sheet.options},
    )


@require_safe
def option(request, council, slug):
    """One option for change. Raises Http404 where the paper has none of that name."""

    def make(published):
        chosen = next((line for line in published.sheet.options if line.slug == slug), None)
        if chosen is None:
            raise_where_withdrawn(
                published, lambda sheet: any(line.slug == slug for line in sheet.options)
            )
            raise Http404("No such option in this paper.")
        mine = [
            line
            for line in disagreements_in(published.sheet)
            if line.key.startswith("options:") and line.key.split(":")[2] == slug
        ]
        return {"option": chosen, "disagreements": mine}

    return _page(request, council, "finance/savings/option.html", make)


@require_safe
def download(request, council, table, form):
    """One table as CSV or XLSX. Raises Http404 where there is none of that name."""
    council, access = council_shown(request, council)
    published = shown_to(request, council, access)
    export = export_of(SAVINGS_EXPORTS, table)
    paper = published.sheet.paper or "working-copy"
    if published.chosen and published.chosen.number > 1:
        # Editions have names of their own, so that one never takes another's place in a folder.
        paper = f"{paper}-edition-{published.chosen.number}"
    stem = f"{council.file_name}-{paper}-{export.name}"
    return export.answer(published, stem, form, version=published.version)
