"""What a form asks before it does what it says: a tick that counts for what it was given for only.

For forms that are sent at once. Of what is kept as it was typed, ``typed.boxes`` asks.
"""

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from crispy_forms_gds.layout import Submit
from django import forms

from bcfportal.lib import clock
from bcfportal.lib.forms import OfADay, YearField
from bcfportal.lib.plausible import far_days, far_years

if TYPE_CHECKING:
    _OfAForm = forms.Form
else:
    _OfAForm = object


# What a question says to do about it.
_WHAT_TO_DO = re.compile(r"\s[^.]*\btick that (?:it|this) is right\.$")


def said_right(form: Any) -> list[str]:
    """What was asked of the form and answered by a tick, for who reads the record next."""
    return list(dict.fromkeys(getattr(form, "answered", ())))


def ask(form: Any, name: str, about: str, sentence: str, *, label: str) -> None:
    """Asks whether what is typed is right, by a tick that is on the page only then.

    The tick says what it is ``about``. Where something else is typed after it, it is asked again.
    Call it once the form has read its boxes. What is answered is kept for ``said_right``.
    """
    answer, sent = f"yes: {about}", form.add_prefix(name)
    form.fields[name] = forms.BooleanField(
        required=False, label=label, widget=forms.CheckboxInput(attrs={"value": answer})
    )
    parts = form.helper.layout
    if name not in parts.fields:
        ends = [at for at, part in enumerate(parts.fields) if isinstance(part, Submit)]
        parts.insert(ends[0] if ends else len(parts.fields), name)
    if form.data.get(sent) == answer:
        said = f"{_WHAT_TO_DO.sub('', sentence)} It was said to be right."
        form.answered = [*getattr(form, "answered", ()), said]
    else:
        form.data = form.data.copy()
        form.data.pop(sent, None)
        form.add_error(name, sentence)


class AsksAboutDays(_OfAForm):
    """A form that asks about days far from today. What was there before is not asked about."""

    def days_beside(self) -> Iterable[date]:
        """Days beside which one far from today is none: of the period that the form is about."""
        return ()

    def wrong_days(self, days: Mapping[str, date]) -> str:
        """What else is unlike about the days that were typed, in a sentence; mostly nothing."""
        return ""

    def full_clean(self) -> None:
        super().full_clean()
        if not self.is_bound:
            return
        days = {
            str(field.label).removesuffix(" (optional)"): day
            for name, field in self.fields.items()
            if isinstance(field, OfADay) and name in self.changed_data
            if (day := self.cleaned_data.get(name))
        }
        today = clock.today()
        asked = [far_days(days, today, self.days_beside()), self.wrong_days(days) if days else ""]
        if sentence := " ".join(filter(None, asked)):
            about = " ".join(day.isoformat() for day in days.values())
            sentence += " Put it right, or tick that it is right."
            ask(self, "days_are_right", about, sentence, label="The date is right")


class AsksAboutYears(_OfAForm):
    """A form that asks about financial years far from the council's. Those that were there before
    are not asked about.
    """

    def years_beside(self) -> Collection[int]:
        """Years near which one is not far: the council's, and those of the record."""
        raise NotImplementedError

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            self.ask_about_years([self])

    def ask_about_years(self, forms_with_years: Iterable[Any]) -> None:
        """Asks about the years of checked forms: this one, or the rows of a table below it."""
        typed = [
            year
            for form in forms_with_years
            for name, field in form.fields.items()
            if isinstance(field, YearField) and (year := form.cleaned_data.get(name))
            if year != form.get_initial_for_field(field, name)
        ]
        if typed and (far := far_years(typed, self.years_beside())):
            sentence = f"{'. '.join(far)}. Put it right, or tick that it is right."
            about = " ".join(map(str, typed))
            ask(self, "years_are_right", about, sentence, label="The year is right")
