"""What a test reads on the pages and papers of Westshire's projects, and how it signs in."""

import csv
import io
import re

from pypdf import PdfReader

from accounts.models import User
from projects.access import access_of
from reporting.models import ReportingPeriod, Return
from reporting.workflow import follow
from tests.text import words_of

Q4, Q1, Q2, Q3 = "2025-26-q4", "2026-27-q1", "2026-27-q2", "2026-27-q3"


BOXES = ("value", "numerator", "denominator", "none", "expected", "comment")


def address(page=""):
    return f"/westshire/{page}"


def page(client, where=""):
    """The words of a page of Westshire."""
    response = client.get(address(where))
    assert response.status_code == 200, f"{where} answers {response.status_code}"
    return words_of(response.content.decode())


def row(client, where, measure):
    """The cells of a measure's row on a page: {label of the column: words}."""
    response = client.get(address(where))
    assert response.status_code == 200, f"{where} answers {response.status_code}"
    for found in re.findall(r"<tr\b.*?</tr>", response.content.decode(), re.S):
        head = re.search(r'<th scope="row".*?</th>', found, re.S)
        if head and words_of(head[0]).startswith(measure):
            cells = re.findall(r'data-label="([^"]*)"[^>]*>(.*?)</td>', found, re.S)
            return {label: words_of(words) for label, words in cells} | {"head": words_of(head[0])}
    raise LookupError(f"No row of “{measure}” at {where}.")


def columns(client, where):
    """The labels of the columns of the table of measures, as printed."""
    text = client.get(address(where)).content.decode()
    first = re.search(r'<tr\b(?:(?!</tr>).)*data-label="Target".*?</tr>', text, re.S)[0]
    return re.findall(r'data-label="([^"]*)"', first)


def download(client, name, period=""):
    """The rows of a download as dictionaries."""
    asked = f"?period={period}" if period else ""
    text = client.get(address(f"data/{name}.csv{asked}")).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def paper(client, where):
    """The pages of a PDF."""
    response = client.get(address(where))
    assert response.status_code == 200, f"{where} answers {response.status_code}"
    return PdfReader(io.BytesIO(response.content)).pages


def paper_words(client, where):
    return " ".join(" ".join(each.extract_text() for each in paper(client, where)).split())


def person(email):
    """Of the five that the demonstration prints, by role; of the others, by the story's key."""
    found = User.objects.filter(email=f"{email}@demonstration.example").first()
    return found or User.objects.get(email=f"{email}.westshire@demonstration.example")


def sign_in(client, who):
    client.force_login(person(who))
    return client


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
        follow("withdraw", found.pk, **by(who, westshire))
    elif found.status == "approved":
        follow("reopen", found.pk, words="To try it.", **by("performance", westshire))
    measure = found.project.measures.get(position=position)
    where = f"returns/{Q3}/{slug}/measures/"
    version = found.sections.get(name="measures").version
    boxes = dict.fromkeys(BOXES, "") | boxes
    typed = {f"m{measure.pk}-{box}": text for box, text in boxes.items()}
    sign_in(client, who).post(address(where), {"version": version} | typed)
    return row(client, where, measure.text)
