"""How much people may write: a note, and the boxes of a section together.

What is kept with an action stays for good, and a section is shown whole: both have a limit, and
anybody who writes more is told so, with every word still in its box.
"""

from collections.abc import Mapping

MOST_IN_NOTES = 5_000
MOST_IN_BOX = 100_000
# A text of a return, a report card or a finance report.
LONGEST_TEXT = 20_000
# The longest section, twenty report cards with all their boxes full, is a tenth of this.
MOST_IN_SECTION = 500_000


def too_long_a_note(*notes: str, name: str = "") -> str:
    """Why the notes of one action cannot be kept, in a sentence; nothing where they can.

    ``name`` is what the box of a note is called, where that is known.
    """
    length = sum(map(len, notes))
    if length <= MOST_IN_NOTES:
        return ""
    what = "The notes hold" if len(notes) > 1 else "This holds"
    return (
        f"{f'{name}: ' if name else ''}{what} {length:,} characters, more than can be kept: "
        f"shorten to {MOST_IN_NOTES:,} or fewer."
    )


def too_much_typed(typed: Mapping[str, str]) -> str:
    """Why the boxes of a section cannot be kept, in a sentence; nothing where they can."""
    longest = max(map(len, typed.values()), default=0)
    if longest > MOST_IN_BOX:
        return (
            f"A box holds {longest:,} characters, more than can be kept: "
            f"shorten it to {MOST_IN_BOX:,} or fewer."
        )
    total = sum(map(len, typed.values()))
    if total > MOST_IN_SECTION:
        return (
            f"The boxes of this section hold {total:,} characters together, more than can be kept: "
            f"shorten them to {MOST_IN_SECTION:,} or fewer."
        )
    return ""
