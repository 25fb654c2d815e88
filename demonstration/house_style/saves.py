"""Examples of what the pages of a section's saves are made of, at its worst. All is made up."""

from types import SimpleNamespace

from accounts.models import User
from demonstration.house_style.components import Component, Example
from demonstration.house_style.made_up import NAME, PRESSED, SENTENCE, WORD
from publishing.earlier_saves import BoxChange, Entry
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


CHANGED = Entry(SAVED, CHANGES, more=1185, stands=False, differs=True)
STANDS = Entry(SAVED, [], more=0, stands=True, differs=False)

COMPONENTS = (
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
