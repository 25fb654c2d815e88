"""The papers as PDFs, warm in this process and cold in a fresh one.

    python -m bench.papers DATABASE PAPER

is such a fresh process: it makes one paper and prints how long that took.
"""

import io
import os
import subprocess
import sys
from dataclasses import dataclass
from functools import partial

from bench.figures import Times, clocked

WHOLE, SUMMARY, PROJECT = "Whole report", "Summary overview", "One project"
PAPERS = (WHOLE, SUMMARY, PROJECT)


@dataclass(frozen=True)
class Paper:
    name: str
    cold: Times
    warm: Times
    pages: int
    size: int


def measure(database: str, cold: int, warm: int) -> list[Paper]:
    """Each paper ``cold`` times in a fresh process and ``warm`` times in this one.

    The papers take turns, so that a busy moment does not fall on one of them alone.
    """
    from pypdf import PdfReader

    from bench.database import COUNCIL
    from programme.programme import published_programme

    programme = published_programme(COUNCIL)
    # Made once before, which reads the fonts, so that all the others are warm.
    contents = {name: _make(name, programme) for name in PAPERS}
    cold_times: dict[str, list[float]] = {name: [] for name in PAPERS}
    warm_times: dict[str, list[float]] = {name: [] for name in PAPERS}
    for _ in range(cold):
        for name in PAPERS:
            cold_times[name].append(_in_fresh_process(database, name))
    for _ in range(warm):
        for name in PAPERS:
            warm_times[name].append(clocked(partial(_make, name, programme))[0])
    return [
        Paper(
            name,
            Times(cold_times[name]),
            Times(warm_times[name]),
            len(PdfReader(io.BytesIO(content)).pages),
            len(content),
        )
        for name, content in contents.items()
    ]


def _in_fresh_process(database, name):
    command = [sys.executable, "-m", "bench.papers", database, name]
    return float(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def _make(name, programme):
    from programme import report_pdf as papers

    if name == WHOLE:
        return papers.progress_update(programme)
    if name == SUMMARY:
        return papers.summary_overview(programme)
    return papers.project_on_a_page(programme, programme.sheet("connect"))


def cold(database: str, name: str) -> float:
    """The seconds of the first paper of this process, fonts included; imports are done before."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bcfportal.settings")
    import django
    from django.conf import settings

    from bench import PREFIX

    if not database.startswith(PREFIX):
        raise ValueError("Only a database of bench's own is read.")
    settings.DATABASES["default"]["NAME"] = database
    django.setup()
    from bench.database import COUNCIL
    from programme.programme import published_programme

    published = published_programme(COUNCIL)
    return clocked(lambda: _make(name, published))[0]


if __name__ == "__main__":
    print(cold(*sys.argv[1:]))
