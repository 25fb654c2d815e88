"""Addresses of savings, temporary posts, options for change and change requests."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from finance.savings.views import changes as savings_changes
from finance.savings.views import manage as savings_work
from finance.savings.views import papers as savings_papers
from finance.savings.views import published as savings
from finance.savings.views import records as savings_records

patterns = [
    path("savings/", public(savings.savings), name="savings"),
    path("posts/", public(savings.posts), name="posts"),
    path("options/", public(savings.options), name="options"),
    path(
        "savings/data/<slug:table>.csv",
        public(savings.download),
        {"form": "csv"},
        name="savings-csv",
    ),
    path(
        "savings/data/<slug:table>.xlsx",
        public(savings.download),
        {"form": "xlsx"},
        name="savings-xlsx",
    ),
    path("savings/work/", savings_work.manage, name="savings-work"),
    path("savings/papers/", savings_papers.papers, name="savings-papers"),
    path("savings/papers/<slug:paper>/correct/", savings_papers.correct, name="correct-paper"),
    path("savings/rule/", savings_work.rule, name="savings-rule"),
    path("savings/add/", savings_records.add_saving, name="add-saving"),
    path("savings/edit/<slug:slug>/", savings_records.edit_saving, name="edit-saving"),
    path("posts/add/", savings_records.add_post, name="add-post"),
    path("posts/edit/<slug:slug>/", savings_records.edit_post, name="edit-post"),
    path("options/add/", savings_records.add_option, name="add-option"),
    path("options/edit/<slug:slug>/", savings_records.edit_option, name="edit-option"),
    path("options/decide/<slug:slug>/", savings_records.decide, name="decide-option"),
    path("savings/changes/add/<slug:kind>/", savings_changes.add_change, name="add-change"),
    path("savings/changes/<int:number>/", savings_changes.change, name="change"),
    path("savings/changes/<int:number>/edit/", savings_changes.edit_change, name="edit-change"),
    path("options/<slug:slug>/", public(savings.option), name="option"),
]
