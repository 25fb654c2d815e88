"""What is said of a meeting as texts by title, and what one version says that another did not."""

import msgspec

from bcfportal.lib.sentences import day_words, time_words
from bcfportal.lib.versions import Correction
from meetings.content import ItemContent, MeetingContent

# What is said elsewhere, or is not shown.
_APART = {"order", "source", "outcome", "kind", "decision", "number"}
_TITLES = {
    "recommendations": "recommendation",
    "appointments": "appointment",
    "decisions": "decision",
    "minutes": "paragraph",
    "departures": "who left",
    "actions": "action",
    "questions": "question",
    "updates": "update",
}


def texts_of(meeting: MeetingContent) -> dict[str, str]:
    """All that a page shows of it, by title: "Item 4, decision 2"."""
    texts = {
        "Day": day_words(meeting.day),
        "Time": meeting.time_words,
        "Place": meeting.place,
        "Questions by": meeting.questions_words,
        "Members": meeting.members_words,
        "Present": meeting.present_words,
        "Apologies": meeting.apologies_words,
        "In the chair": f"{meeting.chair_post} {meeting.chair_chosen}".strip(),
        "Note": meeting.note,
    }
    for item in meeting.items:
        texts |= _of_item(item)
    for line in meeting.reports_back:
        texts[f"Reported back: {line.what}"] = f"{line.state_label}: {line.text}"
    return {title: text for title, text in texts.items() if text}


def _of_item(item: ItemContent) -> dict[str, str]:
    named = f"Item {item.number}"
    page = f"page {item.page}" if item.page else ""
    post = f"report of the {item.responsible_post}" if item.responsible_post else ""
    texts = {named: ", ".join(filter(None, [item.title, post, page]))}
    texts |= {f"{named}, text": item.text, f"{named}, lead": item.lead, f"{named}, note": item.note}
    for name, title in _TITLES.items():
        for place, line in enumerate(getattr(item, name), 1):
            texts[f"{named}, {title} {getattr(line, 'number', '') or place}"] = _words(line)
    return texts


def _words(line: msgspec.Struct) -> str:
    """What a line says, box after box."""
    said = []
    for name in line.__struct_fields__:
        value = getattr(line, name)
        if name in _APART or value in (None, ""):
            continue
        if name.startswith("votes_") or name in ("abstained", "did_not_vote"):
            said.append(f"{name.removeprefix('votes_').replace('_', ' ')}: {value}")
        elif hasattr(value, "hour"):
            said.append(time_words(value))
        elif hasattr(value, "month"):
            said.append(f"by {day_words(value)}")
        else:
            said.append(str(value))
    return "; ".join(said)


def corrections(before: MeetingContent, after: MeetingContent) -> tuple[Correction, ...]:
    """What is said otherwise, in the order of the later."""
    was, now = texts_of(before), texts_of(after)
    return tuple(
        Correction(title, was.get(title, ""), now.get(title, ""))
        for title in dict.fromkeys((*now, *was))
        if was.get(title, "") != now.get(title, "")
    )
