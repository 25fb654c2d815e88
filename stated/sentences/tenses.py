"""Whether the verb that a day belongs to says that something is to come or has been."""

import itertools
import re
from enum import Enum, auto

from stated.sentences.reading import words_of

# No verb is looked for further away than so many words.
_FAR = 16
_WORD = re.compile(r"[A-Za-z’'&]+(?:[-/][A-Za-z’']+)*|[();:]")


class Tense(Enum):
    """What the words before or behind a day say of it."""

    TO_COME = auto()
    # To come, unless what follows the day says that it has been: "the launch planned for March".
    UNTIL_THE_END = auto()
    PAST = auto()
    UNKNOWN = auto()


_WILL = {"will", "shall", "i'll", "we'll", "they'll", "it'll"}
_WAS = {"was", "were", "had", "did", "would", "could", "might", "wasn't", "weren't", "didn't"}
_IS = {"is", "are", "be", "being", "been", "am"}
_HAS = {"has", "have", "having"}
# What is planned: with "was" before it, it is no more.
_PLANNED = words_of(
    "due planned scheduled expected anticipated intended forecast proposed awaited timetabled"
    " booked"
    " targeted estimated envisaged projected predicted arranged earmarked hoped aimed pencilled"
    " upcoming forthcoming"
)
_PLANS = words_of(
    "plan plans planning intend intends intending aim aims aiming hope hopes hoping expect expects"
    " expecting anticipate anticipates propose proposes proposing going need needs looking want"
    " wish"
    " seek seeks promise promises intention ambition"
)
_NOUNS = {"target", "deadline", "go-live", "eta", "completion", "launch", "milestone"}
_STARTS = words_of(
    "starts begins ends opens closes launches commences expires finishes concludes goes moves"
    " transfers lapses completes resumes ceases stops switches becomes joins leaves retires arrives"
)
_HELD = words_of(
    "held made given taken begun written sent seen brought built left met done gone spent found"
    " told"
    " said drawn shown grown laid paid kept got began went came took saw wrote led won rose fell"
    " became lost ran chosen bought let"
)
_NOT_PAST = words_of(
    "need bed shed speed feed indeed proceed exceed succeed hundred red fed wed led-in seed"
)
# Behind these a participle belongs to the noun: "its own dedicated worker".
_DETERMINERS = words_of(
    "the a an its their our his her own new more each every all and of with for by in fully newly"
    " jointly any some other two three four further this these those many most not no to on"
)
_ADVERBS = re.compile(r"[a-z]+ly|also|now|then|still|not|both|soon|already|once|again|all|yet")
_WERE_TO = {"originally", "initially", "previously", "formerly", "once"}
_SINCE = {"since", "after", "following", "until", "further", "upon"}
# Such a verb can be of what has been: "will compare the results from May".
_LOOKS_BACK = words_of(
    "look compare review cover build reflect draw analyse evaluate use include examine describe"
    " audit"
    " study measure monitor follow replace mirror learn respond address inform summarise report"
    " assess repay publish consider update complement supplement show capture repeat extend"
    " circulate"
    " share supersede discuss be explain"
)
_LOOKED_AT = re.compile(
    r"\b(?:activity|performance|figures?|data|spend|results?|referrals?|outcomes?|demand"
    r"|admissions?"
    r"|discharges?|expenditure|costs?|use|findings|lessons|feedback|minutes|reports?|meetings?"
    r"|events?|workshops?|surveys?|audits?|incidents?|decisions?|discussions?|period|levels?|plans?"
    r"|agreements?|letters?|visits?|inspections?|baseline|position|work|pilot|savings|changes?"
    r"|strategy|guidance|review|cases|patients|people|numbers) $",
    re.IGNORECASE,
)


def tense_before(terms: str, *, by_then: bool) -> Tense:
    """What the nearest verb before a day says; ``by_then`` where the day is a deadline."""
    read = [word.lower().replace("’", "'") for word in _WORD.findall(terms[-220:])][-_FAR:]
    for place in range(len(read) - 1, -1, -1):
        word, chain = read[place], _chain(read, place)
        tense = _of_word(word, chain, read, place, by_then=by_then)
        if tense == Tense.TO_COME and not by_then and _looks_back(read, terms):
            return Tense.UNKNOWN
        if tense:
            return tense
    return Tense.UNKNOWN


def _of_word(
    word: str, chain: set[str], read: list[str], place: int, *, by_then: bool
) -> Tense | None:
    """What a word before a day says of it; None where it says nothing and the next is asked."""
    following = read[place + 1] if place + 1 < len(read) else ""
    if word in _WILL:
        return Tense.TO_COME
    if word in _WAS:
        return Tense.PAST
    if word in _SINCE:
        return Tense.PAST
    if word == "should":
        return Tense.TO_COME if by_then and following != "have" else Tense.UNKNOWN
    if word in _PLANNED or (word == "set" and following in ("", "for", "to")):
        if chain & _WAS or chain & _WERE_TO:
            return Tense.PAST
        said_of = " ".join(read[max(place - 2, 0) : place])
        if word == "set" and said_of in ("target is", "targets are"):
            # "The target is set for April": what is to be reached then, and not what is to come.
            return Tense.UNKNOWN
        return Tense.TO_COME if chain & (_IS | _WILL | _HAS) else Tense.UNTIL_THE_END
    if word in _PLANS and following in ("", "to", "for", "that", "on", "live", "is"):
        return Tense.PAST if chain & _WAS else Tense.TO_COME
    if word == "target" and following in ("is", "for", "to"):
        return Tense.TO_COME
    if word in ("track", "course") and read[max(place - 1, 0)] == "on":
        return Tense.PAST if _WAS & set(read[:place]) else Tense.TO_COME
    if word in _NOUNS and place >= len(read) - 5:
        return Tense.UNTIL_THE_END
    if word in _STARTS:
        return Tense.TO_COME
    if word in ("takes", "comes") and following in ("place", "into", "to"):
        return Tense.TO_COME
    if (
        word in ("is", "are")
        and following == "to"
        and not _DETERMINERS & {*read[place + 2 : place + 3]}
    ):
        return Tense.TO_COME
    if is_past(word) and not chain & _HAS and "be" in chain and not chain & _WAS:
        # "Will be filled", "to be presented": the verb before says the same.
        return (
            Tense.TO_COME if chain & _WILL or "to" in chain or not chain & {"is", "are"} else None
        )
    if is_past(word) and not _is_of_noun(read, place):
        if chain & _WILL:
            return Tense.TO_COME
        return Tense.UNKNOWN if chain & {"is", "are"} and not chain & _WAS else Tense.PAST
    return None


def tense_after(terms: str) -> Tense:
    """What the first verb behind a day says of it, where the day leads its clause."""
    read = [word.lower().replace("’", "'") for word in _WORD.findall(terms[:220])][:_FAR]
    for place, word in enumerate(read):
        following = read[place + 1] if place + 1 < len(read) else ""
        if word in _WILL or word in _STARTS:
            return Tense.TO_COME
        if word in ("is", "are") and (following == "to" or following in _PLANNED):
            return Tense.TO_COME
        if word in _PLANS and following == "to":
            return Tense.TO_COME
        if word in _WAS or word in _HAS or word in _IS:
            return Tense.PAST
        if is_past(word) and not _is_of_noun(read, place):
            return Tense.PAST
    return Tense.UNKNOWN


def _chain(read: list[str], place: int) -> set[str]:
    """The words of the verb that a word ends: "is expected to be" of "is expected to be filled"."""
    known = _WILL | _WAS | _IS | _HAS | _PLANNED | {"to", "should", "going", "set"}
    chain: set[str] = set()
    for word in reversed(read[:place]):
        if word not in known and not _ADVERBS.fullmatch(word):
            break
        chain.add(word)
    return chain


def is_past(word: str) -> bool:
    if word in _HELD:
        return True
    return word.endswith("ed") and len(word) > 4 and word not in _NOT_PAST and "-" not in word


def _is_of_noun(read: list[str], place: int) -> bool:
    """Whether a participle stands before its noun: "its own dedicated worker"."""
    return place > 0 and read[place - 1] in _DETERMINERS and place + 1 < len(read)


def _looks_back(read: list[str], terms: str) -> bool:
    """Whether the verb is of what can have been: "will compare the activity in May"."""
    verbs = {
        following for word, following in itertools.pairwise(read) if word in _WILL or word == "to"
    }
    return bool(read and read[-1] not in verbs and verbs & _LOOKS_BACK and _LOOKED_AT.search(terms))
