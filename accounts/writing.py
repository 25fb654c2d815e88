"""Two pairs of eyes: keeps everyone who wrote part of a record, so that somebody else approves it.

One place for all records that are approved. A save is one line; the last saver of a section, or
the person who asked, is not the only one who wrote.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import User, Writer


def keep_writer(record, by) -> None:
    """Records that the person wrote part of the record; a second time does nothing."""
    Writer.objects.bulk_create(
        [Writer(kind=record._meta.label_lower, record=record.pk, by=by)], ignore_conflicts=True
    )


def wrote_any(record, user, before: Q | None = None, records: QuerySet | None = None) -> bool:
    """Whether the person ever wrote any part of the record.

    ``before``: another sign of it, of records from before every writer was kept. ``records``: all
    whose words the record holds, itself among them. One query.
    """
    if records is None:
        records = type(record)._base_manager.filter(pk=record.pk)
    return written_by(user, records, before).exists()


def written_by(user: User, records: QuerySet, before: Q | None = None) -> QuerySet:
    """Those of the records of which the person ever wrote any part; see ``wrote_any``."""
    kind = records.model._meta.label_lower
    kept = Writer.objects.filter(kind=kind, record=OuterRef("pk"), by=user)
    return records.filter(Exists(kept) if before is None else Exists(kept) | before)
