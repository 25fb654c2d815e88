"""Entering committees, meetings, the items of an agenda, and what was said and decided there."""

from typing import Any, cast

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from accounts.roles import Permission
from meetings.entry.business import BUSINESS
from meetings.entry.fields import parts_of
from meetings.entry.forms import (
    AttendanceForm,
    Attendances,
    CommitteeForm,
    ItemForm,
    MeetingForm,
    NamesBefore,
    NewMeetingForm,
    said_of,
)
from meetings.entry.reported import ReportBackForm, open_actions, save_reports
from meetings.entry.writing import (
    roles_of,
    save_attendance,
    save_business,
    save_committee,
    save_item,
    save_meeting,
)
from meetings.models import Committee
from meetings.views.kept import (
    council_to_work_in,
    form_page,
    item_of,
    kept_in_meetings,
    meeting_to_keep,
    prepare_address,
)
from projects.access import Access
from projects.models import Council
from publishing.form_drafts.form import KeptForm

either = require_http_methods(["GET", "HEAD", "POST"])


def _by(request: HttpRequest) -> User:
    return cast(User, request.user)


def _initial(record: Any, form: type[forms.Form]) -> dict[str, Any]:
    """What the boxes of a form hold of the record."""
    return {name: getattr(record, name) for name in form.base_fields if hasattr(record, name)}


def _are_right(kept: KeptForm) -> bool:
    """Whether the form is sent and all of its parts are right; what is wrong is said of each."""
    right = [part.is_valid() for part in kept.parts]
    return kept.is_sent and all(right)


@never_cache
@either
def add_committee(request: HttpRequest, council: str) -> HttpResponse:
    of_council, access = council_to_work_in(request, council, Permission.ADMINISTER)
    return _committee(request, of_council, access, None)


@never_cache
@either
def edit_committee(request: HttpRequest, council: str, committee: str) -> HttpResponse:
    of_council, access = council_to_work_in(request, council, Permission.ADMINISTER)
    return _committee(request, of_council, access, _committee_of(of_council, committee))


def _committee_of(council: Council, slug: str) -> Committee:
    record = council.committees.select_related("council").filter(slug=slug).first()
    if record is None:
        raise Http404("No such committee.")
    return record


def _committee(
    request: HttpRequest, council: Council, access: Access, committee: Committee | None
) -> HttpResponse:
    names = list(committee.names.all()) if committee else []
    initial = _initial(committee, CommitteeForm) if committee else {}
    before = [{"name": row.name, "last_on": row.last_on} for row in names]
    kept = kept_in_meetings(
        *(request, council, access, str(committee or "Add a committee")),
        lambda data: [
            CommitteeForm(data, initial=initial, council=council, committee=committee),
            NamesBefore(data, initial=before, prefix="names"),
        ],
        own=committee is None,
    )
    if kept.answer:
        return kept.answer
    form, rows = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            pks = [row.pk for row in names]
            saved = save_committee(council, committee, form.cleaned_data, rows.said, pks=pks)
        if not kept.problem:
            messages.success(request, f"Saved: {saved}.")
            return redirect("reporting:meetings-work", council.slug)
    return form_page(kept, rows.titled, grid=rows, heading="Names that it had before")


@never_cache
@either
def add_meeting(request: HttpRequest, council: str, committee: str) -> HttpResponse:
    """Plans a meeting of the committee."""
    of_council, access = council_to_work_in(request, council)
    of = _committee_of(of_council, committee)
    last = of.meetings.order_by("-day", "-slug").first()
    initial: dict[str, Any] = {"like_the_last": True}
    if last:
        initial |= {"venue": last.place, "starts_at": last.starts_at}
    kept = kept_in_meetings(
        *(request, of_council, access, f"Plan a meeting of the {of}"),
        lambda data: [NewMeetingForm(data, initial=initial, has_last=last is not None)],
        own=True,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            like = bool(form.cleaned_data.get("like_the_last"))
            saved = save_meeting(of, None, form.values, by=_by(request), like_the_last=like)
        if not kept.problem:
            messages.success(
                request, f"Planned: {saved}. It is a draft until its agenda is published."
            )
            return redirect(prepare_address(saved))
    return form_page(kept)


@never_cache
@either
def details(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """When and where the meeting is, and until when questions are taken."""
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    kept = kept_in_meetings(
        *(request, of_council, access, "When and where"),
        lambda data: [MeetingForm(data, initial=said_of(of), meeting=of)],
        meeting=of,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            save_meeting(of.committee, of, form.values, by=_by(request))
        if not kept.problem:
            messages.success(request, "Saved: when and where the meeting is.")
            return redirect(prepare_address(of))
    return form_page(kept)


@never_cache
@either
def attendance(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """How many of each role are members, were there and sent apologies."""
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    kept = kept_in_meetings(
        *(request, of_council, access, "Who was there"),
        lambda data: [
            AttendanceForm(data, initial=_initial(of, AttendanceForm)),
            Attendances(data, initial=roles_of(of), prefix="roles"),
        ],
        meeting=of,
    )
    if kept.answer:
        return kept.answer
    form, rows = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            save_attendance(of, form.cleaned_data, rows.said, by=_by(request))
        if not kept.problem:
            messages.success(request, "Saved: who was there.")
            return redirect(prepare_address(of))
    return form_page(
        kept,
        rows.titled,
        grid=rows,
        heading="How many of each role",
        about="People are counted by role, not named. Before the meeting say who its members are.",
    )


@never_cache
@either
def add_item(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    return _item(request, council, committee, meeting, None)


@never_cache
@either
def edit_item(
    request: HttpRequest, council: str, committee: str, meeting: str, item: int
) -> HttpResponse:
    return _item(request, council, committee, meeting, item)


def _item(
    request: HttpRequest, council: str, committee: str, meeting: str, item: int | None
) -> HttpResponse:
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    record = None if item is None else item_of(of, item)
    initial = _initial(record, ItemForm) if record else {}
    kept = kept_in_meetings(
        *(request, of_council, access, str(record or "Add an item")),
        lambda data: [ItemForm(data, initial=initial)],
        meeting=of,
        own=record is None,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            saved = save_item(of, record, form.cleaned_data, by=_by(request))
        if not kept.problem:
            messages.success(request, f"Saved: {saved}.")
            return redirect(f"{prepare_address(of)}#item-{saved.pk}")
    return form_page(kept)


@never_cache
@either
def business(
    request: HttpRequest, council: str, committee: str, meeting: str, item: int, business: str
) -> HttpResponse:
    """One kind of business of an item, such as its decisions, row by row."""
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    record, kind = item_of(of, item), BUSINESS.get(business)
    if kind is None:
        raise Http404("No such business of an item.")
    records = kind.records(record)
    said = [{name: getattr(row, name) for name in kind.fields} for row in records]
    kept = kept_in_meetings(
        *(request, of_council, access, kind.title),
        lambda data: [
            LeadForm(data),
            kind.rows(data, initial=said, prefix="rows", form_kwargs={"of": record}),
        ],
        meeting=of,
    )
    if kept.answer:
        return kept.answer
    _, rows = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            pks = [row.pk for row in records]
            save_business(record, kind, rows.said, pks=pks, by=_by(request))
        if not kept.problem:
            messages.success(request, f"Saved: {kind.title.lower()} of item {record.number}.")
            return redirect(f"{prepare_address(of)}#item-{record.pk}")
    return form_page(kept, rows.titled, grid=rows, item=record)


class LeadForm(forms.Form):
    """Carries what the page showed; has no boxes of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = parts_of(self)


@never_cache
@either
def reported(request: HttpRequest, council: str, committee: str, meeting: str) -> HttpResponse:
    """What the meeting was told of what earlier ones asked for."""
    of_council, access, of = meeting_to_keep(request, council, committee, meeting)
    actions = list(open_actions(of))
    told = {row.action_id: row for row in of.reports_back.all()}

    def make(data: Any) -> list[Any]:
        rows = [
            ReportBackForm(
                data,
                action=action,
                initial=_initial(told[action.pk], ReportBackForm) if action.pk in told else {},
            )
            for action in actions
        ]
        return [LeadForm(data), *rows]

    title = "Reported back to this meeting"
    kept = kept_in_meetings(request, of_council, access, title, make, meeting=of)
    if kept.answer:
        return kept.answer
    _, *rows = kept.parts
    if _are_right(kept):
        with kept.refusing(), kept.sending():
            save_reports(of, rows, by=_by(request))
        if not kept.problem:
            messages.success(request, "Saved: what was reported back.")
            return redirect(prepare_address(of))
    nothing = "" if rows else "Earlier meetings of this committee asked for nothing that is open."
    return form_page(kept, [(row.title, row) for row in rows], about=nothing, nothing=not rows)
