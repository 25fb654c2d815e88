"""A council's own measures: dashboard, report cards, exceptions, benchmarks, quality of care.

``sheet`` is what approval keeps of a month and every page and paper reads; ``making`` makes it from
the records; ``shown`` finds the one that a person may see; the other modules put it into words.
"""
