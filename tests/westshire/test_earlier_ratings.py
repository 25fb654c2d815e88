"""Where an earlier rating is shown, it is the one that was published then."""

import re

from bcfportal.lib.ratings import COLOURS, Rating
from publishing.models import Return
from tests.westshire.project_pages import Q2, Q3, download
from tests.westshire.shown import page, signed_in


def declared(client, period):
    """{project: the rating that it declared, as the download of the period has it}."""
    return {
        row["slug"]: row["rating"] or row["earlier_rating"]
        for row in download(client, "projects", period)
    }


def test_who_declares_a_rating_sees_the_one_of_last_time(westshire, client):
    before = declared(client, Q2)
    slugs = Return.objects.filter(
        period__council=westshire, period__key=Q3, project__kind="reported"
    ).values_list("project__slug", flat=True)
    signed_in(client, "performance")
    seen = {}
    for slug in slugs:
        words = page(client, f"returns/{Q3}/{slug}/rating/")
        said = re.search(r"Last time: (Green|Amber|Red)\b", words)
        if said and before.get(slug) in COLOURS:
            seen[slug] = (said[1], Rating(before[slug]).label)
    assert len(seen) > 10
    assert {slug for slug, (last, published) in seen.items() if last != published} == set()
