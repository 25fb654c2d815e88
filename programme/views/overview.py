"""The overview: the programme in one minute."""

from django.views.decorators.http import require_safe

from bcfportal.lib.ratings import COLOURS, Rating
from partnerships.models import ArrangementVersion
from programme.headlines import together
from programme.pages import render_page
from programme.programme import programme_in
from publishing.council_sections import has_contents
from publishing.may_read import reads_drafts
from publishing.pages import (
    council_shown,
    period_asked,
    render_council_page,
    version_asked,
)
from returns.content import Sheet
from returns.rule import declared_better

ALERTS = (Rating.RED, Rating.AMBER)


@require_safe
def overview(request, council):
    """The programme, or the council's other subjects if it has published none."""
    council, access = council_shown(request, council)
    if not council.has_programme and has_contents(council):
        return render_council_page(
            request,
            "programme/council.html",
            council,
            access,
            "overview",
            together=together(council, access),
            keeps_partnerships=reads_drafts(ArrangementVersion, access),
        )
    programme = programme_in(council, access, period_asked(request), version_asked(request))
    by_rating = programme.by_rating
    unrated = [s for rating, sheets in by_rating if rating not in COLOURS for s in sheets]
    years = [(year, programme.total_of(year)) for year in programme.years]
    return render_page(
        request,
        "programme/overview.html",
        programme,
        "overview",
        years=years,
        largest_year=max((amount for _, amount in years if amount), default=0),
        largest_condition=max((group.total or 0 for group in programme.conditions), default=0),
        attention=[sheet for rating, sheets in by_rating if rating in ALERTS for sheet in sheets],
        unrated=unrated,
        unrated_words=_by_words(unrated),
        together=together(council, access) if programme.stands else None,
        headline=programme.total_of(programme.year),
        keeps_partnerships=reads_drafts(ArrangementVersion, access),
        better=declared_better(programme.reported),
    )


def _by_words(sheets):
    """(rating, text, sheets): projects with the same rating text together, those without last."""
    said: dict[tuple[str, str], list[Sheet]] = {}
    for sheet in sorted(sheets, key=lambda sheet: not sheet.rating_text):
        said.setdefault((sheet.rating, sheet.rating_text), []).append(sheet)
    return [(rating, text, same) for (rating, text), same in said.items()]
