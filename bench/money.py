"""Money and risk: the ledger's big files, and the pages and papers of money, savings and risk."""

import random
import threading
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from bcfportal.lib import clock
from bcfportal.lib.spreadsheets.files import csv_chunks, xlsx_bytes
from bench.figures import Times, clocked, verdict
from bench.pages import browser, queries
from bench.report import Table
from finance.ledger import applying, previewing, reading
from finance.ledger.transitions import UPLOADS
from finance.models import LedgerLine, LedgerUpload
from finance.monitoring.published import money_for
from finance.monitoring.report_pdf import finance_paper
from projects.access import access_of
from projects.models import Council

ROWS = 100_000
SECONDS, MEGABYTES = 20, 500
PAGE_MS, MOST_QUERIES = 60, 12
COUNCIL = "norfolk"
PAGES = {
    "First page of a council: outcomes, money, risk": "",
    "Money": "finance/",
    "Reserves": "reserves/",
    "Savings": "savings/",
    "Risk register": "risks/",
    "What changed in the register": "risks/reconciliation/",
}
HEAD = ["Code", "Description", "Period", "Amount", "Funding source"]


@dataclass(frozen=True)
class Upload:
    """One file of the ledger: seconds of reading, comparing and applying it together."""

    name: str
    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Measured:
    uploads: list[Upload]
    pages: list[tuple[str, int, Times]]
    paper: Times


def measure(rounds: int, papers: int) -> Measured:
    """Everything, in the database of the run; what the uploads write is taken back."""
    client, pages = browser(), []
    for name, path in PAGES.items():
        address = f"/{COUNCIL}/{path}"
        client.get(address)
        count = queries(client, address)
        seconds = [clocked(partial(client.get, address))[0] for _ in range(rounds)]
        pages.append((name, count, Times(seconds)))
    money = money_for(AnonymousUser(), COUNCIL)
    finance_paper(money)
    paper = Times([clocked(lambda: finance_paper(money))[0] for _ in range(papers)])
    return Measured(_uploads(), pages, paper)


def _uploads():
    rows = _rows()
    workbook = xlsx_bytes([("Actuals", HEAD, rows)])
    text = "".join(csv_chunks(HEAD, rows)).encode()
    found = []
    with transaction.atomic():
        council = Council.objects.create(slug="ledger-bench", name="Ledger bench")
        person = User.objects.create(email="ledger@bench.example", post="Bench")
        person.memberships.create(council=council, role=Role.FINANCE_OFFICER)
        for name, content, before in (
            ("XLSX, all new", workbook, None),
            ("The same file again", workbook, None),
            ("XLSX, all changed", workbook, {"amount": 1}),
            ("CSV, all changed", text, {"amount": 1}),
        ):
            if before:
                LedgerLine.objects.filter(council=council).update(**before)
            found.append(_upload(name, content, council, person))
        transaction.set_rollback(True)
    return found


def _upload(name, content, council, person):
    with _Memory() as memory:
        seconds, _ = clocked(lambda: _take(content, council, person))
    return Upload(name, seconds, memory.grown)


def _take(content, council, person):
    read = reading.read(content, look_through=True)
    upload = LedgerUpload.objects.create(
        council=council,
        file_name="actuals",
        kind=read.kind,
        fingerprint="0" * 64,
        size=len(content),
        uploaded_by=person,
        uploaded_at=timezone.now(),
    )
    step = UPLOADS.transition(
        "preview",
        upload.pk,
        by=person,
        access=access_of(person, council),
        before=lambda record: previewing.preview(record, read),
    )
    if not UPLOADS.why_not("apply", step.record, clock.today()):
        applying.apply(upload.pk, by=person)


def _rows():
    maker = random.Random(1)
    return [
        [
            f"{10_000 + number // 12}",
            f"Purchase of care, home {number // 12}",
            f"2017-18-m{number % 12 + 1:02d}",
            Decimal(maker.randint(-1_000_000, 100_000_000)) / 100,
            ("iBCF", "BCF")[number % 2],
        ]
        for number in range(ROWS)
    ]


class _Memory:
    """How much the memory of this process grew at most, in MB, watched from a thread."""

    def __enter__(self):
        self.stop, self.base = threading.Event(), _resident()
        self.most = self.base
        self.thread = threading.Thread(target=self._watch, daemon=True)
        self.thread.start()
        return self

    def _watch(self):
        while not self.stop.wait(0.02):
            self.most = max(self.most, _resident())

    def __exit__(self, *error):
        self.stop.set()
        self.thread.join()

    @property
    def grown(self):
        return self.most - self.base


def _resident():
    """The resident memory in MB; 0 where the system does not tell."""
    pages = Path("/proc/self/statm")
    return int(pages.read_text().split()[1]) * 4096 / 1e6 if pages.exists() else 0


def tables(measured: Measured, rounds: int, papers: int) -> list[Table]:
    """What was measured, with the budgets."""
    return [
        Table(
            "Money and risk",
            ["What", "Queries", "Median ms", "95th ms", "Verdict"],
            [
                *(
                    [
                        name,
                        str(count),
                        *times.words,
                        verdict(max(times.median / PAGE_MS, count / MOST_QUERIES), 1),
                    ]
                    for name, count, times in measured.pages
                ),
                ["Finance paper (PDF)", "–", *measured.paper.words, "–"],
            ],
            f"Norfolk's pages, {rounds} requests each, against {PAGE_MS} ms and {MOST_QUERIES} "
            f"queries; the paper {papers} times.",
        ),
        Table(
            f"Ledger files of {ROWS:,} rows",
            ["File", "Seconds", "Memory, MB more", "Verdict"],
            [
                [
                    each.name,
                    f"{each.seconds:.1f}",
                    f"{each.megabytes:.0f}",
                    verdict(max(each.seconds / SECONDS, each.megabytes / MEGABYTES), 1),
                ]
                for each in measured.uploads
            ],
            f"Reading, comparing and applying together. The budget is {SECONDS} s and "
            f"{MEGABYTES} MB. Making the files is not counted.",
        ),
    ]
