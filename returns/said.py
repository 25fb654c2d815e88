"""What a project's sheet says in words, by title, and what differs from what another says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bcfportal.lib.money import pounds
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.ratings import Rating
from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.differences import word_changes
from returns.content import Sheet

TITLES = {
    "performance": "Performance in full",
    "summary_performance": "Short text for the summary",
    "rating": "Rating",
    "rating_text": "Why it is rated so",
    "forecast_rating": "Rating expected at year end",
    "difference_reason": "Why it is not what the rule says",
    "cause": "Cause",
    "action": "Action",
    "action_owner": "Who",
    "action_due": "By when",
    "spend_to_date": "Spent to date in {year}",
    "spend_forecast": "Forecast for {year}",
    "variance_reason": "Why the forecast differs",
    "promises": "What was said to come",
}
# What the page says of the project itself. It is no box of the return, and is published with it.
PROJECT_TITLES = {
    "title": "Title",
    "short_title": "Short title",
    "contents_entry": "Line in the contents",
    "condition": "Purpose",
    "description": "What it does",
    "rationale": "Why",
    "method": "How",
    "summary_description": "What it does, for the summary",
    "summary_method": "How, for the summary",
    "summary_total_as_printed": "Total in the summary",
    "summary_total_note": "Beside the total in the summary",
    "measures_introduction": "Before the measures",
    "providers": "Providers",
    "money": "Money",
    "notes": "Notes",
    "source": "Source",
}


@dataclass(frozen=True)
class Change:
    """One thing that a return says, in pieces that are the same, out or in."""

    title: str
    pieces: list[tuple[str, str]]

    @property
    def changed(self) -> bool:
        return any(kind != "same" for kind, _ in self.pieces)

    @property
    def replaced(self) -> bool:
        """Whether one text replaces another with which it has nothing in common."""
        return [kind for kind, _ in self.pieces] == ["out", "in"]


def project_changes(before: Sheet | None, now: Sheet, purpose: str) -> list[Change]:
    """What the page says of the project itself, marked against what was said before.

    ``purpose`` is the council's own word for what the project serves.
    """
    titles = PROJECT_TITLES | {"condition": purpose}
    return marked(said(before, titles), said(now, titles))


def said_in_words(sheet: Sheet) -> dict[str, str]:
    """What a project's return says in its boxes of words and money, by title."""
    return said(sheet, TITLES)


def marked(before: Mapping[str, str], now: Mapping[str, str]) -> list[Change]:
    """What each title says now, marked against what it said before."""
    return [
        Change(title, word_changes(before.get(title, ""), now.get(title, "")))
        for title in dict.fromkeys((*now, *before))
    ]


def said(sheet: Sheet | None, names: Mapping[str, str]) -> dict[str, str]:
    """What a sheet says under each title; empty ones are left out.

    Money of two years stands under two titles: one is no change of the other.
    """
    year = financial_year_label(sheet.spend_year) if sheet and sheet.spend_year else "the year"
    titles = {name: title.format(year=year) for name, title in names.items()}
    texts = {title: _words(sheet, name) for name, title in titles.items()} if sheet else {}
    return {title: text for title, text in texts.items() if text}


def _words(sheet, name):
    if name == "condition":
        return f"{sheet.condition_number}. {sheet.condition_title}"
    if name == "money":
        return "\n".join(_stream_words(stream) for stream in sheet.streams)
    value = getattr(sheet, name)
    if value in (None, ""):
        return ""
    if name == "promises":
        return "\n".join(promise.in_words for promise in value)
    if isinstance(value, list):
        return "\n".join(value)
    if isinstance(value, Decimal):
        return pounds(value)
    if isinstance(value, date):
        return day_words(value)
    return Rating(value).label if name in ("rating", "forecast_rating") else value


def _stream_words(stream):
    """All that is said of a stream of money, a thing a line."""
    share = f"{stream.share_percent.normalize():f}% of the service" if stream.share_percent else ""
    lines = [
        f"{line.year_label}: {'–' if line.allocation is None else pounds(line.allocation)}"
        f"{f' ({line.note})' if line.note else ''}"
        for line in stream.lines
    ]
    sums = [
        " ".join(
            filter(
                None,
                (
                    sum_.as_printed,
                    f"({pounds(sum_.amount)}, {sum_.basis})",
                    sum_.purpose,
                    sum_.note,
                ),
            )
        )
        for sum_ in stream.stated_sums
    ]
    said = (stream.fund.name, stream.title, stream.description, share, stream.share_note)
    return "\n".join(filter(None, (*said, *lines, *sums, stream.note)))
