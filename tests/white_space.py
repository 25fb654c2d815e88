"""The tests' client reads pages with their white space folded, as a browser shows them."""

import pytest
from django.http import HttpResponse
from django.test import Client

from compare.capture.white_space import folded


def fold_what_the_client_gets(patch: pytest.MonkeyPatch) -> None:
    """From now on the tests' client gives every page folded, whichever test reads it."""
    asked = Client.request

    def request(self: Client, **sent: object) -> HttpResponse:
        response = asked(self, **sent)
        if not response.streaming and response.headers.get("Content-Type", "").startswith(
            "text/html"
        ):
            response.content = folded(response.content.decode()).encode()
        return response

    patch.setattr(Client, "request", request)
