"""What Westshire's papers said would come, as its officers wrote it down. All of it is made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bcfportal.lib.text.said_days import read_said_day
from demonstration.westshire.story import Step, Story, moment
from publishing.promises import DROPPED, KEPT, LATE, MOVED
from stated.actions import record_answer, record_promise

PAPER = "Position of adult social care, 8 July 2026"
BOARD = "Health and Wellbeing Board, 24 November 2026"
SAID_ON, WRITTEN, TOLD_ON = date(2026, 7, 8), moment(2026, 7, 9, 11), date(2026, 11, 24)
STRATEGY, DIRECTOR = "Head of strategy", "Director of Adult Social Care"


@dataclass(frozen=True)
class Said:
    """Something that the paper said would come, and what the board was told of it."""

    about: str
    what: str
    owner: str
    when: str
    # What was told, in its order: state, words, and to when.
    told: tuple[tuple[str, str, str], ...] = ()


PAPERS = (
    Said("Carers’ strategy", "The strategy is published.", STRATEGY, "early February 2027"),
    Said(
        "Equipment store",
        "The review of the joint store is finished.",
        STRATEGY,
        "summer 2026",
        ((MOVED, "The partners asked for a second count.", "late autumn 2026"),),
    ),
    Said(
        "Care homes",
        "Each home sees its own figures.",
        "Performance and insight lead",
        "the end of October 2026",
        ((KEPT, "All 41 homes have their page.", ""),),
    ),
    Said(
        "Reminders",
        "People are reminded of visits by text message.",
        DIRECTOR,
        "2026/27",
        ((DROPPED, "Practices already send them.", ""),),
    ),
    Said("Hospital portal", "Social workers read the hospital’s record.", "", "in due course"),
    Said("Winter plan", "The plan comes to the committee.", DIRECTOR, "September 2026"),
    Said(
        "Care workers’ survey",
        "The results are published.",
        DIRECTOR,
        "autumn 2026",
        ((LATE, "Half of the answers came in; they are being counted.", ""),),
    ),
)


def steps() -> Iterator[Step]:
    yield Step(WRITTEN, _write)
    yield Step(_told(), _tell)


def _told() -> datetime:
    return moment(2026, 11, 25, 11)


def _write(story: Story) -> None:
    for said in PAPERS:
        record_promise(
            story.council,
            by=story.people["performance lead"],
            about=said.about,
            what=said.what,
            owner_post=said.owner,
            when=said.when,
            said=read_said_day(said.when, SAID_ON),
            said_in=PAPER,
            said_on=SAID_ON,
        )


def _tell(story: Story) -> None:
    for said in PAPERS:
        promise = story.council.stated_promises.get(about=said.about, said_in=PAPER)
        for state, text, when in said.told:
            record_answer(
                by=story.people["performance lead"],
                promise=promise,
                state=state,
                text=text,
                when=when,
                said=read_said_day(when, TOLD_ON) if when else None,
                told_in=BOARD,
                told_on=TOLD_ON,
            )
