"""What Westshire shows: the words of its pages and papers, the rows of its files."""

import csv
import io

import openpyxl
from pypdf import PdfReader

from accounts.models import User
from tests.text import read, words_of


def page(client, address: str = "") -> str:
    """The words of a page of Westshire, by its address within the council."""
    return read(client, f"/westshire/{address}")


def markup(client, address: str) -> str:
    """A page of Westshire as it is sent."""
    response = client.get(f"/westshire/{address}")
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def row_of(client, address: str, words: str, *, after: str = "") -> str:
    """The words of the first table row that holds these, after the first place of ``after``."""
    found = markup(client, address)
    rows = found[found.index(after) if after else 0 :].split("<tr")[1:]
    wanted = (words_of("<tr" + row.split("</tr>")[0]) for row in rows)
    return next(row for row in wanted if words in row)


def sheets(client, address: str):
    """The pages of a PDF of Westshire."""
    return PdfReader(io.BytesIO(_content(client, address))).pages


def paper(client, address: str) -> str:
    """The words of a PDF of Westshire, as one line."""
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets(client, address)).split())


def rows(client, address: str) -> list[dict[str, str]]:
    """The rows of a CSV of Westshire."""
    text = _content(client, address).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def workbook(client, address: str) -> str:
    """The words of all cells of a workbook of Westshire, as one line."""
    book = openpyxl.load_workbook(io.BytesIO(_content(client, address)))
    cells = (cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line)
    return " ".join(str(cell) for cell in cells if cell is not None)


def _content(client, address):
    response = client.get(f"/westshire/{address}")
    assert response.status_code == 200, (address, response.status_code)
    return b"".join(response.streaming_content) if response.streaming else response.content


def person(who: str) -> User:
    """Of the five that the demonstration prints, by role; of the others, by the story's key."""
    printed = User.objects.filter(email=f"{who}@demonstration.example").first()
    return printed or User.objects.get(email=f"{who}.westshire@demonstration.example")


def signed_in(client, who: str):
    """The client as one of the council's people: signed_in(client, "finance")."""
    client.force_login(person(who))
    return client


def leave(who: str = "leaver.westshire") -> User:
    """The person as they are after they left: no longer active."""
    user = User.objects.get(email=f"{who}@demonstration.example")
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user
