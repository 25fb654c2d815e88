"""Addresses of papers. That of a paper is its item's, below its meeting."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from meetings.papers.views import figures, read, write

ITEM = "meetings/<slug:committee>/<slug:meeting>/<str:item>/"
patterns = [
    path("meetings/papers/", write.list_of_papers, name="paper-work"),
    path(ITEM, public(read.paper), name="committee-paper"),
    path(f"{ITEM}paper.pdf", public(read.pdf), name="committee-paper-pdf"),
    path(f"{ITEM}write/", write.paper, name="write-paper"),
    path(f"{ITEM}write/figures/", figures.figures, name="paper-figures"),
    path(f"{ITEM}write/head/", write.head, name="paper-head"),
    path(f"{ITEM}write/headings/", write.arrange, name="arrange-paper"),
    path(f"{ITEM}write/add/", write.section, name="add-paper-section"),
    path(f"{ITEM}write/<int:number>/", write.section, name="paper-section"),
]
