"""Addresses of what is published and of the quarter; everything of a council is under its slug.

Every address requires sign-in unless it is marked public here.
"""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import include, path, register_converter

from finance.ledger import urls as ledger_urls
from finance.monitoring import urls as money_urls
from finance.savings import urls as savings_urls
from meetings import urls as meetings_urls
from outcomes import urls as vital_signs_urls
from partnerships import urls as partnership_urls
from programme.views import about, data, home, overview, papers, projects, promises, versions
from programme.views import allocations as finance
from programme.views import discrepancies as checks
from programme.views import withdrawals as withdrawing
from publishing.models import SectionName
from returns.views import board as quarter
from returns.views import months, periods, returns, review, section
from returns.views import promises as promised
from returns.views import publication as publishing
from returns.views import saves as section_saves
from risks import urls as risks_urls
from stated import urls as stated_urls

app_name = "reporting"


class SectionConverter:
    regex = "|".join(SectionName.values)

    def to_python(self, value: str) -> SectionName:
        return SectionName(value)

    def to_url(self, value: SectionName | str) -> str:
        return str(value)


register_converter(SectionConverter, "section")

council_patterns = [
    path("", public(overview.overview), name="overview"),
    path("theme-<str:colour>.css", public(home.theme), name="theme"),
    path("projects/", public(projects.projects), name="projects"),
    path("projects/<slug:slug>.pdf", public(papers.project_pdf), name="project-pdf"),
    path("projects/<slug:slug>/", public(projects.project), name="project"),
    path("conditions/<int:number>/", public(projects.condition), name="condition"),
    *ledger_urls.patterns,
    path("finance/allocations/", public(finance.allocations), name="allocations"),
    path("finance/", public(finance.finance), name="finance"),
    *money_urls.patterns,
    path("reports/", public(papers.papers), name="papers"),
    path("reports/summary-overview.pdf", public(papers.summary_overview), name="summary-overview"),
    path("reports/progress-update.pdf", public(papers.progress_update), name="progress-update"),
    path("data/", public(data.data), name="data"),
    path("data/<slug:name>.csv", public(data.download), name="download"),
    path("promises/", public(promises.promises), name="promises"),
    path("promises/promises.csv", public(promises.download), {"form": "csv"}, name="promises-csv"),
    path(
        "promises/promises.xlsx", public(promises.download), {"form": "xlsx"}, name="promises-xlsx"
    ),
    path("about/", public(about.about), name="about"),
    path("checks/", checks.checks, name="checks"),
    path("checks/checks.csv", checks.download, name="checks-csv"),
    path(
        "versions/<slug:period>/<int:number>/",
        public(versions.period_version),
        name="period-version",
    ),
    path(
        "versions/<slug:period>/<int:number>/content.json",
        public(versions.content),
        name="version-content",
    ),
    path(
        "versions/<slug:short>/withdraw/",
        withdrawing.withdraw_published,
        name="withdraw-published",
    ),
    *savings_urls.patterns,
    path("returns/", returns.my_returns, name="my-returns"),
    path("returns/<slug:period>/<slug:slug>/", returns.task_list, name="return"),
    path("returns/<slug:period>/<slug:slug>/check/", returns.check, name="check"),
    path("returns/<slug:period>/<slug:slug>/submit/", returns.submit_return, name="submit"),
    path("returns/<slug:period>/<slug:slug>/carry/", returns.carry_forward, name="carry"),
    path("returns/<slug:period>/<slug:slug>/withdraw/", returns.withdraw, name="withdraw"),
    path("returns/<slug:period>/<slug:slug>/promises/", promised.add, name="add-return-promise"),
    path(
        "returns/<slug:period>/<slug:slug>/promises/<slug:kind>/<slug:promise>/",
        promised.answer,
        name="answer-return-promise",
    ),
    path("returns/<slug:period>/<slug:slug>/<section:name>/", section.section, name="section"),
    path(
        "returns/<slug:period>/<slug:slug>/<section:name>/saves/",
        section_saves.saves,
        name="saves",
    ),
    path(
        "returns/<slug:period>/<slug:slug>/<section:name>/saves/<int:number>/",
        section_saves.save,
        name="save",
    ),
    path("quarter/", quarter.quarter, name="quarter"),
    path("periods/", periods.periods, name="periods"),
    path("periods/open-month/", months.open_month, name="open-month"),
    path("periods/<slug:period>/", periods.period, name="period"),
    path("quarter/<slug:period>/approve/", review.approve_many, name="approve-many"),
    path("quarter/<slug:period>/publish/", publishing.publish, name="publish"),
    path("quarter/<slug:period>/current/", publishing.current, name="make-current"),
    path("quarter/<slug:period>/publications/", publishing.publications, name="publications"),
    path("quarter/<slug:period>/<slug:slug>/", review.review, name="review"),
    *vital_signs_urls.patterns,
    *risks_urls.patterns,
    *stated_urls.patterns,
    *meetings_urls.patterns,
    *partnership_urls.patterns,
]

urlpatterns = [
    path("", public(home.home), name="home"),
    path("accessibility/", public(about.accessibility), name="accessibility"),
    path("health/", public(home.health), name="health"),
    path("version/<slug:short>/", public(versions.version), name="version"),
    path("version/<slug:short>/content.json", public(versions.frozen), name="frozen-content"),
    path("<slug:council>/", include(council_patterns)),
]
