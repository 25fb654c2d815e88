"""A day that a text says is to come, and that had passed when it was written."""

import re
from collections.abc import Iterator
from datetime import date

from bcfportal.lib.sentences import day_words
from stated.sentences.days import Day, days_of
from stated.sentences.reading import Slip, sentences_in
from stated.sentences.tenses import Tense, tense_after, tense_before

# Clauses: what is to come in one was not said of the day in another.
_CLAUSE = re.compile(
    r"; |, (?:and|but|so|which|who|while|as|although|though|after which|when|where) "
    r"| (?:but|while|although|though|whereas|because) |: | [–—] "
)
# What stands between a verb and its day.
_FRAME = re.compile(
    r"(?:(?:^|(?<=[ (,:–—-]))(?P<prep>on|by|in|from|at|until|till|before|during|around|about|for|of"
    r"|to|over|through|within|with effect from|wef|no later than|not later than|as of|after|since"
    r"|following|w/c|latest|than|between)\b ?)?"
    r"(?P<rest>(?:\b(?:the|very|latest|(?<=by )end|last|first|second|early|mid|late|financial|year"
    r"|week (?:commencing|beginning|starting)|(?:end|close|start|beginning|middle|half|quarter|week"
    r"|month|day|weekend|week)s? of)\b[ -]?)*)$",
    re.IGNORECASE,
)
_DEADLINES = {"by", "before", "no later than", "not later than", "until", "till"}
_OF_THE_DAY = {"on", "in", "from", "at", "during", "around", "about", "within", "with effect from"}
_OF_THE_DAY |= {"wef", "w/c", "over", "as of"} | _DEADLINES
# "For" says when something is only behind these: "planned for March", no "figures for March".
_FOR = re.compile(
    r"\b(?:planned|set|scheduled|booked|due|arranged|timetabled|earmarked|proposed|target(?:ed)?"
    r"|pencilled in|expected|anticipated|ready|in place|plans?|lined up|fixed|agreed date|on track"
    r"|aiming|aim|date|forecast|intended|planning [a-z ]{1,30})(?: [a-z]+ly| now"
    r"| provisionally)? $",
    re.IGNORECASE,
)
# "To the November 2019 meeting", "at the June 2018 Board", not "of the November 2019 meeting".
_NAMES_WHAT = re.compile(r"^ [A-Z]?[a-z]{3,}", re.IGNORECASE)
_NO_NOUN = re.compile(
    r"^ (?:and|or|but|with|when|where|which|who|once|subject|after|before|for|from|in|on|at|by"
    r"|to|as"
    r"|is|are|will|was|were|has|have|had|if|so|then|onwards|the|through|following|until|we|it|this"
    r"|all|every|each|our|their|there|they|staff|people|pending|unless|while|because|due|using"
    r"|under"
    r"|alongside|along|starting|subject|should|would|a|an|both|latest|ready|when|via|led)\b",
    re.IGNORECASE,
)
# What was put off or done is not to come on the day that it was to come.
_CHANGED = re.compile(
    r"\b(?:has|have|was|were|had|been|is being|are being)(?: now| since"
    r"| then)?(?: been)? (?:postponed"
    r"|delayed|extended|deferred|put back|brought forward|cancelled|completed|achieved|met|missed"
    r"|rescheduled|moved|overtaken|superseded|abandoned|revised|pushed back)\b"
    r"|\b(?:slipped|postponed|rescheduled|instead of|rather than|no longer|did not"
    r"|this was done)\b",
    re.IGNORECASE,
)
_NEXT_STEPS = re.compile(
    r"\b(?:next steps?|planned|upcoming|forthcoming|plans|still to|to do|will|future|coming|to be"
    r"|ahead|next quarter|outstanding|to come|aims?|intend\w*)\b(?! was| were)",
    re.IGNORECASE,
)
_DUE = re.compile(
    r"(?:[:–—-]|\b(?:due|starting|expected|planned|commencing|beginning|launching|opening"
    r"|finishing"
    r"|scheduled|deadline|date|target|is|go-live|goes live|go live|launch|start|begin|eta"
    r"|estimated|likely|live)) ?$",
    re.IGNORECASE,
)
# "Target date for completion: 30 June". "Expected: June" is the portal's own, of a late figure.
_HEADED = re.compile(
    r"\b(?:target|deadline|due date|go-live|completion|planned|proposed|start date|launch"
    r"|review date|due|timescale|eta|end date|next review|next meeting)(?: [a-z-]+){0,5} ?: $",
    re.IGNORECASE,
)
# "From 20,000 in 2015 to 30,000 in 2030".
_OF_A_FIGURE = re.compile(
    r"\bfrom (?:about )?£?\d[\d,.]*(?:%|[mk]| [a-z]+)? $|\bas $", re.IGNORECASE
)
# "Planned for May and June 2018": what is said of the one day is said of the other.
_OTHER_DAY = re.compile(
    r"(?:\d{1,2}(?:st|nd|rd|th)? )?(?:\d{1,2}(?:st|nd|rd|th)?|[A-Z][a-z]{2,8}),? (?:and|or|&) $"
)
_COMES = re.compile(r"\b(?:upcoming|forthcoming|next|planned|coming|future)\b", re.IGNORECASE)
_ITEM_DONE = re.compile(r"\b(?:done|complete[d]?|was|were|has|have|had|[a-z]+ed)\b", re.IGNORECASE)
_RUNS = re.compile(r"\b(?:will|to|runs?|lasts?|continues?|is to) ?(?:run|last|continue|operate)?")
_LEADS = re.compile(
    r"(?:(?:and|but|also|then|however|meanwhile|subject to [a-z ]{3,30}),? ?)*", re.IGNORECASE
)


def days_passed(text: str, written: date) -> Iterator[Slip]:
    """The days that a text written on ``written`` says are to come, though they had passed.

    A month has passed when its last day has. The verb that the day belongs to says that it is to
    come; of what was held, agreed or begun on it nothing is said.
    """
    for sentence in sentences_in(text):
        passed = [day for day in days_of(sentence, written) if day.last < written]
        if not passed or _CHANGED.search(sentence):
            continue
        for day in passed:
            if _is_to_come(sentence, day):
                yield Slip(
                    sentence,
                    sentence[day.start : day.end].strip(),
                    f"written on {day_words(written)}",
                    f"passed {_ago(day.last, written)} before",
                )


def _is_to_come(sentence: str, day: Day) -> bool:
    if day.begins_span or day.ends_span:
        return False
    start, end = _clause(sentence, day)
    before, after = sentence[start : day.start], sentence[day.end : end]
    if before.rstrip().endswith("(") and after.startswith(")") and before.count("(") == 1:
        return _COMES.search(before) is not None and tense_after(after[1:]) == Tense.TO_COME
    if not before.strip() and _HEADED.search(sentence[:start]):
        return tense_after(after) != Tense.PAST
    before = _OTHER_DAY.sub("", before)
    frame = _FRAME.search(before)
    if not frame:
        return False
    prep, rest = (frame["prep"] or "").lower(), before[: frame.start()]
    if sentence[day.start :].lower().startswith(("w/c", "w/b", "week")):
        prep = prep or "w/c"
    if not _says_when(prep, frame["rest"].lower(), rest, after) or _OF_A_FIGURE.search(rest):
        return False
    # "The delay in 2016/17 savings": the year is of the savings.
    names = _NAMES_WHAT.match(after) and not _NO_NOUN.match(after)
    if names and "/" in sentence[day.start : day.end]:
        return False
    if _LEADS.fullmatch(rest):
        tense = tense_after(after)
    else:
        tense = tense_before(rest, by_then=prep in _DEADLINES)
        if tense == Tense.UNTIL_THE_END:
            tense = Tense.PAST if tense_after(after) == Tense.PAST else Tense.TO_COME
    if tense == Tense.UNKNOWN and start:
        head = sentence.partition(": ")
        listed = head[1] and len(head[0]) < start
        return bool(
            listed and _NEXT_STEPS.search(head[0]) and not _ITEM_DONE.search(before + after)
        )
    return tense == Tense.TO_COME


def _says_when(prep: str, rest: str, before: str, after: str) -> bool:
    """Whether the words before a day say when something is, not of what day something else is."""
    the_noun = rest.strip().endswith("the") or (rest.strip() in ("", "mid") and prep == "")
    names = _NAMES_WHAT.match(after) and not _NO_NOUN.match(after)
    if rest.strip().endswith("the") and names:
        return prep in ("to", "at", "before", "by")
    if prep == "for":
        return bool(_FOR.search(before))
    if prep == "":
        # "Due March 2019", "starting 4 October", "deadline: 3 May".
        return bool(the_noun and _DUE.search(before)) and not names
    return prep in _OF_THE_DAY


def _clause(sentence: str, day: Day) -> tuple[int, int]:
    """Where the clause of a day begins and ends."""
    start, end = 0, len(sentence)
    for match in _CLAUSE.finditer(sentence):
        if match.end() <= day.start:
            start = match.end()
        elif match.start() >= day.end:
            end = match.start()
            break
    return start, end


def _ago(day: date, written: date) -> str:
    days = (written - day).days
    return "1 day" if days == 1 else f"{days} days"
