"""Papers: what every one of them says of itself, its version and its ratings.

A subject's ``report_pdf`` puts its own content into words. The foot of each page, the version
lines and the PDF's own description are the same for all: here and in ``templates/pdf/house.typ``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bcfportal.lib.papers.typesetting import typeset
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import day_words
from bcfportal.lib.versions import VersionStatus, figures_first, standing_address


class PrintedCouncil(Protocol):
    """The council whose paper it is."""

    accent_colour: str

    @property
    def printed_name(self) -> str:
        """Its name, with what marks it as made up."""


@dataclass(frozen=True)
class Paper:
    """A paper of a council. Every text is as it is printed.

    ``name`` stands at the foot of each page, ``title`` and ``description`` are the PDF's own; the
    title ends with the council and ``when``, which is the day unless something else is said.
    ``version`` is what it prints of its version, as ``version_lines`` gives it; None for nothing.
    ``more`` is what else the house needs for it.
    """

    council: PrintedCouncil
    name: str
    title: str
    description: str
    as_at: date
    when: str = ""
    version: dict | None = None
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def head(self) -> dict:
        """What ``house.typ`` reads as ``data.paper``."""
        as_at = day_words(self.as_at)
        when = self.when or f"as at {as_at}"
        return {
            "council": self.council.printed_name,
            "accent": self.council.accent_colour,
            "name": self.name,
            "title": f"{self.title}, {self.council.printed_name}, {when}",
            "description": self.description,
            "as_at": as_at,
            **({"version": self.version} if self.version else {}),
            **self.more,
        }

    def typeset(self, template: str, content: Mapping) -> bytes:
        """The PDF of ``templates/pdf/<template>`` with this content, dated as the paper.

        Raises bcfportal.lib.papers.typesetting.TypesettingError where it cannot be made.
        """
        return typeset(template, {"paper": self.head, **content}, dated=self.as_at)


def version_lines(version: VersionStatus | None) -> dict | None:
    """What a paper prints of its version: see ``version-block`` in ``templates/pdf/house.typ``.

    None where it has none. A paper says nothing of later versions, so that it stays byte for byte
    what it was; one that is made for people of the council only says why.
    """
    if version is None:
        return None
    approved = f"{version.approved_own}. " if version.approved_own else ""
    return {
        "line": f"{version.published_words}. {approved}Fingerprint {version.short}. "
        f"See whether it is still current: {standing_address(version)}",
        **({"kept": version.kept_from_others} if version.kept_from_others else {}),
        "corrected": version.corrected_words,
        "changes": [
            {"what": correction.what, "after": correction.after, "was": correction.was}
            for correction in figures_first(version.corrections)
        ],
    }


def printed_rating(rating: str) -> dict[str, str]:
    """The rating's key, for its shape, and its word."""
    label = "Colour not legible" if rating == Rating.NOT_LEGIBLE else Rating(rating).label
    return {"key": str(rating), "words": label}
