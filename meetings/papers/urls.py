"""Addresses of papers. That of a paper is its item's, below its meeting."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from meetings.papers.views import read

ITEM = "meetings/<slug:committee>/<slug:meeting>/<str:item>/"
patterns = [
    path(ITEM, public(read.paper), name="committee-paper"),
    path(f"{ITEM}paper.pdf", public(read.pdf), name="committee-paper-pdf"),
]
