"""What a meeting is told of what earlier ones asked for: a row for each thing still open."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from accounts.writing import keep_writer
from bcfportal.lib.sentences import day_words
from meetings.entry.fields import box, one_of, parts_of
from meetings.entry.writing import lock_meeting
from meetings.models import Action, Meeting, ReportBack

ENDED = (ReportBack.State.DONE, ReportBack.State.DROPPED)


def open_actions(meeting: Meeting) -> QuerySet[Action]:
    """What earlier meetings of the committee asked for that no meeting before this one ended.

    By the day due, then as asked; what has no day last.
    """
    earlier = Q(item__meeting__committee=meeting.committee_id, item__meeting__day__lt=meeting.day)
    ended = ReportBack.objects.filter(state__in=ENDED, meeting__day__lt=meeting.day)
    return (
        Action.objects.filter(earlier)
        .exclude(pk__in=ended.values("action"))
        .select_related("item__meeting")
        .order_by("due", "item__meeting__day", "item__order", "order")
    )


class ReportBackForm(forms.Form):
    """What the meeting was told of one thing; nothing where both boxes are empty."""

    state = one_of("What came of it", [("", "Nothing was reported"), *ReportBack.State.choices])
    text = box("What was reported", lines=3, longest=5000)

    def __init__(self, data: Any, *, action: Action, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=initial, prefix=f"action-{action.pk}")
        self.action = action
        self.helper = parts_of(self)

    @property
    def title(self) -> str:
        """What was asked for, of whom and by when."""
        action = self.action
        asked = f"{action.what} ({day_words(action.item.meeting.day)}, item {action.item.number})"
        said = [action.owner_post or "By whom is not said", action.due_as_said or "no day said"]
        return f"{asked}: {', '.join(said)}"

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        if given.get("state") and not given.get("text") and "text" not in self.errors:
            self.add_error("text", "Enter what was reported.")
        if given.get("text") and not given.get("state") and "state" not in self.errors:
            self.add_error("state", "Choose what came of it.")
        return given


@transaction.atomic
def save_reports(meeting: Meeting, rows: Sequence[ReportBackForm], *, by: User) -> None:
    """Keeps what the meeting was told of each thing; of what nothing is said nothing stays."""
    meeting = lock_meeting(meeting)
    for row in rows:
        told = meeting.reports_back.filter(action=row.action)
        said = {name: row.cleaned_data[name] for name in ("state", "text")}
        if not said["state"]:
            told.delete()
        elif not told.filter(**said).exists():
            meeting.reports_back.update_or_create(action=row.action, defaults=said)
    keep_writer(meeting, by)
