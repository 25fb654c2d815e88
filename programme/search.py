"""What a search finds in the projects of a report, as the version that is shown words them."""

from typing import NamedTuple

from bcfportal.lib.text.searching import Match, find, find_in, in_title, passages
from bcfportal.lib.text.told_numbers import without_numbers
from programme.programme import Programme
from publishing.models import Snapshot
from publishing.version_cache import sheets_by_fingerprint
from returns.content import Sheet


class Hit(NamedTuple):
    """Where a search found its words in a project: passages by heading, and the title."""

    passages: list[tuple[str, str]]
    in_title: bool


def search_projects(programme: Programme, text: str) -> dict[str, Hit]:
    """What is found, by project slug, the best match first. Two queries.

    A report that the version words as it was approved is found by the index of its words; one that
    it words otherwise (names, purposes, what is held back), and one that was never published, by
    the words that it is shown with. So nobody finds a project by a number that is held back.
    """
    otherwise, by_mark = _otherwise(programme)
    kept = Snapshot.objects.filter(fingerprint__in=by_mark)
    rows = find(kept.filter(report__period__council=programme.council), text)
    matches = [
        Match(by_mark[mark], rank, marked)
        for mark, rank, marked in rows.values_list("fingerprint", "rank", "marked")
    ]
    matches += find_in(otherwise, text)
    return {
        match.key: Hit(passages(match.marked), in_title(match.marked))
        for match in sorted(matches, key=lambda match: -match.rank)
    }


def _otherwise(programme: Programme) -> tuple[dict[str, dict[str, str]], dict[str, str]]:
    """(the words of what is not shown as approved, by slug; the others' slugs by fingerprint)."""
    marks = {sheet.slug: mark for sheet, mark in programme.marks}
    approved = sheets_by_fingerprint(marks.values(), Sheet)
    numbers = programme.held_back_numbers
    otherwise, by_mark = {}, {}
    for sheet in programme.sheets:
        hidden = numbers.get(sheet.slug, ())
        texts = {heading: without_numbers(said, hidden) for heading, said in sheet.words.items()}
        mark = marks.get(sheet.slug)
        if mark and texts == approved[mark].words:
            by_mark[mark] = sheet.slug
        else:
            otherwise[sheet.slug] = texts
    return otherwise, by_mark
