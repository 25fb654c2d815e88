"""Meetings that wait for somebody who is not there: everybody who could publish them wrote some."""

from collections.abc import Iterator

from django.urls import reverse

from accounts.models import Writer
from accounts.roles import Permission, roles_with
from meetings.manage import meetings_in
from meetings.models import Meeting
from projects.approval import holders_of
from projects.models import Council
from publishing.registry import Stuck


def waiting_for_nobody(council: Council) -> Iterator[Stuck]:
    """Meetings of which something is to be published, and nobody may. Three queries at most."""
    if council.approves_own_since:
        return
    waiting = [line.meeting for line in meetings_in(council) if line.what_next and line.items]
    if not waiting:
        return
    keepers = {user.pk for user in holders_of(council, roles_with(Permission.KEEP_MEETINGS))}
    rows = Writer.objects.filter(
        kind=Meeting._meta.label_lower, record__in=[meeting.pk for meeting in waiting]
    )
    wrote = set(rows.values_list("record", "by"))
    for meeting in waiting:
        if not keepers:
            why = "nobody keeps meetings"
        elif all((meeting.pk, keeper) in wrote for keeper in keepers):
            why = "everybody who keeps meetings wrote some of it"
        else:
            continue
        place = [council.slug, meeting.committee.slug, meeting.slug]
        yield Stuck(f"{meeting}", why, reverse("reporting:prepare-meeting", args=place))
