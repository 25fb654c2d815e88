"""The summary overview, one project on a page, and one grant condition."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from bcfportal.lib.withdrawals import NotThen
from finance.savings.published import of_project
from outcomes.project_measures.table import measure_table
from programme.filters import ProjectFilterForm
from programme.forecasts import forecasts_of
from programme.groups import group_by_condition
from programme.headlines import project_risks
from programme.pages import programme_of, programme_with, render_page
from programme.programme import Programme
from programme.search import search_projects
from projects.models import Project
from publishing import registry
from publishing.council_sections import told_apart
from publishing.period_versions.published import last_period_with
from publishing.registry import SearchResult
from stated.models import StatedFigure
from stated.published import of_project as stated_of


@require_safe
def projects(request, council):
    """Projects as cards or as the report's table; the filters are in the address."""
    programme = programme_of(request, council)
    form = ProjectFilterForm(request.GET, programme=programme)
    sheets, matches, elsewhere = programme.sheets, None, []
    if form.is_valid():
        if form.cleaned_data["search"]:
            matches = search_projects(programme, form.cleaned_data["search"])
            sheets = [programme.sheet(slug) for slug in matches]
            elsewhere = _found_elsewhere(programme, form.cleaned_data["search"])
        sheets = [sheet for sheet in sheets if form.matches(sheet)]
    return render_page(
        request,
        "programme/projects.html",
        programme,
        "projects",
        form=form,
        sheets=sheets,
        groups=group_by_condition(sheets),
        matches=matches and [(sheet, matches[sheet.slug]) for sheet in sheets],
        searching=matches is not None,
        elsewhere=elsewhere,
        filtered=any(form.data.get(name) for name in ("condition", "fund", "rating")),
        as_table=request.GET.get("view") == "table",
    )


def _found_elsewhere(programme: Programme, text: str) -> list[SearchResult]:
    """What other subjects find; they have versions of their own, so an old report has none."""
    if not programme.stands or programme.access is None:
        return []
    return registry.search_everything(programme.council, programme.access, text)


@require_safe
def project(request, council, slug):
    programme = programme_with(request, council, slug)
    _reported_then(programme, slug)
    sheet = programme.sheet(slug)
    before, after = programme.neighbours(sheet)
    council = programme.council
    amounts = [line.allocation for stream in sheet.streams for line in stream.lines]
    return render_page(
        request,
        "programme/project.html",
        programme,
        "projects",
        sheet=sheet,
        before=before,
        after=after,
        may_set=bool(programme.access and programme.access.may(Permission.SET_MEASURES)),
        table=measure_table(sheet, programme.corrected_figures(slug)),
        corrected=programme.corrected(slug),
        given_otherwise=programme.given_otherwise(slug),
        version=programme.version_of(sheet),
        forecasts=forecasts_of(programme, slug),
        largest_line=max((amount for amount in amounts if amount), default=0),
        # Savings and risks have versions of their own: today's, not those of that time.
        savings=of_project(council, slug) if programme.stands else None,
        risks=project_risks(council, slug) if programme.stands else [],
        stated=_stated(programme, slug),
    )


def _stated(programme: Programme, slug: str) -> list[tuple[str, list[StatedFigure]]]:
    """What papers state in words of the project: of today, so that an old report has none."""
    has_any = programme.stands and told_apart(programme.council).has_stated
    return stated_of(programme.council, slug) if has_any else []


def _reported_then(programme, slug):
    """Raises NotThen if the report does not have the project and another report does."""
    if any(sheet.slug == slug for sheet in programme.sheets):
        return
    council = programme.council
    if key := last_period_with(council, slug):
        project = Project.objects.get(council=council, slug=slug)
        raise NotThen(
            council,
            f"{project} is not in the report of {programme.period.label}.",
            f"{reverse('reporting:project', args=[council.slug, slug])}?period={key}",
        )


@require_safe
def condition(request, council, number):
    programme = programme_of(request, council)
    group = next((group for group in programme.conditions if group.number == number), None)
    if group is None:
        raise Http404("No such grant condition.")
    years = [(year, group.total_of(year)) for year in programme.years]
    return render_page(
        request,
        "programme/condition.html",
        programme,
        "projects",
        group=group,
        years=years,
        largest_year=max((amount for _, amount in years if amount), default=0),
    )
