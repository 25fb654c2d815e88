"""Two pairs of eyes: who wrote any of a record, kept for ever, so that another person approves it.

One place for all records that are approved. A save is one line; the last saver of a section, or
the person who asked, is not the only one who wrote.
"""

from accounts.models import Writer


def keep_writer(record, by) -> None:
    """Writes down that the person wrote something of the record; a second time does nothing."""
    Writer.objects.bulk_create(
        [Writer(kind=record._meta.label_lower, record=record.pk, by=by)], ignore_conflicts=True
    )


def wrote_any(record, user) -> bool:
    """Whether the person ever wrote anything of the record."""
    return Writer.objects.filter(kind=record._meta.label_lower, record=record.pk, by=user).exists()
