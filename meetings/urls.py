"""Addresses of meetings."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from meetings.papers.urls import patterns as of_papers
from meetings.views import entry, meetings, publishing, work

MEETING = "committees/<slug:committee>/<slug:meeting>/"
ITEM = f"{MEETING}items/<int:item>/"

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
    path("committees/", work.manage, name="meetings-work"),
    path("committees/add/", entry.add_committee, name="add-committee"),
    path("committees/<slug:committee>/", entry.edit_committee, name="edit-committee"),
    path("committees/<slug:committee>/add/", entry.add_meeting, name="add-meeting"),
    path(MEETING, work.prepare, name="prepare-meeting"),
    path(f"{MEETING}details/", entry.details, name="meeting-details"),
    path(f"{MEETING}attendance/", entry.attendance, name="meeting-attendance"),
    path(f"{MEETING}reported/", entry.reported, name="meeting-reported"),
    path(f"{MEETING}order/", work.order, name="order-items"),
    path(f"{MEETING}publish/", publishing.publish, name="publish-meeting"),
    path(f"{MEETING}correct/", publishing.correct, name="correct-meeting"),
    path(f"{MEETING}items/add/", entry.add_item, name="add-item"),
    path(ITEM, entry.edit_item, name="edit-item"),
    path(f"{ITEM}<slug:business>/", entry.business, name="item-business"),
    *of_papers,
]
