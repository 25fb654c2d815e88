"""Adding a programme, a pool or a framework, and writing what it says."""

from typing import Any, cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from partnerships.actions import HEAD, add_arrangement, save_arrangement
from partnerships.forms import FORMS, GRIDS, TitleForm
from partnerships.models import Arrangement
from partnerships.transitions import KEEPS
from partnerships.views.kept import (
    address_of_work,
    form_page,
    kept_about,
    kind_of_address,
    to_write,
)
from publishing.pages import working_council

either = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@either
def add(request: HttpRequest, council: str, kind: str) -> HttpResponse:
    """A new draft, with its title."""
    of_kind = kind_of_address(kind)
    of_council, access = working_council(request, council)
    access.require(KEEPS[of_kind])
    kept = kept_about(
        *(request, of_council, access, f"Add: {of_kind.label.lower()}"),
        lambda data: [TitleForm(data, council=of_council, kind=of_kind)],
        own=True,
    )
    if kept.answer:
        return kept.answer
    (form,) = kept.parts
    if kept.is_sent and form.is_valid():
        with kept.refusing(), kept.sending():
            by = cast(User, request.user)
            made = add_arrangement(of_council, of_kind, form.cleaned_data, by=by)
        if not kept.problem:
            messages.success(request, f"Added: {made}. It is a draft.")
            return redirect(address_of_work(made))
    return form_page(kept)


@never_cache
@either
def edit(request: HttpRequest, council: str, kind: str, arrangement: str) -> HttpResponse:
    """All that it says, but for its outcomes and decisions, which have forms of their own."""
    of_council, access, record = to_write(request, council, kind, arrangement)
    initial, tables = _initial(record), _tables(record)
    kept = kept_about(
        *(request, of_council, access, f"Write: {record}"),
        lambda data: [
            FORMS[kind](data, initial=initial),
            *(
                of_class(data, initial=tables[name], prefix=name)
                for name, _, of_class in GRIDS[kind]
            ),
        ],
        arrangement=record,
    )
    if kept.answer:
        return kept.answer
    form, *grids = kept.parts
    are_right = [part.is_valid() for part in kept.parts]
    if kept.is_sent and all(are_right):
        rows = {
            name: [None if row.is_empty else _given(row.cleaned_data) for row in grid.forms]
            for (name, _, _), grid in zip(GRIDS[kind], grids, strict=True)
        }
        with kept.refusing(), kept.sending() as writers:
            everyone = [*writers, cast(User, request.user)]
            save_arrangement(record, form.cleaned_data, rows, writers=everyone)
        if not kept.problem:
            messages.success(request, f"Saved: {form.cleaned_data['title']}.")
            return redirect(address_of_work(record))
    headed = [(heading, grid) for (_, heading, _), grid in zip(GRIDS[kind], grids, strict=True)]
    return form_page(kept, headed, arrangement=record)


def _initial(record: Arrangement) -> dict[str, Any]:
    part = {"programme": "programme", "pool": "pool", "outcomes": "framework"}[record.kind]
    held = getattr(record, part, None)
    fields = FORMS[record.kind].base_fields
    return {name: getattr(record if name in HEAD else held, name, "") for name in fields}


def _tables(record: Arrangement) -> dict[str, list[dict[str, Any]]]:
    return {
        name: [
            {field: _shown(getattr(row, field)) for field in of_class.form.base_fields}
            for row in getattr(record, name).order_by("order")
        ]
        for name, _, of_class in GRIDS[record.kind]
    }


def _shown(value: Any) -> Any:
    """Nothing chosen stands for what is usual: an exact amount, nothing recommended."""
    return "" if value in ("exact", "undecided") else value


def _given(row: dict[str, Any]) -> dict[str, Any]:
    usual = {"qualifier": "exact", "recommended": "undecided"}
    return {name: value or usual.get(name, value) for name, value in row.items()}
