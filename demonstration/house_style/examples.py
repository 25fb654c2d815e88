"""Every component with an example that tests it harder than any page does.

A test holds that none is missing. What stands in these is made up.
"""

from types import SimpleNamespace

from django.core.paginator import Paginator

from bcfportal.lib.ratings import Rating
from bcfportal.templatetags.portal import paragraphs
from demonstration.house_style import saves
from demonstration.house_style.components import Component, Example
from demonstration.house_style.made_up import (
    BOARD,
    CONFLICT,
    CORRECTED_FIGURE,
    CORRECTED_TEXT,
    COUNCIL,
    DOWNLOADS,
    FILTER,
    GIVEN_OTHERWISE,
    LINES,
    NAME,
    NOT_READ,
    OTHER,
    PARAGRAPHS,
    PERIOD,
    REPORTS,
    SENTENCE,
    TIMELINE,
    VERSION,
    WORD,
)
from finance.models import LedgerUpload
from outcomes.vital_signs.dashboard import Trend
from outcomes.vital_signs.icons import Icon
from publishing.models import Return
from publishing.progress import Progress
from risks.rules import Band


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
    Component(
        "components/breadcrumb_trail.html",
        _one({"here": NAME, "address": "/westshire/", "words": f"{SENTENCE} {WORD}"}),
        library="portal",
        call="breadcrumb_trail here address words",
    ),
    Component(
        "components/error_box.html",
        _each(
            [
                (
                    "With two parts of a title",
                    {
                        "first": NAME,
                        "second": " has not been saved",
                        "announced": True,
                        "content": paragraphs(PARAGRAPHS),
                    },
                ),
                (
                    "There before, and of no title",
                    {"announced": False, "content": paragraphs(WORD)},
                ),
            ]
        ),
        library="portal",
        call="error_box first second announced=announced",
        holds=True,
    ),
    Component("components/form_errors.html", _one({"form": FILTER}, "Two boxes are wrong")),
    Component(
        "components/problem.html",
        _each(
            [
                ("No box is wrong", {"problem": f"{SENTENCE} {WORD}", "problem_title": NAME}),
                (
                    "A box is wrong",
                    {
                        "problem": f"{SENTENCE} {WORD}",
                        "problem_box": FILTER["search"].id_for_label,
                    },
                ),
            ]
        ),
    ),
    Component(
        "components/notes.html",
        _each(
            [
                (
                    "Labelled by its title",
                    {"title": NAME, "id": "notes", "content": paragraphs(PARAGRAPHS)},
                ),
                (
                    "As wide as the page",
                    {"title": WORD, "wide": True, "content": paragraphs(SENTENCE)},
                ),
            ]
        ),
        library="portal",
        call="notes title id=id wide=wide",
        holds=True,
    ),
    Component("components/held_back_in_words.html", _one({"held_back": [SENTENCE, WORD]})),
    Component("components/unprinted_letters.html", _one({"unprinted": [SENTENCE, WORD]})),
    Component("components/what_sentences_say.html", _one({"slips": [SENTENCE, WORD]})),
    Component("components/held_back_in_sums.html", _one({"told_by_sums": [SENTENCE, WORD]})),
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
        _each([("Long text", {"each": CORRECTED_TEXT}), ("No figure", {"each": CORRECTED_FIGURE})]),
    ),
    Component("components/version.html", _one({"version": VERSION, "of": NAME})),
    Component("components/corrections.html", _one({"corrections": [CORRECTED_TEXT] * 12})),
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
                "board": BOARD,
                "own": REPORTS[:1],
                "changed": [NAME],
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
    Component("publishing/given_otherwise.html", _one(GIVEN_OTHERWISE)),
    Component("publishing/downloads.html", _one(DOWNLOADS)),
    Component("publishing/lines.html", _one({"lines": LINES})),
    Component("publishing/timeline.html", _one({"events": TIMELINE})),
    Component("publishing/why_held_back.html", _one({"said": f"version 2 of {NAME}"})),
    Component("publishing/why_not_read.html", _one({"said": NAME, "not_read": NOT_READ})),
    Component(
        "publishing/section_problems.html",
        _each(
            [
                (
                    "It cannot be saved",
                    {
                        "reason": SENTENCE,
                        "in_boxes": f"Your words are in the boxes of {WORD}.",
                    },
                ),
                (
                    "Boxes are wrong",
                    {"problems": [("typed-1", SENTENCE), ("block", f"{NAME}: {WORD}")]},
                ),
            ]
        ),
    ),
    Component(
        "publishing/return_breadcrumbs.html",
        _one(
            {
                "council": COUNCIL,
                "report": SimpleNamespace(slug="one", subject=NAME, period=PERIOD),
                "here": f"Measures of {NAME}",
            }
        ),
    ),
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
                        "instead": {"address": "/westshire/", "label": f"version 2 of {NAME}"},
                    },
                ),
                (
                    "None",
                    {
                        "name": f"the report of {PERIOD.label}",
                        "opens_on": {"address": "/westshire/", "label": NAME},
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
                "before": {"address": "/westshire/", "label": f"version 11 of {NAME}"},
                "repeats": [13, 14, 15],
                "second_person": True,
                "reason": SENTENCE,
                "problem": "Say why, in at least ten letters.",
            }
        ),
    ),
    Component(
        "components/pages.html",
        _each(
            (f"Page {page} of 12", {"page": Paginator(range(240), 20).page(page)})
            for page in (1, 7, 12)
        ),
    ),
    *saves.COMPONENTS,
    Component(
        "outcomes/disagreements.html",
        _one(
            {
                "checks": [
                    SimpleNamespace(
                        about=NAME,
                        first=SimpleNamespace(sourced=f"1,185,432 in {NAME}"),
                        second=SimpleNamespace(sourced=f"1,185,423 in {WORD}"),
                        by="9 apart",
                    )
                ]
            }
        ),
    ),
    Component("outcomes/cell_rating.html", _each((r.label, {"rating": r}) for r in Rating)),
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
