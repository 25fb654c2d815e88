"""Makes Westshire: lives through its story, step by step, in the order of their moments."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import pghistory
from django.apps import apps
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, transaction
from pghistory.models import Event as HistoryEvent

from accounts.models import User
from bcfportal.lib import clock
from demonstration.accounts import discard_mail
from demonstration.westshire import council, subjects
from demonstration.westshire.story import NOW, SLUG, Step, Story
from projects.models import Council


@transaction.atomic
def make_westshire(people: dict[str, User], *, until: datetime = NOW) -> Council | None:
    """Makes the council and lives through its story up to ``until``; None where it is there.

    ``people`` are the demonstration's accounts by email. Raises ImproperlyConfigured outside
    demonstration mode.
    """
    if not settings.DEMONSTRATION:
        raise ImproperlyConfigured("A demonstration is made in demonstration mode only.")
    if Council.objects.filter(slug=SLUG).exists():
        return None
    with _histories_open():
        with clock.stopped_at(council.BEGINS):
            story = Story(*council.make_council(people))
            _date_history(council.BEGINS)
        for step in _in_order(subjects.all_steps(), until):
            with clock.stopped_at(step.at), _hand(story, step.who):
                step.act(story)
            _date_history(step.at)
    discard_mail(story.people.values())
    return story.council


def _in_order(steps: Iterator[Step], until: datetime) -> list[Step]:
    return sorted(step for step in steps if step.at <= until)


def _hand(story, who):
    return pghistory.context(user=story.people[who].pk if who else None)


@contextmanager
def _histories_open() -> Iterator[None]:
    """Within it a history can be dated: the story is lived through in a minute, of two years."""
    tables = [model._meta.db_table for model in _history_models()]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        # What is still to be checked at the end would stand in the way.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in tables:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _date_history(at: datetime) -> None:
    """Gives the history rows that the database just wrote, by its own clock, the step's moment."""
    with connection.cursor() as cursor:
        for model in _history_models():
            cursor.execute(
                f"UPDATE {model._meta.db_table} SET pgh_created_at = %s "  # noqa: S608 - own names
                "WHERE pgh_created_at = transaction_timestamp()",
                [at],
            )


def _history_models() -> list[type[HistoryEvent]]:
    return [
        model
        for model in apps.get_models()
        if issubclass(model, HistoryEvent) and not model._meta.proxy
    ]
