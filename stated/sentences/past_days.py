"""A day that a text says is to come, and that had passed when it was written."""

import calendar
import re
from collections.abc import Iterator
from datetime import date

from bcfportal.lib.sentences import day_words
from bcfportal.lib.text.typed_dates import MONTHS
from stated.sentences.reading import Slip, sentences_in

_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? )?(?P<month>{_NAMES})\.?,? (?P<year>20\d\d)\b"
    r"|\b(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)\b",
    re.IGNORECASE,
)
_TO_COME = re.compile(
    r"\b(?:will|shall|going to|is to|are to|to be|due|plan(?:s|ned)? (?:to|for)|expect(?:s|ed)? to"
    r"|expected (?:in|by)|intends? to|aims? to|hopes? to|anticipated|scheduled|proposed|forecast to"
    r"|on track (?:to|for))\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|been|did|began|started|opened|ended|finished|completed in|launched"
    r"|agreed in|approved (?:in|on)|since|following|after|published in|reported in|dated|from the"
    r"|original(?:ly)?|previous(?:ly)?)\b",
    re.IGNORECASE,
)
# Clauses: what is to come in one was not said of the day in another.
_CLAUSE = re.compile(r"; |, (?:and|but|so|which|while|as|although) | (?:but|while|although) |: ")
# A span that began: "from April 2017 to March 2019".
_TO = re.compile(r" ?(?:to|until|–|-) ?$", re.IGNORECASE)
_SPAN = re.compile(r" ?(?:to|until|–|-) ?", re.IGNORECASE)


def days_passed(text: str, written: date) -> Iterator[Slip]:
    """The days that a text written on ``written`` says are to come, though they had passed.

    A month has passed when its last day has. What is said to have been, and a day that a clause
    without "will" or its like names, is no slip.
    """
    for sentence in sentences_in(text):
        for clause in _CLAUSE.split(sentence):
            to_come = _TO_COME.search(clause)
            if not to_come or _DONE.search(clause):
                continue
            for match in _DAY.finditer(clause):
                last = _last_day(match)
                begins_a_span = (later := _DAY.search(clause, match.end())) and _SPAN.fullmatch(
                    clause[match.end() : later.start()]
                )
                if last and last < written and not begins_a_span:
                    yield Slip(
                        sentence,
                        match[0],
                        f"written on {day_words(written)}",
                        f"passed {_ago(last, written)} before",
                    )


def _last_day(match: re.Match[str]) -> date | None:
    """The last day that the words can mean; None where they are no day."""
    try:
        if match["y"]:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        year, month = int(match["year"]), MONTHS[match["month"].lower()]
        day = int(match["day"] or calendar.monthrange(year, month)[1])
        return date(year, month, day)
    except ValueError:
        return None


def _ago(day: date, written: date) -> str:
    days = (written - day).days
    return "1 day" if days == 1 else f"{days} days"
