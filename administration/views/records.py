"""A council's reference lists: funds, purposes and providers, which all work alike."""

from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from administration.actions import save_record, saved_words
from administration.forms.named import ConditionForm, FundForm, ProviderForm, RenamedForm
from administration.history import history_of_named
from administration.views.frame import for_administrators, render_screen
from bcfportal.lib.sentences import with_article
from projects.models import Council, GrantCondition, NameChange
from projects.today import called_later
from typed.forms import one_form

either = require_http_methods(["GET", "HEAD", "POST"])


@dataclass(frozen=True)
class Kind:
    """One list: its names, its form, and the field from which a record's address is made."""

    name: str
    singular: str
    several: str
    form: type[RenamedForm]
    key: str

    @property
    def model(self):
        return self.form._meta.model

    def called_by(self, council: Council) -> "Kind":
        """The same with the council's own words, which it has for purposes alone."""
        if self.model is not GrantCondition:
            return self
        several = council.purpose_words.lower()
        return replace(self, singular=council.purpose_word.lower(), several=several)

    def all(self, council):
        return self.model.objects.filter(council=council)

    def get(self, council, **key):
        """The record of this council with that key, or Http404."""
        record = self.all(council).filter(**key).first()
        if record is None:
            raise Http404(f"No such {self.singular} of this council.")
        return record

    def url(self, council, page, record=None):
        """The address of a page such as "add-fund" or "fund" of one record."""
        key = [getattr(record, self.key)] if record else []
        return reverse(f"administration:{page}", args=[council.slug, *key])


FUND = Kind("fund", "fund", "funds", FundForm, "slug")
CONDITION = Kind("condition", "purpose", "purposes", ConditionForm, "number")
PROVIDER = Kind("provider", "provider", "providers", ProviderForm, "slug")


def is_used(record):
    """Whether anything but its own history refers to the record, so that it cannot be removed.

    What it was called is its history.
    """
    return any(
        relation.related_model._base_manager.filter(**{relation.field.name: record}).exists()
        for relation in record._meta.related_objects
        if not hasattr(relation.related_model, "pgh_tracked_model")
        and relation.related_model is not NameChange
    )


@for_administrators
@require_safe
def records(request, council, kind):
    kind = kind.called_by(council)
    rows = [
        (record, kind.url(council, kind.name, record), called_later(record))
        for record in kind.all(council)
    ]
    return render_screen(
        request,
        "administration/records.html",
        council,
        kind=kind,
        rows=rows,
        add_url=kind.url(council, f"add-{kind.name}"),
    )


@for_administrators
@either
def add_record(request, council, kind):
    kind = kind.called_by(council)
    record = kind.model(council=council)
    return _edit(
        request, council, kind, record, title=f"Add {with_article(kind.singular)}", submit="Add"
    )


@for_administrators
@either
def record(request, council, kind, **key):
    kind = kind.called_by(council)
    record = kind.get(council, **key)
    return _edit(
        request,
        council,
        kind,
        record,
        title=str(record),
        submit="Save",
        remove_url=kind.url(council, f"remove-{kind.name}", record),
        removable=not is_used(record),
        later=called_later(record),
        changes=history_of_named(record),
    )


def _edit(request, council, kind, record, *, submit, **context):
    form = one_form(request, lambda data: kind.form(data, instance=record, submit=submit))
    if form.is_valid():
        saved, replaced = save_record(form, by=request.user)
        messages.success(request, saved_words(saved, replaced))
        return redirect(f"administration:{kind.name}s", council.slug)
    list_url = kind.url(council, f"{kind.name}s")
    return render_screen(
        request,
        "administration/record.html",
        council,
        kind=kind,
        form=form,
        list_url=list_url,
        **context,
    )


@for_administrators
@require_POST
def remove_record(request, council, kind, **key):
    kind = kind.called_by(council)
    record = kind.all(council).filter(**key).first()
    if record is None:
        # A second click: it is gone already.
        messages.success(request, f"That {kind.singular} is not in the list.")
    elif is_used(record):
        messages.error(request, f"{record} is in use, so it cannot be removed.")
    else:
        record.delete()
        messages.success(request, f"Removed: {record}.")
    return redirect(f"administration:{kind.name}s", council.slug)
