"""What the sections of a return ask for, and how they say what is wrong.

A form reads what was typed (``Section.typed``); it never refuses to keep it.
"""

from collections.abc import Mapping
from decimal import Decimal

from django import forms

from bcfportal.lib.forms import DayInOneBox, NumberField, OfADay, field_of, text_box
from bcfportal.lib.money import exact
from bcfportal.lib.plausible import LITTLE, Beside, far_days, is_far, tick, unusual
from bcfportal.lib.ratings import COLOURS, Rating
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.bounds import LONGEST_TEXT
from finance.allocations.calculations import variance_words

# What the paper has room for: the longest texts of a published report fit well within these.
PERFORMANCE_FITS, SUMMARY_FITS = 2_500, 800
COLOUR_CHOICES = [(colour.value, colour.label) for colour in COLOURS]


def text_field(missing, *, required=False, **options):
    """A box for a text of the report; ``missing`` is the error if it is required and empty."""
    return text_box(missing=missing, lines=10, longest=LONGEST_TEXT, required=required, **options)


class SpendForm(forms.Form):
    spend_to_date = NumberField(
        label="Spent to date this year",
        unit="£",
        low=None,
        whole_digits=12,
        missing="Enter the spend this year to date.",
        nothing="Enter 0 if nothing was spent.",
    )
    spend_forecast = NumberField(
        label="Forecast for the whole year",
        unit="£",
        whole_digits=12,
        missing="Enter the forecast for the year.",
        nothing="Enter 0 if nothing will be spent.",
    )
    variance_reason = text_field(
        "Say why the forecast differs from the allocation.", label="Why the forecast differs"
    )

    # On the page only where they are asked.
    below_zero_is_right = forms.CharField(
        required=False, label="The spend to date is below zero, and that is right"
    )

    spend_to_date_right = forms.CharField(
        required=False, label="Spent to date this year: this is right"
    )
    spend_forecast_right = forms.CharField(
        required=False, label="Forecast for the whole year: this is right"
    )

    def __init__(
        self,
        data: Mapping[str, str],
        *,
        allocation: Decimal | None,
        tolerance: Decimal,
        elapsed: Decimal = Decimal(1),
        before: Decimal | None = None,
        forecast_before: Decimal | None = None,
    ) -> None:
        """``elapsed`` is the part of the financial year that the spend to date is of.

        ``before`` is what was spent to date the last time that it was reported in this year, and
        ``forecast_before`` what was forecast then.
        """
        super().__init__(data)
        self.before, self.forecast_before = before, forecast_before
        self.allocation, self.tolerance, self.elapsed = allocation, tolerance, elapsed

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        forecast = cleaned.get("spend_forecast")
        far = self.is_far(forecast)
        if far and not cleaned.get("variance_reason"):
            self.add_error(
                "variance_reason",
                f"Say why the forecast is {variance_words(forecast, self.allocation)}: "
                f"that is more than {self.tolerance.normalize():f}%.",
            )
        if self.asks_below_zero and cleaned.get("below_zero_is_right") != self.below_zero_tick:
            self.add_error(
                "below_zero_is_right",
                f"{exact(cleaned['spend_to_date'])} is spent to date, which is below zero. "
                "Correct it, or tick that it is right, for example where an accrual of last "
                "year is reversed.",
            )
        for field, sentence in self.asks.items():
            right = f"{field}_right"
            if cleaned.get(right) != tick(cleaned[field]):
                self.add_error(right, f"{sentence} Is this right?")
        return cleaned

    @property
    def asks(self) -> dict[str, str]:
        """Why the amounts are unlike what they stand beside, in sentences by field."""
        cleaned = getattr(self, "cleaned_data", {})
        spend, forecast = cleaned.get("spend_to_date"), cleaned.get("spend_forecast")
        questions = {
            "spend_to_date": self._asks_of_spend(spend, forecast),
            "spend_forecast": self._asks_of_forecast(forecast),
        }
        return {field: sentence for field, sentence in questions.items() if sentence}

    def _asks_of_spend(self, spend: Decimal | None, forecast: Decimal | None) -> str:
        """Of the spend to date: against last time's, and the part of the year that is over.

        What is spent since April does not become less.
        """
        if spend is not None and self.before is not None and spend < self.before:
            return (
                f"{exact(spend)} is spent to date, and last time it was already "
                f"{exact(self.before)}."
            )
        # That there is none is said; less than none is asked by itself.
        if spend is None or spend <= 0:
            return ""
        # Ten times as much in this box and in the next is no more than is forecast.
        if self.before and is_far(spend, self.before):
            return unusual(spend, [Beside("last time it was", self.before)], exact)
        year = forecast if forecast else self.allocation
        if not year:
            return unusual(spend, [], exact)
        if is_far(spend, year * self.elapsed) or spend - year >= LITTLE:
            how = "more than" if spend > year else "little of"
            of = "that is forecast" if forecast else "that is allocated"
            return f"{exact(spend)} is spent to date, {how} the {exact(year)} {of} for the year."
        allocated = self.allocation
        if allocated and spend > allocated and is_far(spend, allocated * self.elapsed):
            return (
                f"{exact(spend)} is spent to date, many times as much as the time so far has of "
                f"the {exact(allocated)} that is allocated for the year."
            )
        return ""

    def _asks_of_forecast(self, forecast: Decimal | None) -> str:
        """Against what was forecast last time, and against the allocation."""
        beside = [
            known
            for known in (
                Beside("last time it was", self.forecast_before),
                Beside("the allocation is", self.allocation),
            )
            if known.amount
        ]
        if not beside:
            return unusual(forecast, [], exact)
        return next(filter(None, (unusual(forecast, [known], exact) for known in beside)), "")

    @property
    def asked(self) -> list[tuple[str, str, str, bool]]:
        """(field of the tick, sentence, what the tick says, whether it is ticked)."""
        cleaned = getattr(self, "cleaned_data", {})
        return [
            (f"{field}_right", sentence, right, self.data.get(f"{field}_right") == right)
            for field, sentence in self.asks.items()
            for right in (tick(cleaned[field]),)
        ]

    @property
    def asks_below_zero(self) -> bool:
        """Whether the spend to date is below 0: then a person says that it is right."""
        spend = getattr(self, "cleaned_data", {}).get("spend_to_date")
        return spend is not None and spend < 0

    @property
    def below_zero_tick(self) -> str:
        """What the tick says: that this amount below 0 is right, and no other typed after it."""
        return tick(getattr(self, "cleaned_data", {}).get("spend_to_date"))

    def is_far(self, forecast) -> bool:
        """Whether the forecast is further from the allocation than the council's tolerance."""
        if forecast is None or self.allocation is None:
            return False
        return abs(forecast - self.allocation) * 100 > self.tolerance * self.allocation


class PerformanceForm(forms.Form):
    performance = text_field(
        "Enter how the project is doing.", label="Performance in full", required=True
    )
    summary_performance = text_field(
        "Enter the short text for the summary.", label="Short text for the summary", required=True
    )


class RatingForm(forms.Form):
    rating = forms.ChoiceField(
        choices=COLOUR_CHOICES,
        label="Rating now",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose how the project is rated now.",
            "invalid_choice": "Choose green, amber or red.",
        },
    )
    rating_text = text_field(
        "Say in a sentence why it is rated so.", label="Why, in a sentence", required=True
    )
    difference_reason = text_field("", label="Why it is not what the rule says")
    forecast_rating = forms.ChoiceField(
        choices=COLOUR_CHOICES,
        label="Rating expected at year end",
        widget=forms.RadioSelect,
        error_messages={
            "required": "Choose the rating you expect at the end of the year.",
            "invalid_choice": "Choose green, amber or red.",
        },
    )
    cause = text_field("", label="What has caused it")
    action = text_field("", label="What is being done")
    action_owner = text_box("Who does it, by post", longest=120)
    action_due = DayInOneBox(required=False, label="By when", help_text="For example, {day}")

    # On the page only where it is asked.
    action_due_right = forms.CharField(required=False, label="By when: this is right")

    def __init__(self, data, *, rule_rating, period=None, today=None):
        """``period`` is the return's, before which no action is still due.

        Without one nothing is asked about the day.
        """
        super().__init__(data)
        self.rule_rating, self.period, self.today = rule_rating, period, today
        if period:
            field_of(self, "action_due", OfADay).example = period.last_day

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        rating = cleaned.get("rating")
        if rating and self.rule_rating in COLOURS and rating != self.rule_rating:
            self._require(
                "difference_reason",
                f"By the rule it is {Rating(self.rule_rating).label.lower()}: say why it is rated "
                f"{Rating(rating).label.lower()}.",
            )
        if rating in (Rating.AMBER, Rating.RED):
            colour = Rating(rating).label
            self._require("cause", f"{colour}: say what has caused it.")
            self._require("action", f"{colour}: say what is being done.")
            self._require("action_owner", f"{colour}: say who does it, by post.")
            day = field_of(self, "action_due", OfADay).example_words
            self._require("action_due", f"{colour}: say by when, such as {day}.")
        for field, sentence, _, ticked in self.asked:
            if not ticked:
                self.add_error(field, f"{sentence} Is this right?")
        return cleaned

    @property
    def asked(self) -> list[tuple[str, str, str, bool]]:
        """(field of the tick, sentence, what the tick says, whether it is ticked)."""
        due = getattr(self, "cleaned_data", {}).get("action_due")
        if due is None or self.period is None:
            return []
        began = self.period.first_day
        sentence = far_days({"By when": due}, self.today, [self.period.last_day])
        if due < began:
            sentence = (
                f"By when: {day_words(due)} is before the period began on {day_words(began)}."
            )
        ticked = self.data.get("action_due_right") == tick(due)
        return [("action_due_right", sentence, tick(due), ticked)] if sentence else []

    def _require(self, name, sentence):
        if name not in self.errors and not self.cleaned_data.get(name):
            self.add_error(name, sentence)
