"""Uploads to the ledger of Testshire as a finance officer makes them, through the real page."""

import html
import re

from django.core.files.uploadedfile import SimpleUploadedFile

from finance.models import LedgerLine, LedgerUpload
from tests.ledger_files import HEADING, csv_file, ours
from tests.seen import seen_on

UPLOADS = "/testshire/finance/ledger/uploads/"

# A file, and the same when an invoice had been moved to the right code.
FIRST = (
    "Code,Period,Amount,Description\r\n"
    "92001,May-2017,100.00,Home care\r\n92002,May-2017,250.00,Miscoded invoice\r\n"
)
CORRECTED = (
    "Code,Period,Amount,Description\r\n"
    "92001,May-2017,100.00,Home care\r\n92003,May-2017,250.00,Recoded invoice\r\n"
)
MAY = "2017-18-m02"


def whole():
    """The ledger to the last word."""
    fields = ("code", "period", "amount", "description", "funding_source", "area_code", "upload_id")
    return list(ours(LedgerLine).order_by("code", "period").values_list(*fields))


def send(client, content, name="actuals.csv", year=""):
    """The answer to the form with this file."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(UPLOADS, {"file": SimpleUploadedFile(name, content), "year": year})


def uploaded(client, content, name="actuals.csv", year=""):
    """The upload, and the words of the page that the person sees next."""
    response = send(client, content, name, year)
    assert response.status_code == 302, response.context["form"].errors
    upload = ours(LedgerUpload).get(pk=response.headers["Location"].split("/")[-2])
    return upload, words_at(client, upload)


def refused(client, content, name="actuals.csv"):
    """The sentence with which the file is refused; nothing of it is kept."""
    before = ours(LedgerUpload).count()
    response = send(client, content, name)
    assert response.status_code == 200, "The file was taken."
    assert ours(LedgerUpload).count() == before
    (sentence,) = response.context["form"].errors["file"]
    return sentence


def words_at(client, upload, more=""):
    """The words of an upload's page, or of one below it."""
    response = client.get(f"{UPLOADS}{upload.pk}/{more}")
    assert response.status_code == 200
    return words_of(response)


def words_of(response):
    """What a page says, without its tags."""
    text = re.sub(r"(?s)<(script|style|head)\b.*?</\1>|<[^>]+>", " ", response.content.decode())
    return " ".join(html.unescape(text).split())


def apply(client, upload):
    """What the page says after Apply was pressed."""
    page, press = f"{UPLOADS}{upload.pk}/", f"{UPLOADS}{upload.pk}/apply/"
    return words_of(client.post(press, seen_on(client, page, press), follow=True))


def applied(client, content, name="actuals.csv", year=""):
    """The upload of a file that was applied at once."""
    upload, _ = uploaded(client, content, name, year)
    apply(client, upload)
    upload.refresh_from_db()
    assert upload.state == "applied", upload.sentence
    return upload


def ledger():
    """What the ledger holds: pounds by code and month."""
    return {(line.code, line.period): line.amount for line in ours(LedgerLine).order_by("code")}


def descriptions():
    """What the ledger's lines are described as, by code."""
    return dict(ours(LedgerLine).values_list("code", "description"))


def answer_all(client, upload, **every):
    """What the page says after one answer was given to all questions of a kind."""
    data = {f"every-{kind}": said for kind, said in every.items()}
    response = client.post(f"{UPLOADS}{upload.pk}/answer/", data, follow=True)
    upload.refresh_from_db()
    return words_of(response)


def answer_each(client, upload, **each):
    """What the page says after questions were answered one by one: "1-2" by kind or by subject."""
    data = {}
    for subject, said in each.items():
        found = [q for q in upload.questions.all() if subject in (q.kind, q.code, q.period)]
        assert found, (subject, list(upload.questions.values_list("kind", "code", "period")))
        data |= {f"q-{question.pk}": said for question in found}
    response = client.post(f"{UPLOADS}{upload.pk}/answer/", data, follow=True)
    upload.refresh_from_db()
    return words_of(response)


def take_back(client, upload, why="The wrong file."):
    """What the page says after the upload was taken back as its page offers."""
    address = f"{UPLOADS}{upload.pk}/back/"
    page = client.get(address)
    lines = re.search(r'name="lines" value="(\d+)"', page.content.decode())
    data = {"why": why, "lines": lines[1] if lines else "1"}
    response = client.post(address, data, follow=True)
    upload.refresh_from_db()
    return words_of(response)


def keep_the_others(client, upload):
    """Answers that what the ledger has beside the file's rows stays."""
    client.post(f"{UPLOADS}{upload.pk}/answer/", {"every-missing": "keep"})


def with_words(head, *rows):
    """A file whose last column has this head: each row is an amount and its words."""
    lines = [[f"{91001 + at}", "Apr-2017", amount, said] for at, (amount, said) in enumerate(rows)]
    return csv_file(lines, [*HEADING, head])


def total():
    return sum(ledger().values())
