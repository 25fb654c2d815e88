"""What Westshire's projects say of what they said would come, with each of their returns."""

from datetime import timedelta
from random import Random

from bcfportal.lib.sentences import month_words
from bcfportal.lib.text.said_days import read_said_day
from demonstration.westshire.story import SEED, Story
from publishing.models import Return
from publishing.promises import DROPPED, KEPT, LATE, MOVED, PromiseLine
from returns.promises.actions import answer_in_return, promise_in_return, promises_before

TEXTS = {
    KEPT: "It was done as it was said, and it holds.",
    LATE: "The provider has not answered; it is still to be done.",
    MOVED: "Two people left in the month in which it was to be done.",
    DROPPED: "The need for it went away when the rota changed.",
}
# What is said with a return: project, period, what, and when, as vague as it is said.
SAID = {
    ("falls-prevention", "2026-27-q1"): (
        "Every group has a trained volunteer.",
        "by the end of autumn 2026",
    ),
    ("falls-prevention", "2026-27-q2"): (
        "The home hazard check is done on a tablet.",
        "early February 2027",
    ),
    ("young-carers", "2026-27-q2"): ("A group for carers under 12 begins.", "early January 2027"),
    ("carers-breaks", "2026-27-q2"): ("Carers book a break on line.", ""),
    ("step-down-beds", "2026-27-q2"): (
        "The therapy room of the second home is open.",
        "spring 2027",
    ),
}
# What nobody says a word of, and what moves: the rest is as chance gives it.
NOT_A_WORD = {"neighbourhood-teams"}
ALWAYS_MOVES = {"falls-prevention"}


def answer_promises(story: Story, report: Return, who: str) -> None:
    """Answers what the project said before, most of it, and says what it says anew."""
    slug, key, by = report.project.slug, report.period.key, story.by(who)
    chance = Random(f"{SEED} promises {slug} {key}")  # noqa: S311 - not for secrets
    for line in promises_before(report):
        state = _state(slug, line, chance.random())
        if state and line.told_in_return(key) is None:
            _answer(report, line, state, by)
    if (slug, key) in SAID:
        what, when = SAID[slug, key]
        promise_in_return(
            report,
            what=what,
            owner_post="Better Care Fund commissioning manager",
            when=when,
            said=read_said_day(when, report.period.as_at),
            **by,
        )


def _state(slug: str, line: PromiseLine, chance: float) -> str:
    if slug in NOT_A_WORD:
        return ""
    if slug in ALWAYS_MOVES and not line.moves:
        return MOVED
    bounds = ((0.5, KEPT), (0.7, MOVED), (0.8, LATE), (0.9, DROPPED))
    return next((state for bound, state in bounds if chance < bound), "")


def _answer(report: Return, line: PromiseLine, state: str, by: dict) -> None:
    when = ""
    if state == MOVED:
        later = max(filter(None, (line.last_day, report.period.as_at))) + timedelta(60)
        when = month_words(later)
    answer_in_return(
        report,
        line.key,
        state=state,
        text=TEXTS[state],
        when=when,
        said=read_said_day(when) if when else None,
        **by,
    )
