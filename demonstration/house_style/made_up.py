"""What the examples of components are filled with. All of it is made up."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms

from accounts.models import User
from bcfportal.lib.ratings import Rating
from bcfportal.lib.versions import Correction, VersionStatus
from publishing.models import Return
from publishing.registry import Line

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochuchaf"
NAME = f"Reablement, rehabilitation and recovery at home after a stay in {WORD} General Hospital"
SENTENCE = (
    "Recruitment to the night team took eleven weeks longer than planned, so that people whose "
    "care began in the evening waited for an assessment until the next working day."
)
OTHER = SENTENCE.replace("eleven weeks", "seven weeks").replace("the next working day", "Monday")
NOT_READ = {"withdrawn": {"period": {"label": WORD}}}
PARAGRAPHS = f"{SENTENCE}\n\n{SENTENCE} {WORD}"
DAY = date(2026, 12, 31)
COUNCIL = SimpleNamespace(
    slug="westshire",
    name=f"{WORD} and Westshire Metropolitan Borough Council",
    service_name="Better Care Fund and improved Better Care Fund programme",
    accent_colour="#5b3a7d",
    made_up=True,
    purpose_word="Condition",
)
CORRECTED_TEXT = Correction("What was achieved, Quarter 3 2026/27", SENTENCE, OTHER)
CORRECTED_FIGURE = Correction(f"{NAME}, Quarter 3 2026/27", "85.2%, Green", "", "")
VERSION = VersionStatus(
    number=12,
    fingerprint="0" * 64,
    published_on=DAY,
    why=SENTENCE,
    corrections=(CORRECTED_TEXT, CORRECTED_FIGURE),
    superseded_on=DAY,
    superseded_by=13,
)


class _Filter(forms.Form):
    search = forms.CharField(label="Words in the name or description", max_length=9)
    fund = forms.ChoiceField(label="Fund", choices=[("", "Any"), ("a", NAME)], required=False)


def _wrong_filter():
    form = _Filter({"search": WORD, "fund": "nothing"})
    form.is_valid()
    return form


FILTER = _wrong_filter()
CONFLICT = {
    "conflict": {
        "by": User(post=f"Assistant director of {NAME}"),
        "at": datetime(2026, 12, 31, 9, tzinfo=UTC),
    },
    "clashes": [
        {"field": "typed-1", "label": "What was achieved", "mine": PARAGRAPHS, "theirs": ""},
        {"field": "block", "label": "Copied cells", "mine": WORD, "theirs": PARAGRAPHS},
    ],
}
TIMELINE = [
    SimpleNamespace(
        title="Sent back",
        by=User(post=f"Assistant director of {NAME}"),
        on_behalf_of="",
        at=datetime(2026, 12, 31, 9, tzinfo=UTC),
        own=False,
        comment=SENTENCE,
        asked={"measures": SENTENCE},
        changes=[],
    ),
    SimpleNamespace(
        title="Dates changed",
        by=User(post="Performance officer"),
        on_behalf_of=f"Director of {NAME}",
        at=datetime(2026, 12, 30, 9, tzinfo=UTC),
        own=True,
        comment=WORD,
        asked={},
        changes=[("due", DAY, DAY)],
    ),
]
_GIVEN_OTHERWISE = [
    SimpleNamespace(
        slug=slug,
        measure="measure",
        of="2026-27-q2",
        what=NAME,
        report_label="Quarter 2 2026/27",
        verb="says",
        says=SENTENCE,
        words=SENTENCE,
        only_rating=False,
    )
    for slug in ("project", "vital-signs")
]
GIVEN_OTHERWISE = {"council": COUNCIL, "given_otherwise": _GIVEN_OTHERWISE}
DOWNLOADS = {
    "council": COUNCIL,
    "exports": [SimpleNamespace(name="decisions", title=NAME, columns=[(WORD, SENTENCE)])],
    "of": "all meetings",
    "csv": "reporting:meetings-csv",
    "xlsx": "reporting:meetings-xlsx",
}
PRESSED = datetime(2026, 12, 31, 9, tzinfo=UTC)
# Returns of a council that asks for no second signature.
OF_RETURNS = SimpleNamespace(council=SimpleNamespace(second_signature="", approves_own_since=None))
REPORTS = [
    SimpleNamespace(
        slug=f"{status}-{number}",
        subject=NAME,
        status=status,
        changed_at=PRESSED,
        period=OF_RETURNS,
    )
    for status in (Return.Status.SUBMITTED, Return.Status.APPROVED)
    for number in (1, 2)
]
BOARD = SimpleNamespace(rows=[SimpleNamespace(report=report) for report in REPORTS])
PERIOD = SimpleNamespace(
    key="2026-27-q3",
    label="Quarter 3 2026/27",
    title="Better Care Fund performance",
    subtitle="Update for the joint committee of the council and the integrated care board",
    as_at=DAY,
    kind="quarter",
    published_at=PRESSED,
    meets=DAY,
)
UNPUBLISHED = SimpleNamespace(**(vars(PERIOD) | {"key": "2026-27-q4", "published_at": None}))
LINES = [
    Line(WORD, f"{SENTENCE};", "1,234 of 9,999", link=NAME, address="/westshire/"),
    Line(NAME, SENTENCE, ratings=[(rating, 99) for rating in Rating]),
]
