"""A visitor with a browser: goes to addresses and writes down what is there."""

import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from compare.capture.file_text import read_file
from compare.capture.following import Following
from compare.capture.page_text import read_page
from compare.capture.steady import steady
from compare.records import STATUS, Record

# Every other header is compared. Lengths follow from the text, and cookies hold chance.
NOT_TOLD = {"content-length", "set-cookie", "location", "content-type"}
# No portal has as many addresses for one visitor: a list without end is being followed.
MOST = 20_000
HTML = "text/html"


@dataclass(frozen=True)
class Visitor:
    """Somebody who looks at the portal: nobody in particular, or the person with the key."""

    name: str
    key: int | None = None


@dataclass
class Visit:
    """What a visitor saw, and the addresses that the visit led to."""

    visitor: Visitor
    only: str
    cache: Path
    following: Following
    records: dict[str, Record] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from django.test import Client

        self._client = Client(raise_request_exception=False)
        if self.visitor.key is not None:
            self._sign_in(self.visitor.key)

    def _sign_in(self, key: int) -> None:
        from django.conf import settings
        from django.contrib.auth import get_user_model

        person = get_user_model()._default_manager.get(pk=key)
        self._client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[-1])

    def crawl(self) -> None:
        """Goes wherever links lead, beginning at the first page."""
        self.following.add("/")
        self._go(follow=True)

    def look(self, addresses: Iterable[str]) -> None:
        """Goes to these addresses and no further."""
        for address in addresses:
            self.following.add(address)
        self._go(follow=False)

    def _go(self, *, follow: bool) -> None:
        started, queue = time.monotonic(), self.following.waiting
        told = started
        for done, address in enumerate(queue, 1):
            if done > MOST:
                raise RuntimeError(f"More than {MOST} addresses for {self.visitor.name}.")
            self._visit(address, follow)
            if time.monotonic() - told > 20:
                told = time.monotonic()
                say(f"{self.visitor.name}: {done} of {len(queue)} addresses so far")
        say(f"{self.visitor.name}: {len(queue)} addresses, {time.monotonic() - started:.0f} s")
        queue.clear()

    def _visit(self, address: str, follow: bool) -> None:
        response = self._client.get(address)
        content = response.getvalue() if response.streaming else response.content
        kind = response.get("Content-Type", "")
        lines = [f"{STATUS}{response.status_code}", f"type: {kind}"]
        failure = getattr(response, "exc_info", None)
        if failure:
            lines.append(f"fails with {failure[0].__name__}: {failure[1]}")
            say(f"{self.visitor.name}: {address} {lines[-1]}")
        location = response.get("Location")
        if location:
            lines.append(f"leads to: {location}")
            if follow:
                self.following.add(location, address)
        lines += sorted(
            f"{name.lower()}: {value}"
            for name, value in response.items()
            if name.lower() not in NOT_TOLD
        )
        lines += [f"cookie: {name}" for name in sorted(response.cookies)]
        of_page = not kind or kind.startswith(HTML)
        if of_page:
            page = read_page(content.decode(errors="replace"))
            lines += page.lines
            if follow:
                for link in page.links:
                    self.following.add(link, address)
                for form in page.forms:
                    self.following.add_form(form, address)
        elif self.only in ("", "files"):
            lines += read_file(content, kind, self.cache)
        part = "text" if of_page else "files"
        if self.only in ("", part):
            self.records[address] = Record(address, part, [steady(line) for line in lines])


def say(words: str) -> None:
    """To whoever waits at the terminal."""
    sys.stderr.write(f"  {words}\n")
    sys.stderr.flush()
