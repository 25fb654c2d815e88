"""The forms of committees, meetings, items of an agenda, and who was there."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.timezone import localtime, make_aware

from bcfportal.lib.forms import DayField, DayInOneBox, WholeNumberField
from meetings.entry.fields import POST, Row, TimeField, box, one_of, parts_of, rows_of
from meetings.models import AgendaItem, Committee, Meeting
from projects.models import Council
from typed.asking import AsksAboutDays


class CommitteeForm(forms.Form):
    """A committee, by the name that it has now."""

    name = box("Name of the committee", missing="Enter the name of the committee.")
    terms = box(
        "Terms of reference",
        help_text="What it decides on, as far as the council has said it.",
        lines=6,
        longest=20_000,
    )

    def __init__(
        self, *args: Any, council: Council, committee: Committee | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.council, self.committee = council, committee
        self.helper = parts_of(self)

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if not slugify(name) or slugify(name) in ("add", "committee"):
            raise ValidationError("Enter a name with more words in it.")
        others = self.council.committees.all()
        if self.committee:
            others = others.exclude(pk=self.committee.pk)
        if others.filter(name__iexact=name).exists():
            raise ValidationError("The council already has a committee of that name.")
        return name


class NameBefore(AsksAboutDays, Row):
    """A name that a committee had before."""

    name = box("Name that it had before")
    last_on = DayInOneBox(
        label="Last day on which it is known to have had it",
        help_text="For example, {day}.",
        required=False,
    )

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "name", "Enter the name that it had until then.")


class MeetingForm(AsksAboutDays, forms.Form):
    """When and where a meeting is, and until when questions are taken."""

    day = DayField(
        label="Day of the meeting",
        help_text="For example, {day}.",
        missing="Enter the day of the meeting.",
    )
    starts_at = TimeField(label="It begins at", help_text="For example, 10am.")
    venue = box("Place", help_text="Room and building.")
    questions_on = DayField(
        label="Questions from the public are taken until",
        help_text="For example, {day}. Leave it empty where none are taken.",
    )
    questions_at = TimeField(label="On that day until", help_text="For example, 5pm.")
    note = box("Note", help_text="Is published with the meeting.", lines=2, longest=2000)

    def __init__(self, *args: Any, meeting: Meeting | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting
        self.helper = parts_of(self)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        day, until = given.get("day"), given.get("questions_on")
        if day and until and until > day:
            self.add_error("questions_on", "Questions are taken until the day of the meeting.")
        if until and not given.get("questions_at") and "questions_at" not in self.errors:
            self.add_error("questions_at", "Enter the time until which questions are taken.")
        if given.get("questions_at") and not until and "questions_on" not in self.errors:
            self.add_error("questions_on", "Enter the day until which questions are taken.")
        published = self.meeting and self.meeting.agenda_published_on
        if day and published and day < published:
            self.add_error("day", "The agenda of this meeting was published after that day.")
        return given

    @property
    def values(self) -> dict[str, Any]:
        """The fields of the meeting that the form says, of a form that is valid."""
        given = dict(self.cleaned_data)
        day, at = given.pop("questions_on"), given.pop("questions_at")
        given.pop("days_are_right", None)
        given.pop("like_the_last", None)
        given["place"] = given.pop("venue")
        return given | {"questions_by": make_aware(datetime.combine(day, at)) if day else None}


class NewMeetingForm(MeetingForm):
    """A meeting to come, which may begin with what every meeting of the committee has."""

    like_the_last = forms.BooleanField(
        label="Begin with the members and the standing items of the last meeting",
        help_text="Apologies, minutes, declarations, urgent business and questions.",
        required=False,
    )

    def __init__(self, *args: Any, has_last: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_last:
            del self.fields["like_the_last"]
            self.helper = parts_of(self)


def said_of(meeting: Meeting) -> dict[str, Any]:
    """What the boxes of a meeting hold."""
    by = meeting.questions_by and localtime(meeting.questions_by)
    return {
        "day": meeting.day,
        "starts_at": meeting.starts_at,
        "venue": meeting.place,
        "questions_on": by and by.date(),
        "questions_at": by and by.time(),
        "note": meeting.note,
    }


class ItemForm(forms.Form):
    """An item of an agenda. Its number goes by its place."""

    title = box("Title", longest=300, missing="Enter the title of the item.")
    kind = one_of(
        "What it is",
        [("", "Choose one"), *AgendaItem.Kind.choices],
        missing="Choose what the item is.",
    )
    responsible_post = box("Report of", longest=120, help_text=POST)
    page = WholeNumberField(
        label="Page of the papers", low=1, whole_digits=4, help_text="Empty where there is none."
    )
    text = box("What the agenda says of it", lines=4, longest=20_000)
    lead = box(
        "Words that lead to its recommendations",
        longest=1000,
        help_text="Such as: The Committee is asked to:",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = parts_of(self)


class Present(Row):
    """How many of a role were members, were there, and sent apologies."""

    role = box("Role", longest=120, help_text="In the singular, such as Member or Vice-Chair.")
    members = WholeNumberField(label="Members of the committee", whole_digits=3)
    present = WholeNumberField(label="Present", whole_digits=3)
    apologies = WholeNumberField(label="Sent apologies", whole_digits=3)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "role", "Enter the role that these were.")
        counts = [given.get(name) for name in ("members", "present", "apologies")]
        if not any(counts) and not self.errors:
            self.add_error("members", "Enter how many of that role there are, or were there.")
        members, there = (counts[0] or 0, counts[1] or 0)
        if members and there > members:
            self.add_error("present", f"{there} present are more than {members} of that role.")


Attendances = rows_of(Present, "Role")
NamesBefore = rows_of(NameBefore, "Name", empty=1)


class AttendanceForm(forms.Form):
    """Who was in the chair, and when it ended."""

    chair_post = box("In the chair", longest=120, help_text=POST)
    chair_chosen = box(
        "How who was in the chair was chosen, if it was at the meeting", lines=2, longest=2000
    )
    ended_at = TimeField(label="It ended at", help_text="For example, 12:55pm.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = parts_of(self)


class CorrectionForm(forms.Form):
    """Why what was published is corrected."""

    why = box(
        "What is corrected, and why",
        help_text="Published with the new version.",
        missing="Say what is corrected, and why.",
        lines=3,
        longest=1000,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = parts_of(self)
