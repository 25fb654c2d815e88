"""Better Together, word by word: its paragraphs are the document's, its quotations in them."""

import pytest
import yaml

from tests.documents import FIXTURES, FOLDER, fold

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"The source documents do not lie at {FOLDER}: nothing is compared with them.",
)
QUOTED = {
    "partnerships.function": ("position", "condition", "advice_of"),
    "partnerships.issuearea": ("at_stake", "options", "asked"),
    "partnerships.serviceelement": ("what_it_does", "cover", "state"),
    "partnerships.blueprintactivity": ("title",),
    "partnerships.outcometension": ("one", "other"),
}


@pytest.fixture(scope="module")
def records():
    path = FIXTURES / "nottinghamshire" / "72-better-together.yaml"
    return yaml.load(path.read_text(), Loader=yaml.CSafeLoader)


@pytest.fixture(scope="module")
def printed():
    """The document as letters and digits, without the line ends of its pages."""
    (path,) = FOLDER.glob("003_*.txt")
    return fold(path.read_text())


@pytest.fixture(scope="module")
def paragraphs(records):
    return {
        int(record["fields"]["paragraph"]): record["fields"]["text"]
        for record in records
        if record["model"] == "partnerships.programmeparagraph"
    }


def test_every_paragraph_that_has_words_is_held_in_its_order(paragraphs, printed):
    # Paragraph 79 has none: "Financial Comments (to follow)".
    assert sorted(paragraphs) == list(range(1, 79))
    places = [printed.find(fold(f"{number}. {text}")) for number, text in paragraphs.items()]
    assert -1 not in places
    assert places == sorted(places)


def test_every_quotation_stands_in_a_paragraph_that_it_names(records, paragraphs):
    quoted = [record for record in records if record["model"] in QUOTED]
    assert len(quoted) == 35
    for record in quoted:
        fields = record["fields"]
        within = fold(" ".join(paragraphs[number] for number in _numbers(fields["paragraph"])))
        for name in QUOTED[record["model"]]:
            for line in fields.get(name, "").splitlines():
                assert fold(line) in within, (fields["paragraph"], line)


def _numbers(said):
    """The paragraphs that "7, 8" or "20-37" names."""
    for part in said.split(", "):
        ends = [int(number) for number in part.split("-")]
        yield from range(ends[0], ends[-1] + 1)


def test_no_figure_of_money_is_held_that_is_not_the_documents(records):
    assert not any("amount" in record["fields"] for record in records)
