"""What councils have published, from the fixtures, kept as it is when a person publishes it."""

from pathlib import Path

from django.core import serializers
from django.core.management import CommandError
from django.db import transaction

from bcfportal.lib.natural_keys import remembering
from finance.monitoring.collect import freeze_loaded
from finance.savings.editions import freeze_loaded as freeze_loaded_papers
from meetings.collect import freeze_loaded as freeze_loaded_meetings
from meetings.papers.collect import freeze_loaded as freeze_loaded_committee_papers
from outcomes.models import Month
from partnerships.collect import freeze_loaded as freeze_loaded_partnerships
from projects.models import Council
from publishing.models import Report, Return
from returns.publication import publish, take_snapshots
from risks.content import freeze_registers
from risks.models import RegisterReport


@transaction.atomic
def load_fixtures(folder: Path):
    """Loads every fixture of every council in ``folder``, and keeps what is published.

    A folder is named for its council. What other councils have is left as it is.
    """
    files = sorted(str(path) for path in folder.glob("*/*.yaml"))
    if not files:
        raise CommandError(f"There are no fixtures in {folder.name}/.")
    with remembering():
        _load(files)
    councils = Council.objects.filter(slug__in={Path(file).parent.name for file in files})
    freeze_loaded(councils)
    published = {"period__council__in": councils, "status": Report.Status.PUBLISHED}
    made = [take_snapshots(model.objects.filter(**published)) for model in (Return, Month)]
    publish([snapshot for of_subject in made for snapshot in of_subject])
    freeze_loaded_papers(councils)
    registers = RegisterReport.objects.filter(council__in=councils).select_related("council")
    freeze_registers(registers.order_by("council", "as_at", "number"))
    freeze_loaded_meetings(councils)
    freeze_loaded_committee_papers(councils)
    freeze_loaded_partnerships(councils)


def _load(files: list[str]) -> None:
    """Writes the records of the files; ``loaddata`` would ask at once for what is kept of them."""
    referring_forward = []
    for file in files:
        with open(file, encoding="utf-8") as stream:
            for record in serializers.deserialize("yaml", stream, handle_forward_references=True):
                if isinstance(record.object, Report):
                    # As Django loads a row, it writes none of the row that this one extends.
                    record.object.save()
                else:
                    record.save()
                if record.deferred_fields:
                    referring_forward.append(record)
    for record in referring_forward:
        record.save_deferred_fields()
