"""Addresses of meetings."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from meetings.views import meetings

patterns = [
    path("meetings/", public(meetings.meetings), name="meetings"),
    path("meetings/asked-for/", public(meetings.asked), name="asked-for"),
    path(
        "meetings/<slug:table>.csv",
        public(meetings.download),
        {"form": "csv"},
        name="meetings-csv",
    ),
    path(
        "meetings/<slug:table>.xlsx",
        public(meetings.download),
        {"form": "xlsx"},
        name="meetings-xlsx",
    ),
    path(
        "meetings/<slug:committee>/<slug:meeting>/",
        public(meetings.meeting),
        name="meeting",
    ),
]
