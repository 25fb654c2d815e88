"""Every component with an example that tests it harder than any page does.

A test holds that none is missing. What stands in these is made up.
"""

from datetime import UTC, date, datetime
from types import SimpleNamespace

from django import forms

from bcfportal.lib.ratings import Rating
from bcfportal.lib.versions import Correction, Version
from demonstration.house_style.components import Component, Example
from finance.models import LedgerUpload
from outcomes.vital_signs.dashboard import Trend
from outcomes.vital_signs.icons import Icon
from publishing.models import Return
from publishing.progress import Progress
from risks.rules import Band

WORD = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogochuchaf"
NAME = f"Reablement, rehabilitation and recovery at home after a stay in {WORD} General Hospital"
SENTENCE = (
    "Recruitment to the night team took eleven weeks longer than planned, so that people whose "
    "care began in the evening waited for an assessment until the next working day."
)
OTHER = SENTENCE.replace("eleven weeks", "seven weeks").replace("the next working day", "Monday")
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
VERSION = Version(
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
        "by": f"Assistant director of {NAME}",
        "at": datetime(2026, 12, 31, 9, tzinfo=UTC),
    },
    "clashes": [
        {"field": "typed-1", "label": "What was achieved", "mine": PARAGRAPHS, "theirs": ""},
        {"field": "block", "label": "Copied cells", "mine": WORD, "theirs": PARAGRAPHS},
    ],
}
REPORTS = [
    SimpleNamespace(slug=f"{status}-{number}", subject=NAME, status=status)
    for status in (Return.Status.SUBMITTED, Return.Status.APPROVED)
    for number in (1, 2)
]
PERIOD = SimpleNamespace(
    key="2026-27-q3",
    label="Quarter 3 2026/27",
    title="Better Care Fund performance",
    subtitle="Update for the joint committee of the council and the integrated care board",
    as_at=DAY,
    kind="quarter",
    published_at=datetime(2026, 12, 31, 9, tzinfo=UTC),
    meets=DAY,
)
_UNPUBLISHED = SimpleNamespace(**(vars(PERIOD) | {"key": "2026-27-q4", "published_at": None}))


def _upload(*, state=LedgerUpload.State.PREVIEWED, **given):
    counted = {"wrong": 0, "unanswered": 0, "changes": 0, "is_back": False, "stands": False}
    named = LedgerUpload(state=state).get_state_display
    return SimpleNamespace(state=state, get_state_display=named, **(counted | given))


def _one(context, title="At its worst"):
    return (Example(title, context),)


def _each(contexts):
    return tuple(Example(title, context) for title, context in contexts)


COMPONENTS = (
    Component("components/header.html", in_frame=True),
    Component("components/made_up.html", in_frame=True),
    Component("components/messages.html", in_frame=True),
    Component("components/footer.html", in_frame=True),
    Component(
        "components/breadcrumbs.html",
        _one(
            {
                "council": COUNCIL,
                "parent": NAME,
                "parent_url": "/westshire/projects/",
                "here": f"Measures of {NAME}",
            }
        ),
    ),
    Component("components/form_errors.html", _one({"form": FILTER}, "Two boxes are wrong")),
    Component("components/problem.html", _one({"problem": f"{SENTENCE} {WORD}"})),
    Component("components/held_back_in_words.html", _one({"held_back": [SENTENCE, WORD]})),
    Component(
        "components/filter_field.html",
        _each(
            [("A box in error", {"field": FILTER["search"]}), ("A list", {"field": FILTER["fund"]})]
        ),
    ),
    Component(
        "components/copy_typed.html",
        _one({"typed": [(NAME, PARAGRAPHS), ("Value", "12"), ("Cause", SENTENCE)]}),
    ),
    Component(
        "components/carried_fields.html",
        _one({"held": [("note", PARAGRAPHS)]}, "Nothing of it is seen"),
    ),
    Component(
        "components/correction.html",
        _each(
            [
                ("A long text", {"each": CORRECTED_TEXT}),
                ("A figure that was taken away", {"each": CORRECTED_FIGURE}),
            ]
        ),
    ),
    Component("components/version.html", _one({"version": VERSION, "of": NAME})),
    Component(
        "components/risk_score.html",
        _each(
            (f"Band {rank}", {"points": points, "band": Band(name, 1, 25), "rank": rank})
            for rank, (points, name) in enumerate(
                [(25, "Very high and not tolerated"), (12, "High"), (6, "Medium"), (1, "Low")], 1
            )
        ),
    ),
    Component(
        "components/rating.html",
        _each((rating.label, {"value": rating}) for rating in Rating),
        library="portal",
        call="rating value",
    ),
    Component(
        "components/shown_rating.html",
        _each(
            [
                (
                    "Of this period",
                    {"sheet": SimpleNamespace(rating="amber", earlier_rating_words="")},
                ),
                (
                    "Of an earlier one",
                    {
                        "sheet": SimpleNamespace(
                            rating="red", earlier_rating_words="Red in Quarter 1 2026/27"
                        )
                    },
                ),
            ]
        ),
        library="portal",
        call="shown_rating sheet",
    ),
    Component(
        "components/bar.html",
        _each((f"{value} of 12", {"value": value, "largest": 12}) for value in (0, 5, 12)),
        library="portal",
        call="bar value largest",
    ),
    Component(
        "components/state.html",
        _each((status.label, {"status": status}) for status in Return.Status),
        library="returns",
        call="state status",
    ),
    Component(
        "components/state.html",
        _each(
            (title, {"upload": _upload(**given)})
            for title, given in (
                ("Being read", {"state": LedgerUpload.State.READING}),
                ("To be applied", {"changes": 1}),
                ("With errors", {"wrong": 1}),
                ("With questions", {"unanswered": 1}),
                ("With nothing new", {}),
                ("Applied", {"state": LedgerUpload.State.APPLIED}),
                ("Taken back", {"state": LedgerUpload.State.APPLIED, "is_back": True}),
                (
                    "Taken back in part",
                    {"state": LedgerUpload.State.APPLIED, "is_back": True, "stands": True},
                ),
                ("Refused", {"state": LedgerUpload.State.REFUSED}),
            )
        ),
        library="ledger",
        call="ledger_state upload",
    ),
    Component(
        "returns/board_actions.html",
        _one(
            {
                "council": COUNCIL,
                "access": SimpleNamespace(may=lambda permission: True),
                "period": PERIOD,
                "board": SimpleNamespace(
                    rows=[SimpleNamespace(report=report) for report in REPORTS]
                ),
            }
        ),
        library="returns",
        call="board_actions",
    ),
    Component(
        "finance/monitoring/variance_bar.html",
        _each((f"{value} of 12", {"value": value, "largest": 12}) for value in (-12, -5, 0, 5, 12)),
        library="monitoring",
        call="variance_bar value largest",
    ),
    Component("publishing/conflict.html", _one(CONFLICT)),
    Component("publishing/paste_box.html", _one({"pasted": f"{NAME}\t12.5\n{NAME}\tn/a"})),
    Component("publishing/paste_undo.html", _one({"undo": 1200})),
    Component(
        "publishing/progress.html",
        _one({"progress": Progress(1200, 4000, [("typed-1", f"{NAME}: {SENTENCE}")])}),
    ),
    Component(
        "publishing/this_is_right.html",
        _one(
            {
                "field": "right",
                "asks": f"£1,185,432,000 is 1,000 times what was said last time. {SENTENCE}",
                "right": "1185432000",
                "ticked": True,
                "of": NAME,
            }
        ),
    ),
    Component(
        "publishing/use_last.html",
        _each(
            [
                ("The box is empty", {"field": "block", "text": "", "last": OTHER, "words": NAME}),
                (
                    "Something is in the box",
                    {"field": "block", "text": SENTENCE, "last": OTHER, "words": NAME},
                ),
                (
                    "It is in the box already",
                    {"field": "block", "text": OTHER, "last": OTHER, "words": NAME},
                ),
            ]
        ),
    ),
    Component(
        "publishing/stands_now.html",
        _each(
            [
                (
                    "Another version",
                    {
                        "name": NAME,
                        "instead": {"address": "/westshire/", "words": f"version 2 of {NAME}"},
                    },
                ),
                (
                    "None",
                    {
                        "name": f"the report of {PERIOD.label}",
                        "opens_on": {"address": "/westshire/", "words": NAME},
                    },
                ),
            ]
        ),
    ),
    Component(
        "publishing/withdrawal_form.html",
        _one(
            {
                "number": 12,
                "name": f"the report of {PERIOD.label}",
                "before": {"address": "/westshire/", "words": f"version 11 of {NAME}"},
                "repeats": [13, 14, 15],
                "second_person": True,
                "reason": SENTENCE,
                "problem": "Say why, in at least ten letters.",
            }
        ),
    ),
    Component(
        "outcomes/cell_rating.html",
        _each((rating.label, {"rating": rating}) for rating in Rating),
    ),
    Component(
        "outcomes/vital_signs/icon.html",
        _each(
            (shape, {"icon": Icon(shape, tone, label, SENTENCE)})
            for shape, tone, label in (
                *(("up", "good", "Better"), ("down", "bad", "Worse"), ("none", "none", "–")),
                *(("level", "plain", "No change"), ("rise", "plain", "Up")),
                *(("fall", "plain", "Down"), ("common", "plain", "No significant change")),
                *(("high", "good", "Improving, high"), ("low", "bad", "Concern, low")),
                *(("pass", "good", "Meets"), ("fail", "bad", "Falls short")),
                ("miss", "plain", "Hit and miss"),
            )
        ),
    ),
    Component(
        "outcomes/vital_signs/trend.html",
        _one({"trend": Trend("2,30 30,2 60,16 90,16 118,2", ("118", "2"), "14")}),
    ),
)

# What the frame of a page is given at its worst: every item of the menu, every banner.
FRAME = {
    "council": COUNCIL,
    "searchable": True,
    "section": "programme",
    "navigation": [
        {"section": name, "label": label, "url": "/westshire/", "keeps_period": True}
        for name, label in (
            *(("overview", "Overview"), ("programme", "Projects of all partners")),
            *(("money", "Money and monitoring"), ("savings", "Savings"), ("risks", "Risks")),
            *(("vital-signs", "Vital signs"), ("papers", "Papers"), ("data", "Data")),
            *(("returns", "My returns"), ("quarter", "Quarter"), ("checks", "Discrepancies")),
            *(("work", "Manage savings"), ("reports", "Finance reports"), ("ledger", "Ledger")),
            *(("periods", "Reporting periods"), ("administration", "Administration")),
        )
    ],
    "programme": SimpleNamespace(
        council=COUNCIL, period=PERIOD, preview=True, periods=[PERIOD, _UNPUBLISHED]
    ),
    "vital_signs": SimpleNamespace(
        month=SimpleNamespace(label="September 2026"),
        period=PERIOD,
        is_own_report=False,
        preview=True,
        choices=[("2026-09", "September 2026", True), ("2026-08", NAME, False)],
    ),
}
SAID = f"The return of {NAME} is submitted. {SENTENCE}"
