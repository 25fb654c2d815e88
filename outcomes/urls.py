"""Addresses of a council's own measures; part of programme.urls."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from outcomes.views import follow_ups, vital_signs
from outcomes.views import framework as outcomes
from outcomes.views import report_pdf as performance_paper
from outcomes.views import settings as measure_settings

patterns = [
    path("vital-signs/", public(vital_signs.dashboard_page), name="vital-signs"),
    path("vital-signs/dashboard.csv", public(vital_signs.download), name="vital-signs-csv"),
    path("vital-signs/<slug:measure>/", public(vital_signs.card), name="report-card"),
    path("vital-signs/<slug:measure>/target/", measure_settings.target, name="set-target"),
    path("vital-signs/<slug:measure>/break/", measure_settings.add_break, name="add-break"),
    path("vital-signs/<slug:measure>/settings/", measure_settings.describe, name="measure"),
    path("projects/<slug:slug>/measures/", measure_settings.of_project, name="project-measures"),
    path(
        "projects/<slug:slug>/measures/<int:number>/",
        measure_settings.describe,
        name="project-measure",
    ),
    path(
        "projects/<slug:slug>/measures/<int:number>/targets/",
        measure_settings.target,
        name="project-target",
    ),
    path("measures/", measure_settings.add, name="add-measure"),
    path("exceptions/", public(vital_signs.exceptions_page), name="exceptions"),
    path("exceptions/<slug:measure>/", follow_ups.decide, name="follow-up"),
    path("exceptions/<slug:measure>/<int:number>/", follow_ups.report_back, name="report-back"),
    path(
        "exceptions/<slug:measure>/<int:number>/back/",
        follow_ups.take_back,
        name="take-decision-back",
    ),
    path("outcomes-framework/", public(outcomes.framework_page), name="outcomes-framework"),
    path(
        "outcomes-framework/outcomes-framework.csv",
        public(outcomes.download),
        name="outcomes-framework-csv",
    ),
    path("care-quality/", public(outcomes.care_quality_page), name="care-quality"),
    path(
        "care-quality/care-quality.csv",
        public(outcomes.quality_download),
        name="care-quality-csv",
    ),
    path("reports/performance.pdf", public(performance_paper.performance), name="performance"),
]
