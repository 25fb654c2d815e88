"""What a test reads on the pages and in the files of Westshire's projects, and how it types."""

import re

from projects.access import access_of
from publishing.models import ReportingPeriod, Return
from returns.transitions import RETURNS
from tests.text import words_of
from tests.westshire.shown import markup, person, rows, signed_in

Q4, Q1, Q2, Q3 = "2025-26-q4", "2026-27-q1", "2026-27-q2", "2026-27-q3"
BOXES = ("value", "numerator", "denominator", "none", "expected", "comment")


def address(page=""):
    return f"/westshire/{page}"


def row(client, where, measure):
    """The cells of a measure's row on a page: {label of the column: words}."""
    for found in re.findall(r"<tr\b.*?</tr>", markup(client, where), re.S):
        head = re.search(r'<th scope="row".*?</th>', found, re.S)
        if head and words_of(head[0]).startswith(measure):
            cells = re.findall(r'data-label="([^"]*)"[^>]*>(.*?)</td>', found, re.S)
            return {label: words_of(words) for label, words in cells} | {"head": words_of(head[0])}
    raise LookupError(f"No row of “{measure}” at {where}.")


def columns(client, where):
    """The labels of the columns of the table of measures, as printed."""
    text = markup(client, where)
    first = re.search(r'<tr\b(?:(?!</tr>).)*data-label="Target".*?</tr>', text, re.S)[0]
    return re.findall(r'data-label="([^"]*)"', first)


def by(who, westshire):
    return {"by": person(who), "access": access_of(person(who), westshire)}


def period(westshire, key=Q3):
    return ReportingPeriod.objects.select_related("council").get(council=westshire, key=key)


def report(westshire, slug, key=Q3):
    return Return.objects.select_related("project", "period__council").get(
        period__council=westshire, period__key=key, project__slug=slug
    )


def type_measure(client, westshire, who, slug, position, **boxes):
    """Types a measure's boxes in quarter 3, which is opened again if need be; what the row says."""
    found = report(westshire, slug)
    if found.status == "submitted":
        RETURNS.transition("withdraw", found.pk, **by(who, westshire))
    elif found.status == "approved":
        RETURNS.transition("reopen", found.pk, comment="To try it.", **by("performance", westshire))
    measure = found.project.measures.get(position=position)
    where = f"returns/{Q3}/{slug}/measures/"
    version = found.sections.get(name="measures").version
    boxes = dict.fromkeys(BOXES, "") | boxes
    typed = {f"m{measure.pk}-{box}": text for box, text in boxes.items()}
    signed_in(client, who).post(address(where), {"version": version} | typed)
    return row(client, where, measure.text)


def download(client, name, period=""):
    """The rows of a download of the programme, of a period or of the latest."""
    return rows(client, f"data/{name}.csv{f'?period={period}' if period else ''}")
