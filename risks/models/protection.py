"""Rows that never change once they are written."""

import pgtrigger


def never_changes(name: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse to change or delete a row of the model called ``name``.

    Writing a row over itself with the same values passes, so that fixtures can be loaded again.
    """
    return [
        pgtrigger.Protect(
            name=f"{name}_never_changes",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(),
        ),
        pgtrigger.Protect(name=f"{name}_never_goes", operation=pgtrigger.Delete),
    ]
