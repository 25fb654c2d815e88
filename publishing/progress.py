"""What is wrong in a section, and what is only not filled in yet: a draft is not an error."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

Problems = list[tuple[str, str]]
# A box that answers whether another one is right: left empty, something stands out.
QUESTION = "right"


@dataclass(frozen=True)
class Progress:
    """How far a section is: so many boxes filled, and what is left as (field, sentence)."""

    filled: int
    asked: int
    left: Problems

    @property
    def label(self) -> str:
        return f"{self.filled:,} of {self.asked:,} filled" if self.asked else ""


def nothing_in(typed: dict[str, str]) -> Callable[[str], bool]:
    """Whether a box is only not filled in yet: nothing is in it, and it answers no question."""
    return lambda field: not str(typed.get(field) or "").strip() and not field.endswith(QUESTION)


def wrong_and_left(problems: Problems, is_left: Callable[[str], bool]) -> tuple[Problems, Problems]:
    """What is wrong with what was typed, and what nothing was typed for yet."""
    return (
        [problem for problem in problems if not is_left(problem[0])],
        [problem for problem in problems if is_left(problem[0])],
    )


def progress(problems: Problems, is_left: Callable[[str], bool], boxes: Iterable[str]) -> Progress:
    """How far a section with these problems is.

    ``boxes`` are those that count beside what is left: a figure for each measure, or whatever
    something is in.
    """
    _, left = wrong_and_left(problems, is_left)
    lacking, all_boxes = {field for field, _ in problems}, set(boxes)
    return Progress(len(all_boxes - lacking), len(all_boxes | {field for field, _ in left}), left)
