"""Figures stated in words as records: each as its paper prints it, and never changed."""

import re
from datetime import date
from decimal import Decimal

import pytest
from django.db import InternalError, transaction

from projects.models import Council, Project
from stated.models import StatedFigure, days_written
from stated.rules import Qualifier
from tests.documents import FOLDER
from tests.test_quotations import plain

pytestmark = pytest.mark.django_db
# The document of each paper, by how its name begins.
PAPERS = {
    "Better Together": "003",
    "Progress update": "000",
    "Minutes of the Adult Social Care Committee": "004",
    "Norfolk Adult Social Services": "004",
    "Annual quality report": "004",
}
# What papers write for each word, right before the figure or, of some, right after it.
BEFORE = {
    Qualifier.ABOUT: ("about", "around", "approximately", "c.", "an estimated", "estimated to be"),
    Qualifier.OVER: ("over", "more than", "in excess of"),
    Qualifier.NEARLY: ("nearly", "almost"),
    Qualifier.UP_TO: ("up to", "no more than", "within", "at or below"),
    Qualifier.AT_LEAST: ("at least",),
    Qualifier.UNDER: ("under", "less than", "<"),
    Qualifier.EXACT: (),
}
AFTER = {"38 or better": Qualifier.UP_TO}
UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
NAMED = {
    **{name: number for number, name in enumerate(UNITS, 1)},
    "third": 3,
    "thirds": 3,
    "fifth": 5,
    "eighth": 8,
    "worst performer out of the": 11,
    "a quality manager": 1,
    "a thousand": 1000,
    "a million": 10**6,
    "further million": 10**6,
    "two million": 2 * 10**6,
}
SCALES = {"m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9, "k": 1000}
NUMBER = re.compile(r"(\d[\d,]*(?:\.\d+)?) ?(million|billion|bn|m|k|rd)?(?![a-z])", re.I)


def numbers(text):
    """(number, the words right before it) for each number of a text."""
    text = text.lower().replace("'", "")
    for match in NUMBER.finditer(text):
        value = Decimal(match[1].rstrip(",").replace(",", "")) * SCALES.get(match[2] or "", 1)
        yield value, text[: match.start()].rstrip(" £(")
    for name, value in NAMED.items():
        for match in re.finditer(rf"\b{name}\b", text):
            yield Decimal(value), text[: match.start()].rstrip()


def word_before(text):
    """The word whose phrase ends the text; of two the longer: "no more than", not "more than"."""
    phrases = {
        phrase: word
        for word, of_word in BEFORE.items()
        for phrase in of_word
        if re.search(rf"(?:^|\W|(?=<)){re.escape(phrase)}$", text)
    }
    return phrases[max(phrases, key=len)] if phrases else Qualifier.EXACT


def test_every_figure_is_among_the_numbers_of_its_words_with_its_qualifier():
    figures = list(StatedFigure.objects.exclude(council__slug="westshire"))
    assert len(figures) > 150
    wrong = []
    for figure in figures:
        value, text = figure.value, figure.as_printed
        if "the m of £ million" in figure.note:
            value /= 10**6
        of = [before for number, before in numbers(text) if number == value]
        qualifiers = {AFTER.get(f"{value.normalize()} or better", word_before(it)) for it in of}
        if "The line before says" in figure.note or "an estimated 110,000" in figure.note:
            # Of four lines the one before says it, of two figures the first.
            qualifiers = {Qualifier.ABOUT}
        if figure.qualifier not in qualifiers:
            wrong.append(f"{figure.council.slug} {figure.number}: {figure.written}, {qualifiers}")
        for other in (figure.until, figure.out_of):
            if other and other not in {number for number, _ in numbers(text)}:
                wrong.append(f"{figure.council.slug} {figure.number}: {other}")
    assert wrong == []


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"The source documents do not lie at {FOLDER}.")
def test_the_words_stand_in_their_own_document():
    texts = {
        seed: plain(" ".join(path.read_text() for path in FOLDER.glob(f"{seed}_*.txt")))
        for seed in set(PAPERS.values())
    }
    missing = [
        f"{figure.council.slug} {figure.number}: {figure.as_printed}"
        for figure in StatedFigure.objects.exclude(council__slug="westshire")
        for seed in [next(PAPERS[name] for name in PAPERS if figure.document.startswith(name))]
        if plain(figure.as_printed) not in texts[seed]
    ]
    assert missing == []


@pytest.mark.skipif(not FOLDER.is_dir(), reason=f"The source documents do not lie at {FOLDER}.")
def test_the_words_stand_in_the_paragraph_that_the_source_names():
    """Where a document begins its paragraphs with their numbers."""
    texts = {seed: next(FOLDER.glob(f"{seed}_*.txt")).read_text() for seed in ("003", "004")}
    wrong, compared = [], 0
    for figure in StatedFigure.objects.exclude(council__slug="westshire"):
        seed = next(PAPERS[name] for name in PAPERS if figure.document.startswith(name))
        named = re.fullmatch(r"paragraph ([\d.]+)(?: [a-z])?", figure.place_in_document)
        if seed not in texts or not named:
            continue
        # A number at a line's beginning starts a paragraph; the next one ends it.
        begins = r"^(?:- )?(\d+(?:\.\d+)*)\.? "
        parts = re.split(begins, texts[seed], flags=re.MULTILINE)
        found = [
            text
            for number, text in zip(parts[1::2], parts[2::2], strict=True)
            if number == named[1] and plain(figure.as_printed) in plain(text)
        ]
        compared += bool(found)
        if not found:
            wrong.append(f"{figure.council.slug} {figure.number}: {figure.source}")
    assert compared > 80
    assert wrong == []


def test_two_figures_over_300m_are_of_different_things():
    of_them = StatedFigure.objects.filter(
        council__slug="nottinghamshire", value=300_000_000, qualifier=Qualifier.OVER
    )
    assert [(figure.thing, figure.written) for figure in of_them] == [
        ("Health and social care across the three districts", "over £300m a year"),
        ("The Council's adult social care", "over £300m gross"),
    ]
    assert [("Paragraph 38" in each.note, "Paragraph 18" in each.note) for each in of_them] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("change", [{"value": 5}, {"qualifier": "exact"}, {"note": "Other."}])
def test_a_figure_is_never_changed_and_never_goes(change):
    figure = StatedFigure.objects.filter(qualifier="over").first()
    rows = StatedFigure.objects.filter(pk=figure.pk)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        rows.update(**change)
    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        rows.delete()
    # As fixtures that are loaded again write it.
    rows.update(value=figure.value)


def test_a_figure_of_another_councils_project_is_refused():
    norfolk = Council.objects.get(slug="norfolk")
    project = Project.objects.exclude(council=norfolk).first()
    words = {"document": "A paper", "thing": "Beds", "what": "Provided", "as_printed": "52 beds"}
    with pytest.raises(InternalError, match="another council"), transaction.atomic():
        norfolk.stated_figures.create(
            number=900, value=52, unit="beds", source="A paper, page 1", project=project, **words
        )


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (None, None, ""),
        (date(2017, 3, 1), date(2017, 3, 1), "1 March 2017"),
        (date(2015, 1, 1), date(2015, 12, 31), "2015"),
        (date(2015, 1, 1), date(2030, 12, 31), "2015 to 2030"),
        (date(2016, 4, 1), date(2017, 3, 31), "2016/17"),
        (date(2010, 4, 1), date(2016, 3, 31), "2010/11 to 2015/16"),
        (date(1999, 4, 1), date(2000, 3, 31), "1999/00"),
        (date(2017, 10, 1), date(2017, 12, 31), "1 October 2017 to 31 December 2017"),
        (date(2017, 4, 1), date(2017, 4, 30), "April 2017"),
        (date(2017, 4, 1), date(2017, 4, 29), "1 April 2017 to 29 April 2017"),
        (date(2016, 2, 1), date(2016, 2, 29), "February 2016"),
        (date(2017, 4, 2), date(2017, 4, 30), "2 April 2017 to 30 April 2017"),
    ],
)
def test_what_a_figure_is_of_in_time_is_written_as_people_call_it(first, last, said):
    assert days_written(first, last) == said
