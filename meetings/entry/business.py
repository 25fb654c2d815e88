"""The business of an item, kind by kind: what a row of each holds, and on which form."""

from dataclasses import dataclass
from typing import Any

from django import forms

from bcfportal.lib.forms import DayInOneBox, WholeNumberField, field_of
from meetings.entry.fields import POST, Row, Rows, TimeField, box, one_of, rows_of
from meetings.models import (
    Action,
    AgendaItem,
    Appointment,
    Decision,
    Departure,
    MemberUpdate,
    Minute,
    Question,
    Recommendation,
)
from typed.asking import AsksAboutDays

PARAGRAPH = "As the minutes print it, such as 4.2."
VOTES = ("votes_for", "votes_against", "abstained")


def number(help_text: str = PARAGRAPH, longest: int = 10) -> forms.CharField:
    return box("Number", longest=longest, help_text=help_text)


def of_the_item(label: str, none: str) -> forms.TypedChoiceField:
    """A list of what the item has, to choose one from; the row fills it."""
    return forms.TypedChoiceField(
        label=label,
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", none)],
        error_messages={"invalid_choice": "Choose one from the list."},
    )


class RecommendationRow(Row):
    number = number("Its number or letter.")
    text = box("What is recommended", lines=3, longest=5000)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "text", "Enter what is recommended.")


class AppointmentRow(Row):
    body = box("Body")
    kind = one_of("What it is", [("", "Choose one"), *Appointment.Kind.choices])
    places = WholeNumberField(label="Places", low=1, whole_digits=3)
    held_by = box("Held by", help_text="The roles, not persons’ names.")
    shown_for = box("Of which year", longest=20, help_text="Such as 2026/27.")
    text = box("What is said of the body", lines=2, longest=5000)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "body", "Enter the name of the body.")
        self.need(given, "kind", "Choose what the body is.")
        self.need(given, "places", "Enter how many places it has, such as 1.")


class DecisionRow(Row):
    number = number("The paragraph and letter, such as 4.2 b.")
    recommendation_id = of_the_item("On the recommendation", "None of them")
    outcome = one_of(
        "What was decided",
        [
            ("", "Choose one"),
            *(choice for choice in Decision.Outcome.choices if choice[0] != "not held"),
        ],
    )
    wording = box("In the words of the minutes", lines=3, longest=10_000)
    votes_for = WholeNumberField(label="Votes for", whole_digits=3)
    votes_against = WholeNumberField(label="Votes against", whole_digits=3)
    abstained = WholeNumberField(label="Abstained", whole_digits=3)
    did_not_vote = WholeNumberField(
        label="Did not vote", whole_digits=3, help_text="Where the minutes say so."
    )

    def prepare(self) -> None:
        choice = field_of(self, "recommendation_id", forms.TypedChoiceField)
        choice.choices = [
            ("", "None of them"),
            *((row.pk, str(row)) for row in self.of.recommendations.all()),
        ]
        if self.initial.get("outcome") == Decision.Outcome.NOT_HELD:
            outcome = field_of(self, "outcome", forms.ChoiceField)
            outcome.choices = [("", "Choose one"), *Decision.Outcome.choices]

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "outcome", "Choose what was decided.")
        if given.get("outcome") == Decision.Outcome.NOT_HELD:
            if given.get("wording"):
                self.add_error("outcome", "Choose what was decided: its words are there.")
        elif given.get("outcome"):
            self.need(given, "wording", "Enter what was decided, in the words of the minutes.")
        votes = [given.get(name) for name in VOTES]
        if None in votes and any(vote is not None for vote in (*votes, given.get("did_not_vote"))):
            for name, vote in zip(VOTES, votes, strict=True):
                if vote is None and name not in self.errors:
                    self.add_error(
                        name, "Enter votes for, against and abstained, 0 where none, or no votes."
                    )
                    break


class ActionRow(AsksAboutDays, Row):
    number = number("The paragraphs of the minutes.", longest=20)
    what = box("What is to be done", lines=2, longest=5000)
    owner_post = box("Who does it", longest=120, help_text=POST)
    due_as_said = box("By when, as it was said", longest=120, help_text="Such as the winter.")
    due = DayInOneBox(
        label="The last day that this can mean", help_text="For example, {day}.", required=False
    )
    decision_id = of_the_item("From the decision", "None of them")
    wording = box("In the words of the minutes", lines=2, longest=5000)

    def prepare(self) -> None:
        choice = field_of(self, "decision_id", forms.TypedChoiceField)
        choice.choices = [
            ("", "None of them"),
            *((row.pk, str(row)) for row in self.of.decisions.all()),
        ]

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "what", "Enter what is to be done.")
        if given.get("due"):
            self.need(given, "due_as_said", "Enter the day as it was said.")


class QuestionRow(Row):
    number = number("As printed.")
    asked_by = box("Asked by", help_text="A role or a body, not a person’s name.")
    text = box("Question", lines=4, longest=20_000)
    answered_by = box("Answered by", longest=120, help_text=POST)
    answer = box("Answer", lines=4, longest=20_000)
    supplementary = box("Supplementary question", lines=2, longest=20_000)
    supplementary_answered_by = box("Answered by", longest=120, help_text=POST)
    supplementary_answer = box("Answer to the supplementary question", lines=2, longest=20_000)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "asked_by", "Enter who asked, by role or body.")
        self.need(given, "text", "Enter the question.")
        if given.get("supplementary_answer"):
            self.need(given, "supplementary", "Enter the supplementary question.")


class UpdateRow(Row):
    number = number()
    role = box("Role of the member", longest=120, help_text=POST)
    body = box("Of which body")
    text = box("What was told", lines=4, longest=20_000)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "role", "Enter the role of the member.")
        self.need(given, "text", "Enter what was told.")


class MinuteRow(Row):
    number = number()
    text = box("What the minutes say, people by post", lines=4, longest=20_000)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "text", "Enter what the minutes say.")


class DepartureRow(Row):
    number = number()
    at = TimeField(label="When")
    count = WholeNumberField(label="How many members left", low=1, whole_digits=3)

    def ask_for_what_is_missing(self, given: dict[str, Any]) -> None:
        self.need(given, "number", "Enter the paragraph of the minutes.")
        self.need(given, "at", "Enter when they left.")
        self.need(given, "count", "Enter how many left.")


@dataclass(frozen=True)
class Business:
    """One kind of business of an item."""

    # In addresses, and how an item has its records.
    name: str
    title: str
    model: Any
    rows: type[Rows]
    # Whether it is known before the meeting.
    before: bool = False

    def records(self, item: AgendaItem) -> list[Any]:
        """What the item has of it, in order."""
        return list(getattr(item, self.name).all())

    @property
    def fields(self) -> list[str]:
        """The fields of a record that a row says."""
        return list(self.rows.form.base_fields)


def _business(
    name: str, title: str, noun: str, model: Any, row: type[Row], *, before: bool = False
) -> Business:
    return Business(name, title, model, rows_of(row, noun), before)


BUSINESS: dict[str, Business] = {
    kind.name: kind
    for kind in (
        _business(
            *("recommendations", "Recommendations", "Recommendation"),
            *(Recommendation, RecommendationRow),
            before=True,
        ),
        _business(
            *("appointments", "Appointments", "Appointment", Appointment, AppointmentRow),
            before=True,
        ),
        _business("decisions", "Decisions", "Decision", Decision, DecisionRow),
        _business("actions", "What was asked for", "Action", Action, ActionRow),
        _business("questions", "Questions and answers", "Question", Question, QuestionRow),
        _business("memberupdates", "Told by members", "Update", MemberUpdate, UpdateRow),
        _business("minutes", "What was said", "Paragraph", Minute, MinuteRow),
        _business("departures", "Who left", "Departure", Departure, DepartureRow),
    )
}
