"""One list of what a council said would come, put together from all subjects."""

from collections.abc import Iterable, Iterator

import msgspec
from django.urls import reverse

from bcfportal.lib import clock
from bcfportal.lib.exports import Export
from programme.programme import Programme
from projects.access import Access
from projects.models import Council
from publishing import registry
from publishing.current_report import current_of
from publishing.promises import PromiseLine, Promises, known_until
from stated.promises import public_promises

# What each kind is called.
KINDS = {
    "project": "Project",
    "savings": "Saving",
    "risk": "Risk",
    "card": "Report card",
    "follow-up": "Follow-up action",
    "meeting": "Meeting",
    "council": "Paper",
}


def promises_shown(council: Council, programme: Programme | None) -> Promises:
    """What is public. Of a report that is not the current one: as it stood with that version.

    Other subjects have versions of their own, so that theirs are in the current list only.
    """
    if programme and not is_current(programme):
        published = programme.version.published_on if programme.version else None
        at = programme.row.at if programme.row and published else None
        lines = _once(*_of_projects(programme), *(public_promises(council, at) if at else ()))
        return Promises(published or programme.period.as_at, _addressed(council, lines))
    lines = _once(
        *(_of_projects(programme) if programme else ()),
        *public_promises(council),
        *registry.promises_of(council, Access(council)),
    )
    told = [programme.period.as_at] if programme else []
    return Promises(known_until(lines, clock.today(), *told), _addressed(council, lines))


def is_current(programme: Programme) -> bool:
    """Whether it is the version that stands of the report that is current, or its preview."""
    return programme.stands and programme.period == (
        current_of(programme.periods) or programme.period
    )


def _of_projects(programme: Programme) -> Iterator[PromiseLine]:
    """All of them, each with a key that is its own in the whole council."""
    for sheet in programme.sheets:
        for line in sheet.promises:
            own = line.key_kind == "return"
            yield msgspec.structs.replace(line, key=f"{line.key}/{sheet.slug}") if own else line


def _once(*lines: PromiseLine) -> list[PromiseLine]:
    """Each once: what a project's report says of it comes before its record."""
    return list({line.key: line for line in reversed(lines)}.values())[::-1]


def _addressed(council: Council, lines: Iterable[PromiseLine]) -> list[PromiseLine]:
    """Those of projects with the page of the project."""
    return [
        msgspec.structs.replace(
            line, address=reverse("reporting:project", args=[council.slug, line.project])
        )
        if line.project and not line.address
        else line
        for line in lines
    ]


def promise_rows(promises: Promises) -> Iterator[list]:
    """A row for each promise, what is late first."""
    for state, line in promises.in_order:
        told, first = line.told, line.moves[0] if line.moves else None
        yield [
            *(line.key, KINDS[line.kind], line.about, line.what, line.owner),
            *(line.said_in, line.said_on, line.when or None, line.last, state),
            *(line.when_now or None, line.last_day, len(line.moves)),
            *((first.by, first.text) if first else ("", "")),
            *((told.state, told.told_in, told.on, told.text) if told else ("", "", None, "")),
            *(promises.as_at, line.project, line.as_printed, line.source, line.note),
        ]


PROMISES = Export(
    "promises",
    "Said to come",
    "One row for each thing that was said to come, what is late first.",
    [
        ("key", "Its name among those of the council; the same in all versions."),
        (
            "kind",
            "What said it: Project, Saving, Risk, Report card, Follow-up action, Meeting or Paper.",
        ),
        ("about", "The project, saving, risk or measure that it is of."),
        ("what", "What is to come."),
        ("owner", "The post that owes it; empty where nobody is named."),
        ("said_in", "The report, paper, register or meeting that said it."),
        ("said_on", "The day of that."),
        ("first_when", "By when, in the words in which it was said first; empty for no day."),
        ("first_last_day", "The last day that those words can mean."),
        ("state", "passed, late, moved, open, kept or dropped, as at that day."),
        ("when", "By when it is to come now."),
        ("last_day", "The last day that those words can mean."),
        ("moved", "How many times it was moved to another date."),
        ("moved_by", "Who moved it first, by post."),
        ("moved_why", "Why it was moved first."),
        ("told", "What was said of it last: kept, late, moved, dropped, or told: going on."),
        ("told_in", "The report or meeting at which that was said."),
        ("told_on", "The day on which that was said."),
        ("told_words", "What was said."),
        ("as_at", "The day on which it stood so."),
        ("project", "The project's name in addresses, where it is of one."),
        ("as_printed", "The words of the text that it is taken from."),
        ("source", "Where in the text that is."),
        ("note", "What was lost or is not said in the source."),
    ],
    promise_rows,
)
