"""What savings papers said would come."""

from collections.abc import Iterator

from django.urls import reverse

from finance.savings.published import latest_sheet
from projects.access import Access
from projects.models import Council
from publishing.promises import PromiseLine


def promises_of(council: Council, access: Access) -> Iterator[PromiseLine]:
    """What the paper that stands has of its own and of those before; their owner is not said."""
    sheet = latest_sheet(council)
    for coming in sheet.to_come if sheet else ():
        paper = sheet.papers.get(coming.paper) if sheet else None
        if paper is None:
            continue
        yield PromiseLine(
            key=f"savings/{coming.number}",
            kind="savings",
            about=coming.about,
            what=coming.words,
            said_in=paper.title,
            said_on=paper.dated,
            last=coming.by,
            as_printed=coming.words,
            source=coming.source,
            note=coming.note,
            address=reverse("reporting:savings", args=[council.slug]),
        )
