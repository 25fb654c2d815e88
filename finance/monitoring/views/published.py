"""Published money: budget monitoring, reserves, the capital programme, and their files."""

from django.http import Http404
from django.urls import reverse
from django.views.decorators.http import require_safe

from bcfportal.lib.downloads import CSV, XLSX
from bcfportal.lib.exports import export_of
from finance.monitoring.charts import variances
from finance.monitoring.exports import MONEY_EXPORTS
from finance.monitoring.published import Money, money_for
from finance.monitoring.report_pdf import finance_paper, kept_name
from finance.monitoring.tables import capital_table, reserve_table
from finance.monitoring.tree import Node
from publishing.kept_papers import handed_out
from publishing.pages import render_council_page


def money_of(request, slug) -> Money:
    """The report that the address asks for, as this person may see it. Raises Http404 otherwise."""
    report = request.GET.get("report", "")[:40]
    return money_for(request.user, slug, report, request.GET.get("version", "")[:10])


def _areas(money: Money, path: list[Node]) -> list[tuple[str, str]]:
    """(address, name) of the areas above the one that is shown; the first is all of the money."""
    address = reverse("reporting:finance", args=(money.council.slug,)) + money.listed.query
    below = ((f"{address}&area={node.slug}", node.name) for node in path[1:])
    return [(address, "Money"), *below] if path else []


def monitoring(request, money: Money):
    """The summary, or one area with its parts, explanation and movement."""
    asked = request.GET.get("area", "")[:60]
    node = money.root.find(asked) if asked else money.root
    if node is None:
        raise Http404("No such area in this report.")
    branch = list(node.walk())
    path = money.root.path_to(node.slug)
    slug = money.council.slug
    return render_council_page(
        request,
        "finance/monitoring/statement.html",
        money.council,
        money.access,
        "finance",
        of_version=money.version,
        money=money,
        statement=money.statement,
        node=node,
        table_nodes=node.parts_and_whole,
        path=path,
        name_of_page=node.name if path else "Money",
        steps=[(reverse("reporting:overview", args=(slug,)), "Overview"), *_areas(money, path)],
        largest=node.largest_variance,
        chart=variances(node, money.council.accent_colour),
        # What the source prints otherwise, of the area shown and of everything below it.
        differing=[(below, odd) for below in branch for odd in below.differing],
        explained=[part for part in node.parts if part.explained],
        every_line=branch if any(part.parts for part in node.parts) else [],
        has_previous=any(below.previous_variance is not None for below in branch),
        has_last_year=any(below.last_year_actual is not None for below in branch),
        next_budgets=[below for below in branch if below.next_budget is not None],
        stated=[(below, other) for below in branch for other in below.stated],
        was={old.slug: old for old in money.before_root.walk()} if money.before_root else {},
        current="monitoring",
    )


@require_safe
def reserves(request, council):
    money = money_of(request, council)
    table = reserve_table(money.statement)
    return render_council_page(
        request,
        "finance/monitoring/reserves.html",
        money.council,
        money.access,
        "finance",
        of_version=money.version,
        money=money,
        statement=money.statement,
        table=table,
        current="reserves",
    )


@require_safe
def capital(request, council):
    money = money_of(request, council)
    table = capital_table(money.statement)
    return render_council_page(
        request,
        "finance/monitoring/capital.html",
        money.council,
        money.access,
        "finance",
        of_version=money.version,
        money=money,
        statement=money.statement,
        table=table,
        current="capital",
    )


def _name(money, name):
    """Versions have names of their own, so that one never takes another's place in a folder."""
    version = f"-v{money.statement.version}" if money.statement.version > 1 else ""
    return f"{money.council.file_name}-{money.statement.period}{version}-{name}"


@require_safe
def money_csv(request, council, name):
    return _table(request, council, name, CSV)


@require_safe
def money_xlsx(request, council, name):
    return _table(request, council, name, XLSX)


def _table(request, council, name, form):
    export, money = export_of(MONEY_EXPORTS, name), money_of(request, council)
    return export.answer(money, _name(money, name), form, version=money.version)


@require_safe
def finance_pdf(request, council):
    money = money_of(request, council)
    return handed_out(
        lambda: finance_paper(money),
        filename=f"{_name(money, 'finance')}.pdf",
        name=kept_name(money.council.slug, money.since),
        version=money.version,
    )
