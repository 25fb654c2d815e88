"""Addresses of what is published. Everything of a council is under its slug."""

from django.urls import include, path

from reporting.views import about, data, finance, home, overview, papers, projects, quarter, returns

app_name = "reporting"

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
    path("quarter/", quarter.quarter, name="quarter"),
]

urlpatterns = [
    path("", home.home, name="home"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("health/", home.health, name="health"),
    path("<slug:council>/", include(council_patterns)),
]
