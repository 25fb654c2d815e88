"""The boxes that all forms are made of, and the one place where crispy-forms is set up.

One field for words, for a day, for a financial year and for a number, so that the same text is read
the same everywhere. What is wrong is said in a sentence that names the box and says what to type.
"""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar

from crispy_forms_gds.fields import DateInputField
from crispy_forms_gds.helper import FormHelper
from crispy_forms_gds.layout import Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from bcfportal.lib import clock
from bcfportal.lib.pasting.said_units import without_own_unit
from bcfportal.lib.periods import financial_year_label, financial_year_of
from bcfportal.lib.text import typed_dates
from bcfportal.lib.text.bounds import LONGEST_TEXT
from bcfportal.lib.text.bullets import with_plain_bullets
from bcfportal.lib.text.typed_numbers import (
    WHOLE_DIGITS,
    NotANumber,
    TooFine,
    no_figure,
    nought_or_none,
    pounds_or_millions,
    read_number,
    refuse_thousands_or_pence,
)
from bcfportal.lib.text.typed_text import quoted


class Helper(FormHelper):
    """A form in GOV.UK style whose errors are the server's, not the browser's."""

    def __init__(self, layout: Layout) -> None:
        super().__init__()
        self.layout = layout
        self.attrs = {"novalidate": ""}
        self.form_show_errors = True


_Box = TypeVar("_Box", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[_Box]) -> _Box:
    """The form's field of that name. Raises TypeError where it is not of that kind."""
    field = form.fields[name]
    if not isinstance(field, kind):
        raise TypeError(f"{name} is a {type(field).__name__}, not a {kind.__name__}.")
    return field


if TYPE_CHECKING:
    _OfAField = forms.Field
else:
    _OfAField = object


def named(label: object) -> str:
    """What a box is called in a sentence."""
    return str(label or "").removesuffix(" (optional)").removesuffix("?")


class Named(_OfAField):
    """A field whose sentences begin with its label, unless the page says which box it is."""

    says_name = True

    def refusal(self, sentence: ValueError | str) -> ValidationError:
        """The sentence with the name of the box."""
        name = named(self.label)
        return ValidationError(f"{name}: {sentence}" if self.says_name and name else str(sentence))


class TextLines(Named, forms.CharField):
    """Words of one line or more. A line's end counts once, though browsers send two signs.

    Word's bullets, which no other font has, become those of all fonts.
    """

    def to_python(self, value: str | None) -> str | None:
        return super().to_python(_one_end(value))

    def clean(self, value: str | None) -> str:
        # What a ModelForm compares and a validator counts is the text with its line ends once.
        return super().clean(_one_end(value))

    def has_changed(self, initial: str | None, data: str | None) -> bool:
        return super().has_changed(_one_end(initial), _one_end(data))

    def run_validators(self, value: str) -> None:
        try:
            super().run_validators(value)
        except ValidationError as error:
            raise ValidationError([self.refusal(said) for said in error.messages]) from error


def text_box(
    label: str,
    *,
    longest: int,
    missing: str = "",
    lines: int = 1,
    **options: Any,
) -> TextLines:
    """A box for words, ``lines`` high, with its sentences for what is wrong.

    ``missing`` says what to type where nothing is; a box without it may stay empty, unless
    ``required`` is given.
    """
    options.setdefault("required", bool(missing))
    messages = {"max_length": f"Shorten this to {longest:,} characters or fewer."}
    return TextLines(
        label=label,
        max_length=longest,
        widget=forms.Textarea(attrs={"rows": lines}) if lines > 1 else forms.TextInput(),
        error_messages=messages | ({"required": missing} if missing else {}),
        **options,
    )


def say_which_is_too_long(form: forms.BaseForm) -> None:
    """Names the box in what is said of too many characters, where the form has no sentence of it.

    For boxes that are made from the fields of a model. Words without a limit get one.
    """
    for field in form.fields.values():
        if isinstance(field, TextLines) and not field.max_length:
            sentence = f"Shorten this to {LONGEST_TEXT:,} characters or fewer."
            field.validators.append(MaxLengthValidator(LONGEST_TEXT, sentence))
        if isinstance(field, forms.CharField) and field.max_length:
            name = named(field.label).replace("%", "%%")
            sentence = f"{name}: Shorten this to {field.max_length:,} characters or fewer."
            field.error_messages.setdefault("max_length", sentence)


def _one_end(text: str | None) -> str | None:
    if not isinstance(text, str):
        return text
    return with_plain_bullets(text.replace("\r\n", "\n").replace("\r", "\n"))


class WithExample(Named):
    """A field whose hint gives an example that it takes, where ``stands_for_it`` stands."""

    stands_for_it: str
    _hint = ""

    @property
    def example_words(self) -> str:
        """What the box takes, as it is typed."""
        raise NotImplementedError

    # In place of a text that is kept, one that is said anew each time.
    @property  # type: ignore[override]
    def help_text(self) -> str:
        return self._hint.replace(self.stands_for_it, self.example_words)

    @help_text.setter
    def help_text(self, hint: str) -> None:
        self._hint = hint


class OfADay(WithExample):
    """A field for a day, whose sentences and hint give one that it takes.

    ``example`` is that day: today, unless the form says which days it takes.
    """

    example: date | None = None
    stands_for_it = "{day}"

    def words_of(self, day: date) -> str:
        """The day as it is typed here."""
        return f"{day.day}/{day.month}/{day.year}"

    @property
    def example_words(self) -> str:
        return self.words_of(self.example or clock.today())


class DayField(OfADay, DateInputField):
    """A date in three boxes. The month may be in words; a whole date in the first box is read too.

    What is wrong is said once, in words. The package's own field answers a day that does not exist
    with Python's words.
    """

    def words_of(self, day: date) -> str:
        return f"{day.day} {day.month} {day.year}"

    def __init__(self, *, missing: str = "", **kwargs: Any) -> None:
        kwargs.setdefault("required", bool(missing))
        # The package's own field has no types, so this seems to be Django's.
        super().__init__(require_all_fields=False, **kwargs)  # type: ignore[call-arg]
        self.missing = missing

    def clean(self, value: list[int | str | None] | None) -> date | None:
        typed = " ".join(str(part or "").strip() for part in value or ()).strip()
        if not typed:
            if not self.required:
                return None
            raise ValidationError(self.missing, code="required")
        try:
            return typed_dates.read_day(typed, example=self.example_words)
        except ValueError as error:
            raise self.refusal(error) from error


class DayInOneBox(OfADay, forms.CharField):
    """A date in one box, read as ``DayField`` reads it."""

    def clean(self, value: str | None) -> date | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed_dates.read_day(text, example=self.example_words)
        except ValueError as error:
            raise self.refusal(error) from error


class YearField(WithExample, forms.CharField):
    """A financial year typed as 2018/19, read into the year that it starts in.

    ``years`` are those that the records can have. The example is the year that it is.
    """

    stands_for_it = "{year}"

    def __init__(
        self, *, missing: str = "", years: range = range(2013, 2100), **kwargs: Any
    ) -> None:
        super().__init__(required=bool(missing), **kwargs)
        self.years, self.missing = years, missing
        self.widget.attrs |= {"class": "govuk-input--width-5"}

    @property
    def example_words(self) -> str:
        return financial_year_label(financial_year_of(clock.today()))

    def validate(self, value: str | None) -> None:
        if self.required and not value:
            raise ValidationError(
                self.missing.replace("{year}", self.example_words), code="required"
            )

    def prepare_value(self, value: int | str | None) -> str | None:
        return financial_year_label(value) if isinstance(value, int) else value

    def clean(self, value: str | None) -> int | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return typed_dates.read_financial_year(text, self.example_words, self.years)
        except ValueError as error:
            raise self.refusal(error) from error


class NumberField(Named, forms.CharField):
    """A number as typed, read into a Decimal; None where it is left empty.

    ``unit`` is what the box is in ("£", "%" or nothing): the sign of another is refused.
    ``counted_in`` is a unit in words that may stand behind the number, such as "FTE". ``low`` and
    ``high`` bound it, None where it has no bound. ``nothing`` says what to do where there is no
    figure, after a word such as "nil". ``sentence`` is said in place of all others, where the box
    is known by more than its label.
    """

    def __init__(
        self,
        *,
        unit: str | None = "",
        counted_in: str = "",
        places: int = 2,
        low: int | None = 0,
        high: int | None = None,
        whole_digits: int = 9,
        missing: str = "",
        example: str = "",
        nothing: str = "",
        sentence: str = "",
        **kwargs: Any,
    ) -> None:
        kwargs.setdefault("required", bool(missing))
        super().__init__(**kwargs)
        self.unit, self.places, self.low, self.high = unit, places, low, high
        self.counted_in = counted_in
        self.most = Decimal(10) ** min(whole_digits, WHOLE_DIGITS)
        self.example = example or ("12" if not places else "1,234" if unit == "£" else "5")
        self.nothing, self.sentence = nothing, sentence
        self.widget.attrs |= {"inputmode": "decimal"}
        self.widget.attrs.setdefault("class", f"govuk-input--width-{10 if unit == '£' else 5}")
        if missing or sentence:
            self.error_messages["required"] = missing or sentence

    def refusal(self, sentence: ValueError | str) -> ValidationError:
        """The field's own sentence, or else this one with the name of the box."""
        return ValidationError(self.sentence) if self.sentence else super().refusal(sentence)

    def prepare_value(self, value: Decimal | str | None) -> str | None:
        if not isinstance(value, Decimal):
            return value
        text = f"{value:f}"
        return text.rstrip("0").rstrip(".") if "." in text else text

    def has_changed(self, initial: Decimal | int | str | None, data: int | str | None) -> bool:
        try:
            return read_number(str(data or "")) != (None if initial in ("", None) else initial)
        except ValueError:
            return True

    # Django says of a field of text that it reads into a text; this one reads into a number.
    def to_python(  # type: ignore[override]
        self, value: str | int | Decimal | None
    ) -> Decimal | None:
        text = super().to_python(value)
        try:
            if self.unit == "£":
                refuse_thousands_or_pence(text)
            figure = without_own_unit(text or "", self.counted_in) if self.counted_in else text
            number = read_number(figure or "", self.places, unit=self.unit)
        except NotANumber as error:
            sentence = (
                f"Enter {self.what}, such as {self.example}. “{quoted(str(text))}” is not one"
            )
            nought = "" if self.low else nought_or_none(str(text))
            sentence += f": {nought}." if nought else "."
            raise self.refusal(f"{sentence} {self.nothing}".strip()) from error
        except TooFine as error:
            said = pounds_or_millions(error, self.places) if self.unit == "£" else error
            raise self.refusal(said) from error
        except ValueError as error:
            raise self.refusal(error) from error
        if number is None:
            if said := no_figure(text):
                raise self.refusal(self._instead_of_none(said))
            return None
        if (problem := self._out_of_bounds(number)) is not None:
            raise self.refusal(problem)
        return number

    @property
    def what(self) -> str:
        """What the box takes, in words."""
        number = "a number" if self.places else "a whole number"
        return number + {"£": " of pounds", "%": " in per cent"}.get(self.unit or "", "")

    def _instead_of_none(self, said: str) -> str:
        """What to do where a dash stands, which can be 0 or no figure."""
        if self.required:
            return f"{said}. {self.error_messages['required']} {self.nothing}".strip()
        return f"{said}: enter {self.what}, such as {self.example}, or leave the box empty."

    def _out_of_bounds(self, number: Decimal) -> str | None:
        what = {"£": "an amount", "%": "a per cent"}.get(self.unit or "", "a figure")
        if self.low is not None and self.high is not None:
            if not self.low <= number <= self.high:
                return f"Enter {what} from {self.low:,} to {self.high:,}, such as {self.example}."
        elif self.low is not None and number < self.low:
            return f"Enter {what} of {self.low:,} or more, such as {self.example}."
        if abs(number) >= self.most:
            return f"Enter {what} of less than {self.most:,f}, such as {self.example}."
        return None

    def validate(self, value: Decimal | None) -> None:
        if self.required and value is None:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Decimal | None) -> None:
        """The figure is checked as it is read; its length in characters is the text's."""


class WholeNumberField(NumberField):
    """A whole number, read into an int."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(places=0, **kwargs)

    def to_python(  # type: ignore[override]
        self, value: str | int | Decimal | None
    ) -> int | None:
        number = super().to_python(value)
        return None if number is None else int(number)
