"""What no paper reports yet: a new paper takes it in, and a corrected edition may."""

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from finance.models import (
    ChangeRequest,
    OptionForChange,
    PostTeam,
    PrintedFigure,
    SaidToCome,
    Saving,
    SavingsPaper,
    TemporaryPost,
)

# What is listed by its title, and how it is called.
LISTED = {
    Saving: "saving",
    ChangeRequest: "change",
    PostTeam: "team of posts",
    TemporaryPost: "temporary post",
    OptionForChange: "option for change",
}
REPORTED = (*LISTED, PrintedFigure, SaidToCome)


@dataclass(frozen=True)
class Draft:
    """One record that no paper reports."""

    # Its model's name and primary key: "saving 12".
    key: str
    title: str
    kind: str


def drafts_of(model, council):
    """The rows of one kind that no paper reports and that are finished."""
    drafts = model.objects.filter(council=council, paper=None)
    if model is OptionForChange:
        drafts = drafts.exclude(status=OptionForChange.Status.DRAFT)
    if model is ChangeRequest:
        drafts = drafts.exclude(status__in=("draft", "withdrawn"))
    return drafts


def unreported(council) -> list[Draft]:
    """Everything that has a title and is in no paper: one query for each kind."""
    return [
        Draft(_key(model, pk), title, kind)
        for model, kind in LISTED.items()
        for pk, title in drafts_of(model, council).values_list("pk", "title")
    ]


def needed(paper: SavingsPaper) -> list[Draft]:
    """The agreed changes that moved targets of the paper's savings: they come with the targets."""
    earlier = Q(dated__lt=paper.dated) | Q(dated=paper.dated, slug__lte=paper.slug)
    papers = SavingsPaper.objects.filter(earlier, council=paper.council_id)
    moved = drafts_of(ChangeRequest, paper.council_id).filter(
        status=ChangeRequest.Status.AGREED, saving__paper__in=papers
    )
    return [
        Draft(_key(ChangeRequest, pk), title, LISTED[ChangeRequest])
        for pk, title in moved.values_list("pk", "title")
    ]


def chosen_of(model, keys: Collection[str]) -> set[int]:
    """The primary keys of one kind among keys of drafts."""
    name = model._meta.model_name
    return {int(pk) for kind, pk in (key.split() for key in keys) if kind == name}


def _key(model, pk):
    return f"{model._meta.model_name} {pk}"
