"""What pages show in quotation marks with a source stands so in the document."""

import re

import pytest
import yaml
from django.conf import settings

SEEDS = settings.BASE_DIR.parent / "shared" / "seeds"
# What is shown in quotation marks, by model: see the checks and the pages of money and savings.
QUOTED = {
    "finance.otherfigure": "as_printed",
    "finance.printedfigure": "as_printed",
    "finance.saidtocome": "words",
    "risks.registerreport": "reconciliation",
    "stated.statedfigure": "as_printed",
}
LOST = re.compile(r"\[…\]|…")


def plain(text):
    """Without what differs between two typings of the same words: spaces, dashes, quotes, case."""
    for old, new in (
        ("\\pounds", "£"),
        ("$", ""),
        ("**", ""),
        ("’", "'"),
        ("‘", "'"),
        ("“", '"'),
        ("”", '"'),
        ("–", "-"),
    ):
        text = text.replace(old, new)
    return re.sub(r"\s+", "", text).lower()


def quoted():
    """(file, model, words) of every quotation of the fixtures."""
    for path in sorted((settings.BASE_DIR / "fixtures").glob("*/*.yaml")):
        for record in yaml.safe_load(path.read_text()) or []:
            words = record["fields"].get(QUOTED.get(record["model"], ""))
            if words:
                yield path.name, record["model"], words


@pytest.mark.skipif(
    not SEEDS.is_dir(),
    reason="The documents, ../shared/seeds, do not lie beside the checkout",
)
def test_every_quotation_is_in_its_document():
    documents = plain(" ".join(path.read_text() for path in sorted(SEEDS.glob("*.txt"))))
    found = list(quoted())
    assert len(found) > 50
    missing = [
        each
        for each in found
        if not all(plain(part) in documents for part in LOST.split(each[2]) if part.strip())
    ]
    assert missing == []


def test_what_is_said_to_come_of_a_risk_is_told_without_quotation_marks(db):
    """The register's sentences are shortened there, so they are no quotations."""
    from projects.models import Council
    from risks.discrepancies import PASSED, disagreements

    council = Council.objects.get(slug="norfolk")
    passed = [each for each in disagreements(council) if each.check == PASSED]
    assert passed
    assert not any("“" in each.first.text for each in passed)
