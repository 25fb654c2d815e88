"""Budget monitoring, reserves and capital: entered in sections, approved, frozen, shown.

``content`` is what approval keeps and pages read; ``tree`` works out the totals of its parts.
"""
