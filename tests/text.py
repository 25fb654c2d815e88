"""What a page says, as one line of words."""

import html
import re


def words_of(page: str) -> str:
    """The page's words without its tags, scripts and repeated spaces."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", " ", page, flags=re.S)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def read(client, address: str) -> str:
    """The words of a page that answers as it should."""
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return words_of(response.content.decode())
