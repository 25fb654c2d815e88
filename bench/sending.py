"""What a browser with an empty cache is sent for one page, in bytes as they travel.

The real WSGI application is asked for the page and for everything that the page makes a browser
fetch: style sheets, scripts, the modules that scripts import, icons and images.
"""

import gzip
import re
from dataclasses import dataclass
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit
from wsgiref.util import setup_testing_defaults

import brotli

# The page's size varies: Django adds some random bytes so that a secret cannot be guessed from it.
TRIES = 9
FETCHED_LINKS = {"stylesheet", "icon", "manifest", "preload", "modulepreload", "apple-touch-icon"}
UNPACK = {"br": brotli.decompress, "gzip": gzip.decompress, "": bytes}
IMPORTED = re.compile(r"""\b(?:import|from)\s*\(?\s*["'](\.{0,2}/[^"']+)["']""")
STYLE_IMPORTED = re.compile(r"""@import\s*(?:url\()?["']?([^"')]+)""")
STYLE_RULE = re.compile(r"([^{}]+)\{[^{}]*url\(([^)]+)\)")


@dataclass(frozen=True)
class Sent:
    address: str
    kind: str
    encoding: str
    size: int
    content: bytes
    missing: bool = False

    @property
    def unpacked(self) -> int:
        return len(self.content)


def first_view(address: str) -> list[Sent]:
    """The page at ``address`` and all that it needs, each once."""
    tries = sorted((_fetch(address) for _ in range(TRIES)), key=lambda sent: sent.size)
    page = tries[TRIES // 2]
    html = page.content.decode()
    sent, waiting = {address: page}, _needed_by_page(address, html)
    while waiting:
        at = waiting.pop(0)
        if at in sent:
            continue
        sent[at] = _fetch(at)
        text = sent[at].content.decode(errors="replace")
        if sent[at].kind == "text/css":
            waiting += _needed_by_style(at, text, html)
        elif "javascript" in sent[at].kind:
            waiting += [urljoin(at, name) for name in IMPORTED.findall(text)]
    return list(sent.values())


class _Page(HTMLParser):
    """Collects the addresses that a browser fetches of its own accord."""

    def __init__(self):
        super().__init__()
        self.needed = []

    def handle_starttag(self, tag, attrs):
        has = dict(attrs)
        if tag == "link" and FETCHED_LINKS.intersection((has.get("rel") or "").split()):
            self.needed.append(has["href"])
        elif tag in ("script", "img", "source") and has.get("src") and "nomodule" not in has:
            self.needed.append(has["src"])


def _needed_by_page(address, html):
    parser = _Page()
    parser.feed(html)
    return [urljoin(address, name) for name in parser.needed if not name.startswith("data:")]


def _needed_by_style(address, style, html):
    """What a style sheet imports, its fonts, and images of rules whose classes the page has."""
    needed = STYLE_IMPORTED.findall(style)
    for selectors, name in STYLE_RULE.findall(style):
        if "@font-face" in selectors or any(
            all(word in html for word in re.findall(r"\.([\w-]+)", selector))
            for selector in selectors.split(",")
        ):
            needed.append(name.strip("\"'"))
    return [urljoin(address, name) for name in needed if not name.startswith("data:")]


def _fetch(address):
    """One answer of the WSGI application. What is not found is an answer too: it is sent."""
    from bcfportal.wsgi import application

    parts = urlsplit(address)
    environ = {
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "HTTP_ACCEPT_ENCODING": "gzip, br",
    }
    setup_testing_defaults(environ)
    answer = {}

    def start_response(status, headers, exc_info=None):
        answer["status"] = status
        answer["headers"] = {name.lower(): value for name, value in headers}

    chunks = application(environ, start_response)
    try:
        body = b"".join(chunks)
    finally:
        if hasattr(chunks, "close"):
            chunks.close()
    encoding = answer["headers"].get("content-encoding", "")
    kind = answer["headers"].get("content-type", "").split(";")[0]
    missing = not answer["status"].startswith("200")
    return Sent(
        address,
        answer["status"] if missing else kind,
        encoding,
        len(body),
        UNPACK[encoding](body),
        missing,
    )
