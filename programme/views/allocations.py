"""The money: allocations by fund, year and grant condition."""

from django.views.decorators.http import require_safe

from accounts.roles import Permission
from finance.allocations.calculations import allocations_frame, cross_tab
from finance.allocations.charts import allocations_by_year
from finance.monitoring.published import money_in, raise_where_withdrawn
from finance.monitoring.views.published import monitoring
from programme.pages import programme_of, render_page
from programme.programme import programme_in
from programme.spending import spending
from publishing.pages import council_shown, period_asked


@require_safe
def finance(request, council):
    """The council's budget monitoring; if it has none, its allocations to projects."""
    council, access = council_shown(request, council)
    asked = request.GET.get("report", "")[:40], request.GET.get("version", "")[:10]
    money = None
    if council.has_money or access.may(Permission.PREVIEW):
        money = money_in(council, access, *asked)
    if money is not None:
        return monitoring(request, money)
    if asked[0] or not council.has_programme:
        raise_where_withdrawn(council, *asked)
    return _allocations(request, programme_in(council, access, period_asked(request)))


@require_safe
def allocations(request, council):
    """What the funds allocate to projects, by year, fund and grant condition."""
    return _allocations(request, programme_of(request, council))


def _allocations(request, programme):
    frame = allocations_frame(
        (sheet.condition_number, stream.fund.slug, line.year, sheet.slug, line.allocation)
        for sheet in programme.sheets
        for stream in sheet.streams
        for line in stream.lines
    )
    by_year = cross_tab(frame, "condition", "year")
    council = programme.council
    own_words = programme.own_words
    word = own_words.purpose_word
    funds = [fund.slug for fund in programme.funds]
    return render_page(
        request,
        "programme/allocations.html",
        programme,
        "finance",
        chart=allocations_by_year(by_year, council.accent_colour, word, own_words.money_style),
        by_year=by_year,
        by_purpose_and_year=f"By {word.lower()} and year",
        by_purpose_and_fund=f"By {word.lower()} and fund",
        fund_by_year=cross_tab(frame, "fund", "year", funds),
        condition_by_fund=cross_tab(frame, "condition", "fund", funds),
        condition_titles={group.number: group.title for group in programme.conditions},
        fund_names={fund.slug: fund.name for fund in programme.funds},
        project_count=frame["project"].nunique(),
        spending=spending(programme),
    )
