"""The papers of the documents are held whole: every word in its order, each printed number."""

import pytest

from meetings.models import PaperVersion
from meetings.papers.layout import laid_out
from meetings.papers.published import contents_of, papers_that_stand, versions_of
from projects.models import Council
from tests.documents import FOLDER, fold
from tests.text import words_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not FOLDER.is_dir(),
        reason=f"The source documents do not lie at {FOLDER}: nothing is compared with them.",
    ),
]
# The document of each paper, by the day of its meeting, and how many paragraphs it numbers.
DOCUMENTS = {"2015-02-02": ("003", 78), "2019-01-07": ("001", 37)}
LONGEST_INITIALS = 4
PLACE = "/nottinghamshire/meetings/adult-social-care-and-public-health/{}/{}/"


@pytest.fixture(scope="module", params=sorted(DOCUMENTS))
def document(request):
    seed, count = DOCUMENTS[request.param]
    (path,) = FOLDER.glob(f"{seed}_*.txt")
    return request.param, path.read_text(), count


def paper_of(day):
    every = versions_of(Council.objects.get(slug="nottinghamshire"))
    (paper,) = (p for p in contents_of(papers_that_stand(every)) if p.meeting == day)
    return paper


def printed(paper):
    """Its words in the order in which it is printed, a piece at a time."""
    for part in laid_out(paper):
        yield part.section.heading
        if part.section.dated:
            yield f"{part.section.dated:%d/%m/%y}"
        if part.section.to_follow:
            yield "(to follow)"
        if part.has_recommendations:
            yield paper.lead
            yield from (f"{line.number}) {line.text}" for line in paper.recommendations)
        for group in part.groups:
            for item in group.items:
                yield f"{item.number} {item.text}"
                yield from (piece.text for row in item.rows for cell in row for piece in cell)
        if part.has_background:
            for line in paper.background:
                yield line.title
                yield f"report to {line.body} on {line.dated.day} {line.dated:%B %Y}"
    yield paper.signatory_post or paper.author_post
    yield paper.contact_post
    yield f"Electoral Division(s) and Member(s) Affected {paper.divisions}"
    yield paper.reference


def between(pieces, letters):
    """What of a text stands between the pieces, which follow each other in it; none may lack."""
    at = 0
    for piece in filter(None, map(fold, pieces)):
        found = letters.find(piece, at)
        assert found >= 0, f"Not in its place in the document: {piece}"
        if found > at:
            yield letters[at:found]
        at = found + len(piece)
    if letters[at:]:
        yield letters[at:]


def in_printed_order(paper):
    """The posts of who signed and who is asked stand before the comments."""
    *pieces, signed, contact, divisions, reference = printed(paper)
    headings = [part.section.heading for part in laid_out(paper) if part.section.kind == "comment"]
    place = pieces.index(headings[0])
    return [*pieces[:place], signed, contact, *pieces[place:], divisions, reference]


def test_every_word_is_held_in_its_order_but_for_names_and_how_to_reach_them(document):
    day, text, _ = document
    paper = paper_of(day)
    letters = fold(text[text.index(paper.sections[0].heading) :])
    left = list(between(in_printed_order(paper), letters))
    # Initials beside the days of comments, a number that nothing follows, and who signed, whom to
    # ask and how: a name before each post, an address after the last.
    longer = [each for each in left if len(each) > LONGEST_INITIALS]
    assert len(longer) == 3, left
    assert "@" in text[text.lower().index("please contact") :]
    assert all(len(each) < 90 for each in longer), longer


def test_paragraphs_keep_the_numbers_that_are_printed(document):
    day, _, count = document
    numbers = [line.number for s in paper_of(day).sections for line in s.paragraphs if line.number]
    assert numbers == [str(number) for number in range(1, count + 1)]


def test_a_word_that_is_lost_or_out_of_place_is_found(document):
    day, text, _ = document
    paper = paper_of(day)
    letters = fold(text[text.index(paper.sections[0].heading) :])
    pieces = in_printed_order(paper)
    without = [*pieces[:3], *pieces[4:]]
    assert max(map(len, between(without, letters))) >= len(fold(pieces[3]))
    with pytest.raises(AssertionError, match="Not in its place"):
        list(between([*pieces[4:], *pieces[:4]], letters))


def test_a_paper_is_read_on_its_page_and_found_by_its_words(client, document):
    day, _, count = document
    paper = paper_of(day)
    page = client.get(PLACE.format(day, paper.item))
    words = words_of(page.text)
    assert paper.title in words
    for section in paper.sections:
        for paragraph in section.paragraphs:
            first = paragraph.text.split("|")[0].split("\n")[0].strip()
            assert first in words, first
    assert f'id="paragraph-{count}"' in page.text
    last = paper.sections[0].paragraphs[-1].text
    found = client.get("/nottinghamshire/projects/", {"search": last[:100]})
    assert f"A paper to the {paper.committee}" in words_of(found.text)
    pdf = client.get(PLACE.format(day, paper.item) + "paper.pdf")
    assert pdf.content.startswith(b"%PDF")


def test_papers_of_before_the_portal_are_public_and_of_no_known_day():
    versions = PaperVersion.objects.filter(council__slug="nottinghamshire")
    assert versions.count() == len(DOCUMENTS)
    assert all(row.by is None and row.publication.by is None for row in versions)
