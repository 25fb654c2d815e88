"""Addresses of what is published. Everything of a council is under its slug."""

from django.urls import include, path, register_converter

from reporting.models import SectionName
from reporting.views import (
    about,
    data,
    finance,
    home,
    overview,
    papers,
    periods,
    projects,
    quarter,
    returns,
    review,
    section,
)

app_name = "reporting"


class SectionConverter:
    regex = "|".join(SectionName.values)

    def to_python(self, value):
        return SectionName(value)

    def to_url(self, value):
        return str(value)


register_converter(SectionConverter, "section")

council_patterns = [
    path("", overview.overview, name="overview"),
    path("theme-<str:colour>.css", home.theme, name="theme"),
    path("projects/", projects.projects, name="projects"),
    path("projects/<slug:slug>.pdf", papers.project_pdf, name="project-pdf"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("conditions/<int:number>/", projects.condition, name="condition"),
    path("finance/", finance.finance, name="finance"),
    path("reports/", papers.papers, name="papers"),
    path("reports/summary-overview.pdf", papers.summary_overview, name="summary-overview"),
    path("reports/progress-update.pdf", papers.progress_update, name="progress-update"),
    path("data/", data.data, name="data"),
    path("data/<slug:name>.csv", data.download, name="download"),
    path("about/", about.about, name="about"),
    path("returns/", returns.my_returns, name="my-returns"),
    path("returns/<slug:period>/<slug:slug>/", returns.task_list, name="return"),
    path("returns/<slug:period>/<slug:slug>/check/", returns.check, name="check"),
    path("returns/<slug:period>/<slug:slug>/submit/", returns.submit_return, name="submit"),
    path("returns/<slug:period>/<slug:slug>/carry/", returns.carry_forward, name="carry"),
    path("returns/<slug:period>/<slug:slug>/withdraw/", returns.withdraw, name="withdraw"),
    path("returns/<slug:period>/<slug:slug>/<section:name>/", section.section, name="section"),
    path("quarter/", quarter.quarter, name="quarter"),
    path("periods/", periods.periods, name="periods"),
    path("periods/<slug:period>/", periods.period, name="period"),
    path("quarter/<slug:period>/approve/", review.approve_many, name="approve-many"),
    path("quarter/<slug:period>/publish/", review.publish, name="publish"),
    path("quarter/<slug:period>/<slug:slug>/", review.review, name="review"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("health/", home.health, name="health"),
    path("<slug:council>/", include(council_patterns)),
]
