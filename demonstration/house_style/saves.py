"""Examples of what the pages of a section's saves are made of, at its worst. All is made up."""

from types import SimpleNamespace

from accounts.models import User
from demonstration.house_style.components import Component, Example
from demonstration.house_style.made_up import NAME, PRESSED, SENTENCE, WORD
from publishing.earlier_saves import BoxChange, Entry
from publishing.form_drafts.comment import CommentForm
from publishing.models import SectionSave

SAVED = SectionSave(
    version=1185, by=User(post=f"Assistant director of {NAME}"), at=PRESSED, how="filled"
)
CHANGES = [
    BoxChange("text", NAME, SENTENCE, f"{SENTENCE} {WORD}"),
    BoxChange("other", NAME, "", WORD),
    BoxChange("figure", WORD, "1,185,432", "1,185,423"),
]
KEPT = SimpleNamespace(address="/westshire/", may_restore=True)


CHANGED = Entry(SAVED, "/westshire/1185/", CHANGES, more=1185, stands=False, differs=True)
STANDS = Entry(SAVED, "/westshire/1185/", [], more=0, stands=True, differs=False)

TYPED = SimpleNamespace(
    is_kept=True,
    is_of_before=True,
    draft=SimpleNamespace(saved_by=SAVED.by, saved_at=PRESSED),
    address="/westshire/",
    saves_address="/westshire/?saves=all",
)
REFUSED = CommentForm({"words": SENTENCE}, label=NAME)
REFUSED.add_error("words", SENTENCE)
NOTHING_TYPED = SimpleNamespace(is_kept=False, saves_address="/westshire/?saves=all")

COMPONENTS = (
    Component(
        "publishing/form_draft.html",
        (
            Example("Something typed", {"kept": TYPED}),
            Example("Nothing typed", {"kept": NOTHING_TYPED}),
        ),
    ),
    Component(
        "publishing/save_as_draft.html",
        (Example("In a form", {"kept": TYPED}),),
    ),
    Component(
        "publishing/words_box.html",
        (Example("Refused", {"field": REFUSED["words"], "rows": 3, "hint": SENTENCE}),),
    ),
    Component(
        "publishing/autosave_script.html",
        # The script is loaded with a page that has such a form: this one has none.
        (Example("Of a page that keeps nothing", {"kept": None}),),
    ),
    Component(
        "publishing/saved_line.html",
        (
            Example(
                "Saved",
                {
                    "kept": SimpleNamespace(saved_at=PRESSED),
                    "writable": True,
                    "saves_url": "/westshire/",
                },
            ),
        ),
    ),
    Component(
        "publishing/one_save.html",
        (
            Example(
                "An earlier one",
                {"kept": KEPT, "entry": CHANGED},
            ),
            Example(
                "What stands",
                {"kept": KEPT, "entry": STANDS},
            ),
        ),
    ),
)
