"""What was changed, when and by whom, from what the database's triggers recorded."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import chain
from typing import Any

from accounts.history import moment_of
from accounts.models import User
from accounts.roles import Role
from bcfportal.lib.sentences import day_words
from projects.models import (
    Assignment,
    Fund,
    GrantCondition,
    Membership,
    Project,
    ProjectChange,
    Provider,
)

UNKNOWN = "Outside the portal's pages"


@dataclass(frozen=True)
class Detail:
    """One field, with its value before and after."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    when: datetime
    who: str
    what: str
    details: list[Detail] = field(default_factory=list)


def history_of(record):
    """The changes of one record, the latest first."""
    return _told(_record_lines(type(record), record.pk))


def history_of_project(project):
    """The changes of a project and of who reports on it."""
    told = _told(
        _record_lines(Project, project.pk, {"grant_condition": project.council.purpose_word}),
        _assignment_lines("user", project_id=project.pk),
    )
    word = project.council.purpose_word.lower()
    told += [
        Change(
            change.at,
            change.by.post_at(change.at) if change.by else UNKNOWN,
            _change_words(change, word),
        )
        for change in project.changes.select_related("by")
    ]
    return sorted(told, key=lambda change: change.when, reverse=True)


def history_of_named(record: Any) -> list[Change]:
    """The changes of a fund, a provider or what projects serve, with those of its name."""
    field = {Fund: "fund", GrantCondition: "condition", Provider: "provider"}[type(record)]
    told = history_of(record) if hasattr(record, "pgh_event_model") else []
    for change in record.council.name_changes.filter(**{field: record}).select_related("by"):
        since = f"from {day_words(change.on)}" if change.on else "put right in all reports to come"
        what = f"Called {change.after}, {since}; it was {change.before}. {change.why}"
        told.append(Change(change.at, change.by.post_at(change.at), what))
    return sorted(told, key=lambda change: change.when, reverse=True)


def _change_words(change, purpose):
    day = day_words(change.on)
    kind = change.get_kind_display()
    if change.kind == ProjectChange.Kind.MOVED:
        kind = f"Moved to another {purpose}"
    what = f"{kind} from {day}"
    if change.after:
        what += f": {change.after}; it was {change.before}"
    return f"{what}. {change.why}"


def history_of_person(user, council):
    """The changes of a person's account, and of their roles and projects in this council."""
    projects = Project.objects.filter(council=council).values("pk")
    return _told(
        _record_lines(User, user.pk),
        _role_lines(user, council),
        _assignment_lines("project", user_id=user.pk, project_id__in=projects),
    )


def _told(*lines):
    """Changes out of (event, what, details), with the post of whoever made each."""
    # Changes of one click have one time: sorting, then reversing, keeps their order.
    told = sorted(chain(*lines), key=lambda line: moment_of(line[0]))[::-1]
    numbers = {_who(event) for event, _, _ in told}
    people = User.objects.in_bulk(numbers - {None})
    return [
        Change(moment_of(event), _post(people.get(_who(event)), event), what, details)
        for event, what, details in told
    ]


def _post(user: User | None, event: Any) -> str:
    return user.post_at(moment_of(event)) if user else UNKNOWN


def _who(event):
    return event.pgh_context.metadata.get("user") if event.pgh_context else None


def _events(model, **which):
    events = model.pgh_event_model.objects.filter(**which)
    return events.select_related("pgh_context").order_by("pgh_id")


def _record_lines(model, number, names=None):
    """``names`` are what fields are called here, where that is not what the model calls them."""
    before = None
    for event in _events(model, pgh_obj_id=number):
        if event.pgh_label == "insert":
            yield event, "Added", []
        elif before is None:
            yield event, "Changed; what it said before was not recorded", []
        else:
            yield event, "Changed", _differences(before, event, names or {})
        before = event


def _differences(before, after, names):
    fields = [
        item
        for item in after._meta.concrete_fields
        if not item.name.startswith("pgh_") and item.name != "id"
    ]
    return [
        Detail(names.get(item.name) or _name(item), _words(before, item), _words(after, item))
        for item in fields
        if getattr(before, item.attname) != getattr(after, item.attname)
    ]


def _name(item):
    name = str(item.verbose_name)
    return name[:1].upper() + name[1:]


def _words(event, item):
    value = getattr(event, item.attname)
    if value is None or value == "":
        return "nothing"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if item.choices:
        return str(dict(item.flatchoices).get(value, value))
    if item.is_relation:
        known = item.related_model._base_manager.filter(pk=value).first()
        return str(known) if known else "a record that is gone"
    return str(value)


def _role_lines(user, council):
    labels = dict(Role.choices)
    for event in _events(Membership, user_id=user.pk, council_id=council.pk):
        verb = {"insert": "given", "delete": "taken away"}.get(event.pgh_label, "changed to")
        yield event, f"Role {verb}: {labels.get(event.role, event.role)}", []


def _assignment_lines(other, **which):
    events = list(_events(Assignment, **which))
    model = User if other == "user" else Project
    names = model._default_manager.in_bulk({getattr(event, f"{other}_id") for event in events})
    for event in events:
        name = names.get(getattr(event, f"{other}_id"), "a record that is gone")
        verb = "no longer" if event.pgh_label == "delete" else "now"
        what = f"Reported on {verb} by: {name}" if other == "user" else f"Reports {verb} on: {name}"
        yield event, what, []
