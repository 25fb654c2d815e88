"""What people type: read where it means one thing, asked where two, refused in a sentence.

The house tests walk all forms of the portal: one that is added tomorrow is in them.
"""

import importlib
import re
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError

from bcfportal.lib import clock
from bcfportal.lib.forms import DayField, DayInOneBox, NumberField, WholeNumberField, YearField
from bcfportal.lib.text.typed_dates import read_day, read_financial_year
from finance.ledger.cells import read_amount, read_code
from finance.ledger.months import read_month
from finance.monitoring.entry import read_millions
from outcomes.entry.validation import BOXES, FIGURES, check_row
from tests.packages import PACKAGES

# An example stands after these words, up to the end of the sentence or the next words.
EXAMPLE = re.compile(
    r"(?:such as|For example,|Enter the financial year as|type(?:d as)?) "
    r"(?P<one>[^\s,;:]+(?: \d+ \d+)?(?:,\d{3})*)(?: or (?P<other>[^\s,;:]+))?"
)
# What no box for a figure, a day or a year takes.
WRONG = (
    *("nil", "n/a", "tomorrow", "", "31/2/2018", "31/3", "June 2018", "4/30/2018", "31/3/218"),
    *("2018", "2018/20", "1990/91", "-5", "1.23456789", "999999999999", "1e5", "£5", "5%", "0"),
)


def our_forms():
    """Every form class of the portal."""
    for path in Path(settings.BASE_DIR).glob("*/**/*.py"):
        parts = path.relative_to(settings.BASE_DIR).with_suffix("").parts
        if parts[0] in PACKAGES and "migrations" not in parts:
            importlib.import_module(".".join(parts))
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for each in waiting.pop().__subclasses__():
            waiting.append(each)
            if each.__module__.split(".")[0] in PACKAGES:
                found.add(each)
    return sorted(found, key=lambda each: (each.__module__, each.__name__))


def our_fields():
    for form in our_forms():
        for name, field in form.base_fields.items():
            yield f"{form.__name__}.{name}", field


def typed_fields():
    """The boxes that read a figure, a day or a year."""
    kinds = (DayField, DayInOneBox, YearField, NumberField)
    return [(name, field) for name, field in our_fields() if isinstance(field, kinds)]


def named(fields):
    """The fields as parameters of a test, each called by its form and name."""
    return [pytest.param(name, field, id=name) for name, field in fields]


def sentences(field):
    """All that the box says of what is wrong, and its hint."""
    yield str(field.help_text)
    for text in WRONG:
        try:
            field.clean(as_posted(field, text))
        except ValidationError as error:
            yield from error.messages


def examples(sentence):
    for match in EXAMPLE.finditer(sentence):
        yield from (each.rstrip(".") for each in match.groups() if each)


def as_posted(field, text):
    if not isinstance(field, DayField):
        return text
    return text.split(" ") if text.count(" ") == 2 else [text, "", ""]


def test_there_are_boxes_of_every_kind():
    kinds = {type(field) for _, field in typed_fields()}
    assert kinds >= {DayField, DayInOneBox, YearField, NumberField, WholeNumberField}
    assert len(typed_fields()) > 40


@pytest.mark.parametrize(("name", "field"), named(typed_fields()))
def test_every_example_that_a_sentence_gives_is_taken(name, field):
    for sentence in sentences(field):
        for example in examples(sentence):
            assert field.clean(as_posted(field, example)) is not None, (sentence, example)


@pytest.mark.parametrize(("name", "field"), named(typed_fields()))
def test_every_box_that_is_wrong_is_named_and_told_what_to_type(name, field):
    for text in ("nil", "31/2/2018 12"):
        with pytest.raises(ValidationError) as refused:
            field.clean(as_posted(field, text))
        (sentence,) = refused.value.messages
        label = field.label.removesuffix(" (optional)")
        # A sentence of the field's own names it in words of its own.
        own = getattr(field, "sentence", "")
        assert sentence == own if own else sentence.startswith(f"{label}: Enter "), sentence
        assert re.search(r"\d", sentence), sentence


@pytest.mark.parametrize(("name", "field"), named(our_fields()))
def test_no_hint_says_what_its_label_says(name, field):
    """A hint has more to say than the label: an example, a unit, what happens."""
    label = set(re.findall(r"\w+", str(field.label or "").casefold()))
    hint = set(re.findall(r"\w+", str(field.help_text or "").casefold()))
    assert not hint or hint - label - {"the", "a", "an", "of", "is", "it", "its"}, field.help_text


def test_no_form_reads_a_figure_a_day_or_a_year_in_another_way():
    others = (forms.DateField, forms.IntegerField, forms.DecimalField, forms.FloatField)
    assert not [
        name
        for name, field in our_fields()
        # What nobody types is read as it was written.
        if isinstance(field, others) and not isinstance(field.widget, forms.HiddenInput)
    ]


@pytest.mark.parametrize(
    ("name", "field"),
    named(
        (name, field)
        for name, field in our_fields()
        if isinstance(field, forms.CharField) and isinstance(field.widget, forms.Textarea)
    ),
)
def test_a_line_end_counts_once_in_every_box_for_words(name, field):
    """Case K1: 80 lines of 49 letters are 3,999."""
    if field.max_length is None:
        pytest.skip("No limit of its own.")
    lines = "\r\n".join(["x" * 49] * (field.max_length // 50))
    text = lines + "\r\n" * (field.max_length - len(lines.replace("\r\n", "\n")))
    field.strip, kept = False, field.strip
    try:
        assert len(field.clean(text + "")) == field.max_length
    finally:
        field.strip = kept


@pytest.mark.parametrize(
    "typed",
    [
        *("31/3/18", "31 March 2018", "31 Mar 18", "31st march, 2018", "2018-03-31", "31.03.2018"),
        *("31-MAR-2018", "Saturday 31 March 2018", "March 31, 2018", "20180331", "31032018"),
        *("2018-03-31 00:00:00", "31\u200b/3/2018", "31\u201103\u20112018", " 31  3  2018 "),
    ],
)
def test_a_day_that_means_one_day_is_read_in_one_box_and_in_three(typed):
    """Cases F1 and F2."""
    assert DayInOneBox(label="By when").clean(typed) == read_day("31/3/2018")
    assert DayField(label="By when").clean([typed, "", ""]) == read_day("31/3/2018")


@pytest.mark.parametrize("month", ["3", "03", "Mar", "march", "MARCH"])
def test_the_month_of_three_boxes_may_be_in_words(month):
    assert DayField(label="Due").clean(["31", month, "18"]) == read_day("31/3/2018")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("June 2018", "Enter the day too: “June 2018” is a whole month."),
        ("31/3", "Enter the year too, such as 31/3/2018: “31/3” has none."),
        ("4/30/2017", "If you mean 30 April 2017, type 30/4/2017."),
    ],
)
def test_a_day_that_could_be_several_is_asked_about(typed, sentence):
    with pytest.raises(ValueError, match=re.escape(sentence)):
        read_day(typed)


@pytest.mark.parametrize("typed", ["1/1/1", "31/3/218", "31/3/1999", "31/3/20118", "1 1 2101"])
def test_a_year_outside_2000_to_2100_is_refused(typed):
    with pytest.raises(ValueError, match=r"Enter a year from 2000 to 2100|Enter a real date"):
        read_day(typed)


@pytest.mark.parametrize(
    "typed",
    [
        *("2018/19", "2018/2019", "2018-19", "2018–19", "2018—19", "2018‑2019", "18/19", "18–19"),
        *(
            "2018 / 19",
            "2018 to 2019",
            "FY2018/19",
            "fy 18/19",
            "201819",
            "2018\u200b/19",
            "2018∕19",
        ),
    ],
)
def test_a_financial_year_is_read_in_all_its_spellings(typed):
    """Case F6, in every form that has one."""
    boxes = [field for _, field in typed_fields() if isinstance(field, YearField)]
    assert len(boxes) >= 6
    for field in boxes:
        assert field.clean(typed) == 2018


def test_a_year_alone_can_be_two_financial_years_and_is_asked_about():
    with pytest.raises(ValueError, match=r"2018 is in 2017/18 and in 2018/19"):
        read_financial_year("2018")


@pytest.mark.parametrize(
    ("typed", "pounds"),
    [
        ("£1.185m", 1_185_000),
        ("1.185432", 1_185_432),
        ("£1,185,432", 1_185_432),
        ("£250k", 250_000),
        ("1.2 million", 1_200_000),
        ("(£0.5m)", -500_000),
        ("1.185\u200b", 1_185_000),
    ],
)
def test_money_that_says_its_unit_is_read_in_a_box_of_millions(typed, pounds):
    """Case J4."""
    assert read_millions(typed) == pounds


@pytest.mark.parametrize(
    ("read", "typed", "means"),
    [
        (NumberField(label="It", unit="£").clean, "￡１，２３４．５０", Decimal("1234.5")),
        (NumberField(label="It", unit="%").clean, "１２％", 12),
        (WholeNumberField(label="It").clean, "１２", 12),
        (DayInOneBox(label="It").clean, "３１／３／２０１８", date(2018, 3, 31)),
        (DayField(label="It").clean, ["３１", "３", "２０１８"], date(2018, 3, 31)),
        (YearField(label="It").clean, "２０１８／１９", 2018),
        (read_millions, "（１．５）", -1_500_000),
        (read_amount, "１，２３４．５０", Decimal("1234.5")),
        (read_code, "９１００１", "91001"),
        (lambda typed: read_month(typed, 2018), "２０１８－０５", "2018-19-m02"),
    ],
)
def test_wide_figures_are_read_as_the_narrow_ones(read, typed, means):
    assert read(typed) == means


@pytest.mark.parametrize("typed", ["1185432", "12,000", "£1,500"])
def test_money_that_could_be_pounds_or_more_is_asked_about(typed):
    with pytest.raises(ValueError, match=r"^Enter £ million: (\S+) or \S+ for £") as asked:
        read_millions(typed)
    in_millions, in_thousands = re.search(r": (\S+) or (\S+) for", str(asked.value)).groups()
    assert read_millions(in_millions) == read_millions(in_thousands)


def test_another_unit_in_a_box_of_money_or_of_per_cent_is_no_figure():
    money, per_cent, plain = (NumberField(label="It", unit=unit) for unit in ("£", "%", ""))
    assert (money.clean("£1.2k"), per_cent.clean("10%"), plain.clean("10")) == (1200, 10, 10)
    for field, typed in ((money, "45%"), (per_cent, "£5"), (plain, "£5"), (plain, "5%")):
        with pytest.raises(ValidationError, match=r"^\['It: Enter .*” is in (pounds|per cent)"):
            field.clean(typed)


@pytest.mark.parametrize(
    ("typed", "likely", "literal"),
    [
        ("20.000", "20,000", "20.00"),
        ("£20.000", "20,000", "20.00"),
        ("98.500", "98,500", "98.50"),
        ("20,00", "20,000", "20.00"),
        ("-250.000", "250,000", "250.00"),
    ],
)
def test_pounds_that_are_thousands_or_pence_are_asked_about_with_both(typed, likely, literal):
    box = NumberField(label="Spent", unit="£", low=None)
    with pytest.raises(ValidationError) as asked:
        box.clean(typed)
    said = f"Spent: Enter {likely} or {literal}: “{typed}” can be either."
    assert asked.value.messages == [said]
    assert (box.clean(likely), box.clean(literal)) == (
        Decimal(likely.replace(",", "")),
        Decimal(literal),
    )


@pytest.mark.parametrize("typed", ["20.00", "20.5", "20,5", "20,50", "20,000", "0.000", "1.25m"])
def test_pounds_that_are_one_amount_are_read(typed):
    assert NumberField(label="Spent", unit="£").clean(typed) is not None


@pytest.mark.parametrize(
    "typed",
    ["20000 pounds", "20,000 GBP", "GBP 20,000", "20,000 pounds sterling", "20k pounds", "£20,000"],
)
def test_pounds_in_words_are_pounds_and_no_per_cent(typed):
    assert NumberField(label="Spent", unit="£").clean(typed) == 20_000
    with pytest.raises(ValidationError, match="is in pounds"):
        NumberField(label="Share", unit="%").clean(typed)


def test_an_example_of_a_financial_year_is_of_the_year_that_it_is():
    box = YearField(label="It", missing="Enter it, such as {year}.", help_text="Such as {year}.")
    with clock.stopped_at(datetime(2031, 5, 2, 12, tzinfo=UTC)):
        assert box.help_text == "Such as 2031/32."
        for typed, said in (("soon", "as 2031/32."), ("", "such as 2031/32."), ("1999/00", "2031")):
            with pytest.raises(ValidationError, match=said):
                box.clean(typed)


@pytest.mark.parametrize("what", FIGURES)
def test_examples_of_the_grid_of_measures_are_taken(what):
    texts = dict.fromkeys(BOXES, "")
    sentence = check_row(texts | {what: "lots"}, "", 0).errors[what]
    for example in examples(sentence):
        assert what not in check_row(texts | {what: example}, "", 1).errors, example


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        (
            "1.185",
            "“1.185” has parts of a penny. For £1.185 million enter 1.185m; for pounds and "
            "pence enter 1.19.",
        ),
        (
            "£0.4275",
            "“0.4275” has parts of a penny. For £0.4275 million enter 0.4275m; for pounds "
            "and pence enter 0.43.",
        ),
        (
            "(1.185)",
            "“-1.185” has parts of a penny. For -£1.185 million enter -1.185m; for pounds "
            "and pence enter -1.19.",
        ),
        ("12345.678", "Enter a number with at most 2 decimal places, such as 12345.68."),
    ],
)
def test_few_pounds_with_parts_of_a_penny_are_asked_whether_they_are_millions(typed, sentence):
    box = NumberField(label="Spent", unit="£", low=None)
    with pytest.raises(ValidationError) as refused:
        box.clean(typed)
    assert refused.value.messages == [f"Spent: {sentence}"]
    for example in re.findall(r"enter ([^;]+?)(?:;|\.$)", sentence):
        assert box.clean(example) is not None
