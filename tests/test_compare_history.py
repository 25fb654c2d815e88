"""``make compare`` dates the history that a database wrote by its own clock."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import InternalError, connection, transaction

from compare.capture import steady
from projects.models import Council

pytestmark = pytest.mark.django_db


def test_history_that_is_only_added_to_is_dated_and_stays_protected():
    since = datetime.now(UTC) - timedelta(seconds=1)
    Council.objects.create(slug="testshire", name="Testshire")
    history = Council.pgh_event_model.objects.filter(slug="testshire")
    # A check that waits for the end of a transaction would stand in the way of switching triggers.
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert steady.date_history(since) >= 1
    assert [row.pgh_created_at.date() for row in history] == [steady.MOMENT.date()]
    with pytest.raises(InternalError), transaction.atomic():
        history.update(name="Another")
