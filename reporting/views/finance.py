"""The money: allocations by fund, year and grant condition."""

from django.views.decorators.http import require_safe

from finance.calculations import allocations_frame, cross_tab
from finance.charts import allocations_by_year
from reporting.views.pages import programme_of, render_page


@require_safe
def finance(request, council):
    programme = programme_of(request, council)
    frame = allocations_frame(
        (sheet.condition_number, stream.fund.slug, line.year, sheet.slug, line.allocation)
        for sheet in programme.sheets
        for stream in sheet.streams
        for line in stream.lines
    )
    by_year = cross_tab(frame, "condition", "year")
    return render_page(
        request,
        "reporting/finance.html",
        programme,
        "finance",
        chart=allocations_by_year(by_year, programme.council.accent_colour),
        by_year=by_year,
        fund_by_year=cross_tab(frame, "fund", "year"),
        condition_by_fund=cross_tab(frame, "condition", "fund"),
        condition_titles={group.number: group.title for group in programme.conditions},
        fund_names={fund.slug: fund.name for fund in programme.funds},
        project_count=frame["project"].nunique(),
    )
