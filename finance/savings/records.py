"""Writes records of savings as forms give them: a record with its rows, in one unit each."""

from typing import Any

from django.db import transaction
from django.db.models import Max, ProtectedError
from django.db.models.deletion import Collector
from django.utils.text import slugify

from accounts.writing import keep_writer
from bcfportal.lib.money import pounds
from bcfportal.lib.sums import sum_present
from finance.models import (
    ChangeRequest,
    OptionForChange,
    Saving,
    SavingReference,
    TemporaryPost,
)
from finance.savings.content import year_words
from projects.models import Council
from publishing.workflow import NotNow

OPTION_FIGURES = ("gross", "lost_income", "reprovision", "capital", "revenue", "fte")


def lock(council: Council) -> None:
    """Writers of one council are serialised, so that numbers and titles are taken once."""
    Council.objects.select_for_update(no_key=True).get(pk=council.pk)


CORRECTION = (
    "A target that a paper has reported is moved by a change request, which keeps the old profile. "
    "If the target was wrong, say why it is corrected."
)


def reported_targets_changed(saving: Saving | None, years: list[dict]) -> list[str]:
    """What would change in targets that a paper reports, in words; empty for a draft."""
    if saving is None or saving.paper_id is None:
        return []
    typed = {row["year"]: row["target"] for row in years}
    return [
        f"Target of {year_words(row.year)} corrected from {_words(row.target)} "
        f"to {_words(typed.get(row.year))}"
        for row in saving.years.all()
        if row.target is not None and typed.get(row.year) != row.target
    ]


def _words(amount):
    return "none" if amount is None else pounds(amount)


def free_slug(model, council, title: str) -> str:
    """A name for addresses made of the title, that no other record of the council has."""
    start = slugify(title)[:70].strip("-")
    taken = set(
        model.objects.filter(council=council, slug__startswith=start).values_list("slug", flat=True)
    )
    slug, number = start, 1
    while slug in taken:
        number += 1
        slug = f"{start}-{number}"
    return slug


@transaction.atomic
def save_saving(council, saving: Saving | None, given: dict, years: list[dict]) -> Saving:
    """Keeps a saving, its references and its years; years left out of ``years`` go.

    Raises NotNow where a target that a paper reports would change and no correction says why.
    """
    lock(council)
    told = reported_targets_changed(saving, years)
    if told and not given.get("correction"):
        raise NotNow(CORRECTION)
    saving = saving or Saving(council=council, slug=free_slug(Saving, council, given["title"]))
    if saving.pk is None:
        last = Saving.objects.filter(council=council).aggregate(last=Max("order"))["last"] or 0
        saving.order = last + 1
    for name in ("title", "action", "kind", "evidence", "explanation", "project", "source"):
        setattr(saving, name, given[name])
    if told:
        reasons = [f"{'; '.join(told)}: {given['correction']}"]
        saving.note = "\n".join(filter(None, [saving.note, *reasons]))
    saving.full_clean()
    saving.save()
    wanted = given["references"]
    saving.references.exclude(reference__in=wanted).delete()
    held = set(saving.references.values_list("reference", flat=True))
    for reference in wanted:
        if reference not in held:
            SavingReference.objects.create(council=council, saving=saving, reference=reference)
    kept = []
    for row in years:
        figures, _ = saving.years.get_or_create(year=row["year"])
        changed = [
            name
            for name in ("target", "achieved", "forecast", "source")
            if getattr(figures, name) != row[name]
        ]
        for name in changed:
            setattr(figures, name, row[name])
        if {"target", "achieved", "forecast"} & set(changed):
            # What is typed is exact pounds, and stands in place of a printed difference.
            figures.places, figures.over = 0, None
        if changed:
            figures.full_clean()
            figures.save()
        kept.append(figures.pk)
    saving.years.exclude(pk__in=kept).delete()
    return saving


@transaction.atomic
def save_post(council, post: TemporaryPost | None, given: dict) -> TemporaryPost:
    """Keeps a temporary post."""
    lock(council)
    post = post or TemporaryPost(
        council=council, slug=free_slug(TemporaryPost, council, given["title"])
    )
    for name, value in given.items():
        setattr(post, name, value)
    post.full_clean()
    post.save()
    return post


def why_no_longer_changed(record: OptionForChange | ChangeRequest) -> str:
    """Why an option or a change is not changed any more, in a sentence; nothing of a draft."""
    if record.status == "draft":
        return ""
    what = "option" if isinstance(record, OptionForChange) else "change"
    return f"This {what} is {record.get_status_display().lower()}, so it can no longer be changed."


@transaction.atomic
def save_option(council, option: OptionForChange | None, given, years, risks, *, by):
    """Keeps an option with its years and risks; net and totals are worked out, never typed.

    Raises NotNow once the option is no longer a draft.
    """
    lock(council)
    if option is None:
        slug = free_slug(OptionForChange, council, given["title"])
        option = OptionForChange(council=council, slug=slug, written_by=by)
    elif reason := why_no_longer_changed(option):
        raise NotNow(reason)
    for name, value in given.items():
        setattr(option, name, value)
    option.total_gross = sum_present(row["gross"] for row in years).total
    nets = [_net(row) for row in years]
    option.total_net = sum_present(nets).total
    option.total_fte = sum_present(row["fte"] for row in years).total
    option.full_clean()
    option.save()
    for row, net in zip(years, nets, strict=True):
        figures = {name: row[name] for name in OPTION_FIGURES} | {"net": net}
        option.years.update_or_create(year=row["year"], defaults=figures)
    option.years.exclude(year__in=[row["year"] for row in years]).delete()
    for place, row in enumerate(risks, 1):
        option.risks.update_or_create(order=place, defaults=row)
    option.risks.filter(order__gt=len(risks)).delete()
    keep_writer(option, by)
    return option


def _net(row):
    if row["gross"] is None:
        return None
    return row["gross"] - (row["lost_income"] or 0) - (row["reprovision"] or 0)


@transaction.atomic
def save_change(
    council, change: ChangeRequest | None, kind: str, given: dict, *, by
) -> ChangeRequest:
    """Keeps a change request as a draft. Raises NotNow once it is no longer one."""
    lock(council)
    if change is None:
        last = ChangeRequest.objects.filter(council=council).aggregate(last=Max("number"))["last"]
        change = ChangeRequest(council=council, kind=kind, number=(last or 0) + 1)
    elif reason := why_no_longer_changed(change):
        raise NotNow(reason)
    for name, value in given.items():
        setattr(change, name, value)
    change.full_clean()
    change.save()
    keep_writer(change, by)
    return change


def why_not_removed(record: Any) -> str:
    """Why a saving, post or option cannot be removed, in a sentence; nothing where it can.

    A paper reports it, or something points at it: what was decided on an option stays with it.
    """
    decided = isinstance(record, OptionForChange) and record.status != record.Status.DRAFT
    if record.paper_id is not None or decided:
        return f"{record} is reported or put forward, so it cannot be removed."
    try:
        Collector(using=record._state.db, origin=record).collect([record])
    except ProtectedError:
        return f"{record} has changes or an option, so it cannot be removed."
    return ""


@transaction.atomic
def remove_draft(record) -> None:
    """Removes a saving, post or option. Raises NotNow where ``why_not_removed`` says why not."""
    record = type(record).objects.select_for_update().get(pk=record.pk)
    if reason := why_not_removed(record):
        raise NotNow(reason)
    record.delete()
