"""All that happens in Westshire, subject by subject. The moments put it in order."""

from collections.abc import Iterator

from demonstration.westshire import months
from demonstration.westshire.story import Step


def all_steps() -> Iterator[Step]:
    yield from months.steps()
