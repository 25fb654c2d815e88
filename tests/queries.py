"""The queries of what has a ceiling, kept beside the tests: a line a query, so that a change shows.

``make queries`` writes the files in ``tests/queries/`` again; a test fails where its file says
something else. A line is the verb and the tables in the order in which the query names them.
"""

import re
from collections import Counter
from pathlib import Path

from django.contrib.contenttypes.models import ContentType

from publishing import version_cache

FOLDER = Path(__file__).parent / "queries"
_TABLE = re.compile(r'(?:FROM|JOIN|INTO|UPDATE)\s+(?:ONLY\s+)?\(?"(\w+)"')


class Kept:
    """The queries of one test: those seen now, and those in its file."""

    def __init__(self, nodeid: str, *, write: bool):
        module, _, name = nodeid.removeprefix("tests/").partition("::")
        file = re.sub(r"[^A-Za-z0-9.-]+", "_", name).strip("_")[:120]
        self.path = FOLDER / module.removesuffix(".py") / f"{file}.txt"
        self.write, self.blocks = write, []
        forget_what_processes_remember()

    def add(self, captured) -> None:
        """Adds the queries of one block of the test."""
        self.blocks.append([line_of(query["sql"]) for query in captured])

    @property
    def text(self) -> str:
        return "\n\n".join("\n".join(_folded(block) or ["none"]) for block in self.blocks) + "\n"

    def check(self) -> str:
        """What is wrong, in a sentence; nothing where the file says what was seen."""
        if not self.blocks:
            return ""
        if self.write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(self.text)
            return ""
        before = self.path.read_text() if self.path.exists() else ""
        if before == self.text:
            return ""
        return (
            f"The queries are not those of {self.path.relative_to(FOLDER.parent)}. If that is "
            f"meant, write them with `make queries` and look at the difference.\n\n{self.text}"
        )


def line_of(statement: str) -> str:
    """The verb and the tables of a query: "SELECT projects_council, projects_project"."""
    verb = statement.lstrip("( ").split(None, 1)[0].rstrip(";").upper()
    tables = dict.fromkeys(_TABLE.findall(statement))
    return f"{verb} {', '.join(tables)}".strip()


def forget_what_processes_remember() -> None:
    """Empties what a process keeps between requests: tests come in any order."""
    version_cache.forget()
    ContentType.objects.clear_cache()


def _folded(lines: list[str]) -> list[str]:
    """Lines that follow each other and are the same stand once, with how often."""
    folded: list[str] = []
    counts: Counter[int] = Counter()
    for line in lines:
        if not folded or folded[-1] != line:
            folded.append(line)
        counts[len(folded)] += 1
    return [
        f"{line} x {counts[place]}" if counts[place] > 1 else line
        for place, line in enumerate(folded, 1)
    ]
