"""Case H2: a word of 200 letters, or an address, stays within its column on every kind of paper."""

import re
import shutil
import subprocess

import pytest

from bcfportal.lib.papers import typesetting
from tests.addresses import addresses

pytestmark = pytest.mark.django_db
# The portal's own words for columns, and figures.
NOBODY_TYPED = {"heads", "cells", "columns", "results_head"}
LONG = "https://example.org/" + "Wörter" * 30
WORD = re.compile(
    r'<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>'
)


def lengthened(value):
    """The data of a paper with a long word before each of its texts of several words."""
    if isinstance(value, dict):
        return {
            key: each if key in NOBODY_TYPED else lengthened(each) for key, each in value.items()
        }
    if isinstance(value, list):
        return [lengthened(each) for each in value]
    if isinstance(value, str) and value.count(" ") > 1 and not value.startswith("<"):
        return f"{LONG} {value}"
    return value


def pages_of(pdf, folder):
    """(width, boxes) of each page of the paper, by its geometry; a box is of one word.

    Of a box: left, top, right, bottom and the word.
    """
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    asked = [shutil.which("pdftotext"), "-bbox", str(path), "-"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    for page in told.split("<page ")[1:]:
        width = float(re.search(r'width="([\d.]+)"', page)[1])
        yield width, [(*map(float, box[:4]), box[4]) for box in WORD.findall(page)]


def upon_another(boxes):
    """Words that lie on others: what runs out of its column runs into the next."""
    boxes = sorted(boxes, key=lambda box: box[1])
    for place, (left, top, right, bottom, word) in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if other[1] > bottom:
                break
            across = min(right, other[2]) - max(left, other[0])
            down = min(bottom, other[3]) - max(top, other[1])
            if across > 3 and down > 0.6 * min(bottom - top, other[3] - other[1]):
                yield word, other[4]


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="Reads papers with poppler's pdftotext.")
@pytest.mark.parametrize("typed", [True, False], ids=["long words", "as it stands"])
def test_no_word_runs_off_the_paper(client, westshire, monkeypatch, tmp_path, typed):
    plain, seen = typesetting.printable, {}
    monkeypatch.setattr(
        typesetting, "printable", lambda data: plain(lengthened(data) if typed else data)
    )
    for each in addresses():
        if not (each.public and each.path.endswith(".pdf")):
            continue
        answer = client.get(each.path)
        assert answer.status_code == 200, each.path
        content = b"".join(answer) if answer.streaming else answer.content
        pages = list(pages_of(content, tmp_path))
        # The margin of a paper is 17 mm, which are 48 points.
        off = [box for width, boxes in pages for box in boxes if box[2] > width - 46]
        assert not off, (each.path, off[:3])
        over = [pair for _, boxes in pages for pair in upon_another(boxes)]
        assert not over, (each.path, over[:5])
        # A mark of the break would be copied with every letter of its kind.
        marked = [box[4] for _, boxes in pages for box in boxes if "\u200b" in box[4]]
        assert not marked, (each.path, marked[:5])
        seen[each.path] = any("Wörter" in box[4] for _, boxes in pages for box in boxes)
    assert len(seen) >= 6
    assert all(seen.values()) is typed, seen
