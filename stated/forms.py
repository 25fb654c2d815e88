"""The forms for what was said to come, and for what became of it."""

from datetime import date
from typing import Any

from crispy_forms_gds.layout import Layout, Submit
from django import forms

from bcfportal.lib import clock
from bcfportal.lib.forms import DayInOneBox, Helper, text_box
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.said_days import SaidDay, read_said_day
from publishing.promises import ANSWERS, MOVED, PromiseLine
from typed.asking import AsksAboutDays

LONGEST = 2_000
WHEN_HELP = (
    "As it was said: a day, a month, a season or a year, such as 31 March 2027, early February "
    "2027, spring 2027 or the end of 2027/28."
)


def _what_became() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="What became of it",
        choices=list(ANSWERS.items()),
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose what became of it.",
            "invalid_choice": "Choose what became of it.",
        },
    )


class SaidDayForm(AsksAboutDays, forms.Form):
    """A form with a day as vague as it is said: ``said`` is what its words can mean."""

    submit = "Save"
    said: SaidDay | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = Helper(Layout(*self.fields, Submit("submit", self.submit)))

    @property
    def when_said(self) -> str:
        return self.cleaned_data.get("when") or ""

    def day_said(self) -> date:
        """The day from which a month without a year is counted."""
        return self.cleaned_data.get("said_on") or clock.today()

    def read_when(self) -> None:
        """Reads the words; what cannot be read is asked about until its last day is given."""
        last = self.cleaned_data.get("last_day")
        try:
            self.said = read_said_day(self.when_said, self.day_said())
        except ValueError as question:
            if last:
                self.said = SaidDay(last, last)
            else:
                self.add_error("when", str(question))
            return
        if last and self.said and self.said.last != last:
            self.add_error(
                "last_day",
                f"The last day of “{self.when_said}” is {day_words(self.said.last)}: leave this "
                "box empty, or say the day otherwise.",
            )
        elif last and not self.said:
            self.add_error("when", "Say by when in words too, such as early February 2027.")


class ReturnPromiseForm(SaidDayForm):
    """What a project says will come, typed with its return."""

    what = text_box(
        "What is to come",
        lines=3,
        longest=LONGEST,
        missing="Say what is to come.",
    )
    owner = text_box(
        "Who owes it",
        help_text="Enter a post or a team, not a person’s name.",
        longest=120,
        missing="Enter who owes it, by post.",
    )
    when = text_box(
        "By when",
        help_text=f"{WHEN_HELP} Leave it empty where no day is said.",
        longest=60,
        required=False,
    )
    last_day = DayInOneBox(
        required=False,
        label="The last day that this can mean",
        help_text="Only where you are asked what the words above mean. For example, {day}",
    )

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.read_when()
        return self.cleaned_data


class PromiseForm(ReturnPromiseForm):
    """What a paper or a meeting said would come, typed by an officer."""

    about = text_box(
        "What it is of",
        help_text="For example, Carers’ strategy.",
        longest=200,
        missing="Say what it is of.",
    )
    said_in = text_box(
        "Where it was said",
        help_text="The paper or the meeting.",
        longest=200,
        missing="Name the paper or the meeting.",
    )
    said_on = DayInOneBox(label="When it was said", help_text="For example, {day}")
    field_order = ("about", "what", "owner", "when", "last_day", "said_in", "said_on")

    def clean(self) -> dict[str, Any]:
        super().clean()
        said_on = self.cleaned_data.get("said_on")
        if said_on and said_on > clock.today():
            self.add_error("said_on", f"{day_words(said_on)} is still to come.")
        return self.cleaned_data


class ReturnAnswerForm(SaidDayForm):
    """What became of a promise, told in a return."""

    state = _what_became()
    text = text_box(
        "What came of it, or why it is late, moved or dropped",
        lines=3,
        longest=LONGEST,
        missing="Say in a sentence what came of it, or why.",
    )
    when = text_box(
        "To which date it is moved",
        help_text=f"{WHEN_HELP} Leave it empty where it is not moved.",
        longest=60,
        required=False,
    )
    last_day = DayInOneBox(
        required=False,
        label="The last day that this can mean",
        help_text="Only where you are asked what the words above mean. For example, {day}",
    )

    def __init__(self, *args: Any, line: PromiseLine, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line

    def day_said(self) -> date:
        return self.cleaned_data.get("told_on") or clock.today()

    def clean(self) -> dict[str, Any]:
        super().clean()
        state = self.cleaned_data.get("state")
        if state == MOVED:
            self.read_when()
            if "when" not in self.errors and self.said is None:
                self.add_error("when", "Say to which date it is moved, such as early March 2027.")
            elif self.said and self.said.last == self.line.last_day:
                self.add_error(
                    "when", f"It is to come by {self.line.when_now} already: say another date."
                )
        elif state and (self.when_said or self.cleaned_data.get("last_day")):
            self.add_error(
                "when",
                f"A date goes with “{ANSWERS[MOVED]}” only: choose that, or empty this box.",
            )
        return self.cleaned_data


class AnswerForm(ReturnAnswerForm):
    """What became of a promise, told at a meeting or in a paper, typed by an officer."""

    told_in = text_box(
        "Where this was told",
        help_text="The meeting or the paper.",
        longest=200,
        missing="Name the meeting or the paper.",
    )
    told_on = DayInOneBox(label="When it was told", help_text="For example, {day}")
    field_order = ("state", "text", "when", "last_day", "told_in", "told_on")

    def clean(self) -> dict[str, Any]:
        super().clean()
        told = self.cleaned_data.get("told_on")
        if told and told > clock.today():
            self.add_error("told_on", f"{day_words(told)} is still to come.")
        elif told and told < self.line.said_on:
            self.add_error("told_on", f"It was said on {day_words(self.line.said_on)} only.")
        return self.cleaned_data
