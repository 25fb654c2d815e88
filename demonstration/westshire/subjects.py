"""All that happens in Westshire, subject by subject. The moments put it in order."""

from collections.abc import Iterator

from demonstration.westshire import project_figures, projects, quarters
from demonstration.westshire.story import Step


def all_steps() -> Iterator[Step]:
    yield from projects.steps()
    yield from project_figures.steps()
    yield from quarters.steps()
