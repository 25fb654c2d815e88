"""Addresses of figures stated in words."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from stated.views import promises
from stated.views import published as views

patterns = [
    path("stated/", public(views.stated), name="stated"),
    path("stated/stated.csv", public(views.download), {"form": "csv"}, name="stated-csv"),
    path("stated/stated.xlsx", public(views.download), {"form": "xlsx"}, name="stated-xlsx"),
    path("promises/work/", promises.written_down, name="promises-work"),
    path("promises/add/", promises.add, name="add-promise"),
    path("promises/<int:number>/", promises.answer, name="answer-promise"),
    path("place/", public(views.place), name="place"),
]
