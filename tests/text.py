"""What a page or a paper says, as one line of words."""

import html
import io
import re

from pypdf import PdfReader


def words_of(page: str) -> str:
    """The page's words without its tags, scripts and repeated spaces."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(client, address: str) -> str:
    """The words of a page that answers as it should."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return words_of(response.content.decode())


def squeezed(text: str) -> str:
    """Without white space: where the lines of a paper break is the layout's affair."""
    return re.sub(r"\s+", "", text)


def printed_in(client, address: str) -> str:
    """All that a paper prints, squeezed."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    return squeezed(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(sent)).pages))
