"""Savings, posts, options and changes: kept as records, published as papers that never change.

``content`` is what a paper keeps and pages read; ``collect`` makes it from the records.
"""
