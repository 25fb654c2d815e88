"""Nothing of the source documents is lost: it is in a fixture, or listed with the reason."""

import pytest
import yaml

from tests.documents import COUNCILS, FIXTURES, FOLDER, Held, fold, sentences

KINDS = {"not held yet", "form", "broken", "named"}
pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(),
    reason=f"The source documents do not lie at {FOLDER}: nothing is compared with them.",
)


def listed(seed: str) -> list[dict]:
    """What fixtures/not_held.yaml says of a document."""
    return yaml.safe_load((FIXTURES / "not_held.yaml").read_text()).get(seed, [])


def test_no_range_of_lines_hides_a_sentence_that_is_held(document):
    """Else it could be lost from the fixtures again, and nothing would say so."""
    seed, missing, held = document
    (path,) = FOLDER.glob(f"{seed}_*.txt")
    lost = {each.line for each in missing}
    hidden = [
        f"{each.line}: {each.words}"
        for each in sentences(seed, path.read_text())
        if each.line not in lost and any(_of(entry, each) for entry in listed(seed))
    ]
    assert held
    assert not hidden


@pytest.fixture(scope="module", params=sorted(COUNCILS))
def document(request):
    """(number of a document, sentences that no fixture holds, the texts of its council)."""
    seed = request.param
    (path,) = FOLDER.glob(f"{seed}_*.txt")
    held = Held(COUNCILS[seed])
    found = [each for each in sentences(seed, path.read_text()) if not held.holds(each)]
    return seed, found, held


def _of(entry, sentence):
    ranges = entry["lines"] if isinstance(entry["lines"][0], list) else [entry["lines"]]
    return any(first <= sentence.line <= last for first, last in ranges)


def test_every_sentence_is_in_a_fixture_or_listed_with_the_reason(document):
    seed, missing, _ = document
    lost = [
        f"{each.line}: {each.words}"
        for each in missing
        if not any(_of(entry, each) for entry in listed(seed))
    ]
    assert not lost


def test_what_is_listed_is_needed_and_says_why(document):
    seed, missing, _ = document
    for entry in listed(seed):
        assert entry["kind"] in KINDS, entry
        assert entry.get("wrong" if entry["kind"] == "broken" else "why"), entry
        assert any(_of(entry, each) for each in missing), entry


def test_of_a_sentence_that_the_copy_broke_the_legible_words_are_held(document):
    seed, _, held = document
    for entry in listed(seed):
        if entry["kind"] == "broken":
            assert fold(entry["held"]) in held.letters, entry


def test_of_a_sentence_that_names_somebody_all_else_is_held(document):
    seed, missing, held = document
    for entry in listed(seed):
        if entry["kind"] == "named":
            sentences_named = [each for each in missing if _of(entry, each)]
            assert len(entry["held"]) == len(sentences_named), entry
            for beside, each in zip(entry["held"], sentences_named, strict=True):
                assert fold(beside) in fold(each.words), beside
                assert fold(beside) in held.letters, beside


def test_a_sentence_that_is_left_out_is_found():
    """The comparison sees a sentence taken away, whatever the copy did to spaces and letters."""
    held = Held("nottinghamshire")
    text = "Some providers may not be\table to sustain delivery of care services that are viable."
    (sentence,) = sentences("000", text)
    assert not held.holds(sentence)
    text = "Support the development of commun\tity activities that engage isolated older adults,"
    (sentence,) = sentences("000", text)
    assert held.holds(sentence)
