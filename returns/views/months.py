"""Opening a month of a council's vital signs."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from bcfportal.lib import clock
from bcfportal.lib.periods import Period, financial_year_of
from outcomes.entry.grid import counted_monthly
from outcomes.models import Month, Result
from publishing.models import ReportingPeriod
from publishing.pages import render_working_page
from publishing.workflow import NotNow
from returns.month_forms import OpenMonthForm
from returns.periods import open_period
from returns.views.periods import CONFLICT, council_to_run


@require_http_methods(["GET", "HEAD", "POST"])
def open_month(request, council):
    """Opens a month of the council's vital signs. Http404 where the council counts none."""
    council, access = council_to_run(request, council)
    after = _month_to_follow(council)
    if after is None:
        raise Http404("No measure of this council is counted every month.")
    form = OpenMonthForm(
        request.POST or None,
        initial=_month_answers(after),
        after=after,
        opened=set(council.periods.of_vital_signs().values_list("key", flat=True)),
        today=clock.today(),
    )
    problem = ""
    if request.method == "POST" and form.is_valid():
        cleaned = form.cleaned_data
        try:
            opened = open_period(
                council=council,
                key=cleaned["month"],
                title=cleaned["title"],
                meets=cleaned["meets"],
                kind=ReportingPeriod.Kind.VITAL_SIGNS,
                by=request.user,
                **form.dates,
            )
        except NotNow as error:
            problem = str(error)
        else:
            messages.success(request, f"{opened.label} is open: its vital signs can be entered.")
            return redirect("reporting:return", council.slug, opened.key, Month.SLUG)
    return render_working_page(
        request,
        "returns/open_month.html",
        council,
        access,
        "quarter",
        status=CONFLICT if problem else 200,
        form=form,
        problem=problem,
    )


def _month_to_follow(council):
    """The month after which the next is opened: of the latest period, or of the latest result."""
    monthly = counted_monthly(council)
    if not monthly.exists():
        return None
    last = council.periods.of_vital_signs().order_by("-key").first()
    if last:
        return Period.parse(last.key)
    result = Result.objects.filter(measure__in=monthly).order_by("-period").first()
    return Period.parse(result.period) if result else _last_month(clock.today())


def _last_month(today):
    last = today.replace(day=1) - timedelta(days=1)
    return Period(financial_year_of(last), month=(last.month - 4) % 12 + 1)


def _month_answers(after):
    month = after.following
    return {
        "month": month.key,
        "title": "Performance management report",
        "as_at": month.last_day,
    }
