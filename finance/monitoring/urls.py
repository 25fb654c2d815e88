"""Addresses of a council's money: what is published, its files, and the reports being worked on."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from finance.models import MonitoringSection
from finance.monitoring.views import about as money_about
from finance.monitoring.views import entry as money_entry
from finance.monitoring.views import published as money
from finance.monitoring.views import publishing as money_publishing
from finance.monitoring.views import report as money_report
from finance.monitoring.views import saves as money_saves

patterns = [
    path("reserves/", public(money.reserves), name="reserves"),
    path("capital/", public(money.capital), name="capital"),
    path("reports/finance.pdf", public(money.finance_pdf), name="finance-pdf"),
    path("finance/<slug:name>.csv", public(money.money_csv), name="money-csv"),
    path("finance/<slug:name>.xlsx", public(money.money_xlsx), name="money-xlsx"),
    path("money/", money_entry.reports, name="money-reports"),
    path("money/<slug:period>/<int:version>/", money_report.report, name="money-report"),
    path(
        "money/<slug:period>/<int:version>/publish/",
        money_publishing.publish,
        name="money-publish",
    ),
    path("money/<slug:period>/<int:version>/about/", money_about.about, name="money-about"),
    *(
        path(
            f"money/<slug:period>/<int:version>/{name}/",
            money_entry.section,
            {"name": name},
            name=f"money-{name}",
        )
        for name in MonitoringSection.Name.values
    ),
    path(
        "money/<slug:period>/<int:version>/<slug:name>/saves/",
        money_saves.saves,
        name="money-saves",
    ),
    path(
        "money/<slug:period>/<int:version>/<slug:name>/saves/<int:number>/",
        money_saves.save,
        name="money-save",
    ),
]
