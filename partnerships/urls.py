"""Addresses of what a council arranges with its partners."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from partnerships.views import entry, parts, published, steps

patterns = [
    path("partnerships/", public(published.partnerships), name="partnerships"),
    path(
        "partnerships/<slug:table>.csv",
        public(published.table),
        {"form": "csv"},
        name="partnerships-csv",
    ),
    path(
        "partnerships/<slug:table>.xlsx",
        public(published.table),
        {"form": "xlsx"},
        name="partnerships-xlsx",
    ),
    path("pools/", public(published.pools), name="pools"),
    path(
        "programmes/<slug:arrangement>/",
        public(published.arrangement),
        {"kind": "programme"},
        name="integration-programme",
    ),
    path("pools/<slug:arrangement>/", public(published.arrangement), {"kind": "pool"}, name="pool"),
    path(
        "joint-outcomes/<slug:arrangement>/",
        public(published.arrangement),
        {"kind": "outcomes"},
        name="joint-outcomes",
    ),
    path(
        "partnerships/<slug:kind>/<slug:arrangement>.pdf",
        public(published.paper),
        name="arrangement-pdf",
    ),
    path("partnerships/add/<slug:kind>/", entry.add, name="add-arrangement"),
    path("partnerships/<slug:kind>/<slug:arrangement>/", steps.steps, name="arrangement"),
    path("partnerships/<slug:kind>/<slug:arrangement>/edit/", entry.edit, name="edit-arrangement"),
    path(
        "partnerships/programme/<slug:arrangement>/functions/<int:order>/",
        parts.decide,
        name="decide-function",
    ),
    path("partnerships/outcomes/<slug:arrangement>/add/", parts.add_outcome, name="add-outcome"),
    path(
        "partnerships/outcomes/<slug:arrangement>/<int:order>/",
        parts.edit_outcome,
        name="edit-outcome",
    ),
]
