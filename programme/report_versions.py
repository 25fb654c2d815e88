"""Which version of its report a project's sheet is of."""

from bcfportal.lib.versions import VersionStatus
from publishing.acts import Acts, kept
from publishing.models import Snapshot


@kept
def report_version(acts: Acts, fingerprint: str) -> VersionStatus | None:
    """The version of a project's report with that content; None where it is not public."""
    row = (
        Snapshot.objects.filter(
            fingerprint=fingerprint,
            report__period__council=acts.council,
            publication__isnull=False,
        )
        .values_list("number", "publication__at")
        .first()
    )
    if row is None:
        return None
    return VersionStatus(number=row[0], fingerprint=fingerprint, published_on=row[1].date())
