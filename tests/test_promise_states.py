"""How something that was said to come stands on a day; in prose: docs/rules/promises.md."""

from datetime import date

import pytest

from publishing.promises import (
    DROPPED,
    KEPT,
    LATE,
    MOVED,
    NO_OWNER,
    OPEN,
    PASSED,
    STATES,
    TOLD,
    AnswerLine,
    PromiseLine,
    Promises,
    known_until,
)

SAID, LAST = date(2018, 2, 5), date(2018, 3, 31)
BEFORE, AFTER = date(2018, 3, 1), date(2018, 4, 20)
MAY = date(2018, 5, 31)


def promise(*answers, **changes):
    fields = {
        "key": "stated/1",
        "kind": "council",
        "about": "Survey",
        "what": "A survey of carers.",
        "said_in": "A paper",
        "said_on": SAID,
        "owner": "Head of carers",
        "when": "by March 2018",
        "last": LAST,
        "answers": answers,
    }
    return PromiseLine(**fields | changes)


def told(state, on=AFTER, **changes):
    return AnswerLine(state=state, text="Why.", on=on, told_in="A meeting", **changes)


def moved(on=BEFORE, when="May 2018", last=MAY, **changes):
    return told(MOVED, on, when=when, last=last, by="Director", **changes)


@pytest.mark.parametrize(
    ("answers", "day", "state"),
    [
        ((), LAST, OPEN),
        ((), date(2018, 4, 1), PASSED),
        ((told(TOLD, BEFORE),), LAST, OPEN),
        # What was said before the day had passed does not say that it is late.
        ((told(TOLD, BEFORE),), AFTER, PASSED),
        ((told(TOLD, AFTER),), AFTER, LATE),
        ((told(LATE, BEFORE),), LAST, LATE),
        ((told(LATE, AFTER),), AFTER, LATE),
        ((told(KEPT, AFTER),), AFTER, KEPT),
        ((told(DROPPED, BEFORE),), AFTER, DROPPED),
        ((moved(),), AFTER, MOVED),
        ((moved(),), MAY, MOVED),
        ((moved(),), date(2018, 6, 1), PASSED),
        ((moved(), told(KEPT, AFTER)), AFTER, KEPT),
        ((told(LATE, BEFORE), moved(AFTER)), AFTER, MOVED),
        ((moved(), told(LATE, AFTER)), AFTER, LATE),
    ],
)
def test_a_promise_stands_as_was_told_last_and_as_the_day_says(answers, day, state):
    assert promise(*answers).state_on(day) == state


def test_what_has_no_day_is_never_late():
    assert promise(when="", last=None).state_on(date(2099, 1, 1)) == OPEN
    assert promise(when="", last=None).when_now == ""


def test_what_is_moved_keeps_its_earlier_day_who_moved_it_and_why():
    twice = promise(moved(), moved(AFTER, "summer 2018", date(2018, 8, 31)))
    assert twice.when_now == "summer 2018"
    assert twice.last_day == date(2018, 8, 31)
    assert twice.when_first == "by March 2018"
    assert [(move.when, move.by, move.text) for move in twice.moves] == [
        ("May 2018", "Director", "Why."),
        ("summer 2018", "Director", "Why."),
    ]


def test_what_is_late_comes_first_and_what_has_no_day_last():
    shown = Promises(
        AFTER,
        [
            promise(key="kept", answers=(told(KEPT),)),
            promise(key="no day", when="", last=None),
            promise(key="later", last=date(2018, 12, 31)),
            promise(key="soon", last=date(2018, 4, 30)),
            promise(key="said late", answers=(told(LATE),)),
            promise(key="passed", last=date(2018, 4, 1)),
            promise(key="passed earlier"),
        ],
    )
    assert [line.key for _, line in shown.in_order] == [
        *("passed earlier", "passed", "said late", "soon", "later", "no day", "kept"),
    ]
    assert [line.key for line in shown.late] == ["passed earlier", "passed", "said late"]
    assert [heading for _, heading, _ in shown.by_state] == [
        STATES[state] for state in (PASSED, LATE, OPEN, KEPT)
    ]


def test_kept_moved_and_dropped_are_counted_by_owner():
    shown = Promises(
        AFTER,
        [
            promise(key="1"),
            promise(key="2", answers=(moved(), told(KEPT))),
            promise(key="3", answers=(moved(),)),
            promise(key="4", owner="", answers=(told(DROPPED),)),
        ],
    )
    first, nobody = shown.by_owner
    assert (first.owner, first.all, first.kept, first.moved, first.dropped, first.late) == (
        *("Head of carers", 3, 1, 2, 0, 1),
    )
    assert (nobody.owner, nobody.all, nobody.dropped) == (NO_OWNER, 1, 1)


def test_a_list_stands_as_at_the_latest_day_of_which_it_tells():
    today = date(2020, 1, 1)
    assert known_until([promise(), promise(told(KEPT))], today) == AFTER
    assert known_until([promise(said_on=date(2021, 1, 1))], today) == today
    assert known_until([], today) == today
    assert known_until([promise()], today, date(2018, 6, 30)) == date(2018, 6, 30)


def test_a_promise_in_a_paper_says_all_that_was_said_of_it():
    assert promise(moved()).in_words == (
        "A survey of carers. Said 5 February 2018. Head of carers, by March 2018. "
        "Moved to May 2018, A meeting: Why."
    )
    assert promise().in_words == (
        "A survey of carers. Said 5 February 2018. Head of carers, by March 2018."
    )
    assert promise(owner="", when="in due course", last=None).in_words == (
        "A survey of carers. Said 5 February 2018. No owner was named, in due course."
    )
    assert promise(when="", last=LAST).by_now == "by 31 March 2018"
    assert promise(when="before April 2018").by_now == "before April 2018"
