"""A council's own measures: dashboard, report cards, exceptions, benchmarks.

``content`` is what approval keeps of a month and every page and paper reads; ``collect`` makes it
from the records; ``published`` finds the one that a person may see; ``measure_status`` works out
what stands at each measure; the other modules put it into words.
"""
