"""What a press sent: its fields as they are carried on, and as they are shown to copy."""

import re
from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.http import UnreadablePostError

from typed.box_names import CALLED, name_of, said_by_page

# A password is typed again; a token belongs to one page.
NEVER_CARRIED = re.compile(r"password|^csrfmiddlewaretoken$|^sign-in-", re.IGNORECASE)
# What stands in a form for the portal's sake: nobody typed it.
NOT_TYPED = {
    CALLED,
    "at",
    "undo",
    "page-of",
    "press",
    "was",
    "version",
    "underway",
    "seen",
    "submit",
    "then",
    "use",
    "unuse",
}
NOT_TYPED |= {"take", "clash", "place", "stay", "key", "figures", "confirm", "remove", "again"}
# Which form it is and which button was pressed. A page that asks for an action says with it what
# it showed; where a form has no ``SEEN``, people type into a box of that name.
NOT_TYPED |= {"form", "draft", "discard", "chase", "right"}
ACTION, SEEN = "action", "seen"


@dataclass(frozen=True)
class Held:
    """What was sent: (name, value) of each field in order, and the names of files chosen.

    A file cannot be carried, for no page may choose one for a person.
    """

    fields: list[tuple[str, str]]
    files: list[str]

    @property
    def typed(self) -> list[tuple[str, str]]:
        """(what the box is called, text) of what a person may have typed, empty boxes left out."""
        acts = SEEN in dict(self.fields)
        filled = [
            (name, value)
            for name, value in self.fields
            if value.strip() and name not in NOT_TYPED and not (acts and name == ACTION)
        ]
        said = said_by_page(self.fields)
        return [(name_of(name, n, said), value) for n, (name, value) in enumerate(filled, start=1)]


def held(request) -> Held:
    """What the request's form holds. How much that can be is bounded before it is read here."""
    try:
        sent, files = request.POST, request.FILES
    except (SuspiciousOperation, UnreadablePostError):
        return Held([], [])
    return Held(
        [
            (name, value.replace("\x00", ""))
            for name, values in sent.lists()
            for value in values
            if not NEVER_CARRIED.search(name)
        ],
        [file.name for _, several in files.lists() for file in several],
    )


def wants_json(request) -> bool:
    """Whether a script of ours asks, which reads answers and shows no page."""
    return request.headers.get("Accept", "").startswith("application/json")
