"""What no page can keep: everything that is sent is checked once, before any view reads it.

PostgreSQL takes no NUL and XML no other control signs, half letters belong to no text, and a
number of a thousand digits is none. Whatever the field, hidden or seen, the person is told in a
sentence and gets back all that they typed, without those signs.
"""

import re

from bcfportal.lib.text.signs import NOT_TEXT
from bcfportal.unavailable import Trouble, give_back
from typed.box_names import name_of, said_by_page

# No sum, count or key has as many; Python itself stops at 4,300.
MOST_DIGITS = 1_000
_AROUND_A_NUMBER = " \t\r\n£+-–%"
_NO_NUMBER = re.compile(r"[^\d.,]")
# What boxes are called on their page, where their field has another name.
_CALLED = {"username": "Email address", "sign-in-email": "Email address"}


class WhatIsSent:
    """Answers 400, with what was typed, where a form holds what cannot be kept."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, arguments, keywords):
        if request.method != "POST":
            return None
        labels = said_by_page(request.POST.items())
        wrong = [
            _words(name, said, labels)
            for name, values in request.POST.lists()
            for value in values
            if (said := _what_is_wrong(name) or _what_is_wrong(value))
        ]
        if not wrong:
            return None
        held = [
            (NOT_TEXT.sub("", name), NOT_TEXT.sub("", value))
            for name, values in request.POST.lists()
            for value in values
        ]
        trouble = Trouble(400, "What you sent cannot be kept as it is", tuple(wrong[:20]))
        return give_back(request, trouble, held)


def _what_is_wrong(text) -> str:
    if NOT_TEXT.search(text):
        return (
            "has a character in it that is not text, perhaps from another program. It is left out "
            "below: check it and send it again."
        )
    number = text.strip(_AROUND_A_NUMBER) if len(text) > MOST_DIGITS else ""
    if len(number) > MOST_DIGITS and not _NO_NUMBER.search(number):
        return f"has a number in it of more than {MOST_DIGITS:,} digits. Go back and shorten it."
    return ""


def _words(name, said, labels):
    called = _CALLED.get(name) or name_of(NOT_TEXT.sub("", name), 1, labels)
    return f"“{called}” {said}"
