"""What the ledger holds, by code and month: a page, and the same as CSV and XLSX."""

from django.core.paginator import Paginator
from django.db.models import Count, Q, Sum
from django.db.models.functions import Substr
from django.http import Http404
from django.views.decorators.http import require_safe

from accounts.roles import Permission
from bcfportal.lib.downloads import CSV, XLSX
from bcfportal.lib.periods import financial_year_label
from finance.ledger.exports import LINES
from finance.ledger.forms import LedgerFilterForm
from finance.models import LedgerChange, LedgerLine
from publishing.pages import render_working_page, working_council

ROWS_ON_PAGE = 100


@require_safe
def ledger(request, council):
    council, access = _council(request, council)
    form, lines = _chosen(request, council)
    sums = _by_year(lines)
    number = sum(year["number"] for year in sums)
    pages = Paginator(lines.select_related("upload"), ROWS_ON_PAGE)
    # Counted already, together with the sum.
    pages.count = number
    page = pages.get_page(request.GET.get("page"))
    return render_working_page(
        request,
        "finance/ledger/lines.html",
        council,
        access,
        "ledger",
        form=form,
        page=page,
        lines=_with_before(page.object_list),
        number=number,
        sums=sums,
        filtered=any(form.data.get(name) for name in form.fields),
        may_upload=access.may(Permission.UPLOAD_LEDGER),
    )


@require_safe
def ledger_csv(request, council):
    """The lines that the page shows, all pages of them, as CSV."""
    return _download(request, council, CSV)


@require_safe
def ledger_xlsx(request, council):
    """The lines that the page shows, all pages of them, as XLSX."""
    return _download(request, council, XLSX)


def _download(request, council, form):
    council, _ = _council(request, council)
    form_of_filter, lines = _chosen(request, council)
    if not form_of_filter.is_valid():
        raise Http404("No such lines.")
    return LINES.answer(lines, f"{council.file_name}-ledger", form)


def _council(request, slug):
    council, access = working_council(request, slug)
    access.require(Permission.SEE_LEDGER)
    return council, access


def _by_year(lines):
    """How many lines and pounds each financial year has, in order: a sum of two is of neither."""
    years = lines.order_by().annotate(year=Substr("period", 1, 4)).values("year")
    sums = years.annotate(number=Count("pk"), pounds=Sum("amount")).order_by("year")
    return [row | {"label": financial_year_label(int(row["year"]))} for row in sums]


def _with_before(lines):
    """(line, its amount before that last became another, and when it did). One query.

    Both are None if it has not changed since the line was added.
    """
    lines = list(lines)
    if not lines:
        return []
    changes = LedgerChange.objects.filter(
        council=lines[0].council_id,
        code__in={line.code for line in lines},
        period__in={line.period for line in lines},
        is_same=False,
    ).select_related("upload", "taken_back")
    acts: dict[tuple[str, str], list[tuple]] = {}
    for change in changes:
        key = (change.code, change.period)
        past = acts.setdefault(key, [])
        past.append((change.upload.applied_at, change.was_amount, change.amount))
        if change.taken_back:
            past.append((change.taken_back.at, change.amount, change.was_amount))
    return [(line, *_last_other(acts.get((line.code, line.period), ()))) for line in lines]


def _last_other(acts):
    for at, was, now in sorted(acts, key=lambda act: act[0], reverse=True):
        if was is None or now is None:
            break
        if was != now:
            return was, at
    return None, None


def _chosen(request, council):
    """The filter, and the lines that match it: all of them if the filter is not valid."""
    lines = LedgerLine.objects.filter(council=council).order_by("code", "period")
    months = lines.order_by().values_list("period", flat=True).distinct()
    form = LedgerFilterForm(request.GET, months=months)
    if form.is_valid():
        chosen = form.cleaned_data
        if chosen["search"]:
            search = chosen["search"]
            lines = lines.filter(Q(code__icontains=search) | Q(description__icontains=search))
        if chosen["period"]:
            lines = lines.filter(period=chosen["period"])
    return form, lines
