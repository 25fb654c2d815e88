"""What an earlier version of the portal left is brought up to date and says what it said."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User, Writer
from compare.capture.schema import read_schema
from outcomes.models import Month
from programme.verification import faults
from publishing.models import Return, Version
from returns.transitions import RETURNS
from tests import database, upgrades

# Django keeps a row of each model, and of what may be done to its records.
GROWS = {"auth_permission", "django_content_type"}
_WRITTEN = re.compile(r"[()\s]|::(?:text|character varying)(?:\[\])?")


@pytest.fixture(params=upgrades.kept(), ids=lambda path: path.name.partition(".")[0])
def upgraded(request, django_db_blocker):
    """Django's database is one that is kept, brought up to date."""
    with django_db_blocker.unblock(), database.cloned("template0"):
        upgrades.restore(request.param)
        before = _rows()
        call_command("migrate", interactive=False, verbosity=0)
        yield before


@pytest.mark.parametrize("path", upgrades.kept(), ids=lambda path: path.name.partition(".")[0])
def test_posts_that_were_changed_in_an_earlier_database_are_kept(path, django_db_blocker):
    with django_db_blocker.unblock(), database.cloned("template0"):
        upgrades.restore(path)
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, post, now() FROM accounts_user ORDER BY id LIMIT 1")
            number, post, before = cursor.fetchone()
            for later in ("Second post", "Third post"):
                cursor.execute("UPDATE accounts_user SET post = %s WHERE id = %s", [later, number])
        call_command("migrate", interactive=False, verbosity=0)
        user = User.objects.get(pk=number)
        assert [each["post"] for each in user.earlier_posts] == [post, "Second post"]
        assert (user.post_at(before), user.post_at(timezone.now())) == (post, "Third post")


@pytest.mark.parametrize("path", upgrades.kept(), ids=lambda path: path.name.partition(".")[0])
def test_a_month_of_an_earlier_database_keeps_all_that_is_of_it(path, django_db_blocker):
    with django_db_blocker.unblock(), database.cloned("template0"):
        upgrades.restore(path)
        with connection.cursor() as cursor:
            # What an earlier portal took for a return of no project was a month of measures.
            cursor.execute(
                "UPDATE publishing_return SET project_id = NULL, note = 'Of a month.' "
                "WHERE status = 'submitted' RETURNING id"
            )
            [number] = [row[0] for row in cursor.fetchall()]
            kept = {}
            for table in ("publishing_section", "publishing_returnevent"):
                cursor.execute(f"SELECT count(*) FROM {table} WHERE report_id = %s", [number])
                kept[table] = cursor.fetchone()[0]
        call_command("migrate", interactive=False, verbosity=0)
        month = Month.objects.get()
        assert (month.pk, month.slug, month.note) == (number, "vital-signs", "Of a month.")
        assert (month.sections.count(), month.events.count()) == tuple(kept.values())
        assert all(kept.values())
        assert not Return.objects.filter(pk=number).exists()
        assert RETURNS.is_author(month, User.objects.get(pk=month.events.first().by_id))
        assert Writer.objects.filter(kind="outcomes.month", record=number).exists()
        assert list(faults()) == []


def _rows() -> dict[str, int]:
    """How many rows each table has, but for Django's own lists of the models that there are."""
    tables = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
    tables -= {"auth_permission", "django_content_type"}
    with connection.cursor() as cursor:
        there = tables & set(connection.introspection.table_names(cursor))
        rows = {}
        for table in there:
            cursor.execute(f"SELECT count(*) FROM {connection.ops.quote_name(table)}")
            rows[table] = cursor.fetchone()[0]
    return rows


def test_an_earlier_database_is_kept():
    assert upgrades.kept()


def test_no_row_of_an_earlier_database_is_lost_and_all_is_as_it_was_kept(upgraded):
    after = _rows()
    kept = upgraded.keys() - GROWS
    assert {table: after[table] for table in kept} == {table: upgraded[table] for table in kept}
    assert set(Version.objects.values_list("kind", flat=True)) >= {
        *("return", "period", "finance report", "savings paper", "risk register"),
    }
    assert list(faults()) == []


def _tables() -> dict[str, list[str]]:
    """What the schema says of each place; a dump sets brackets and casts of texts otherwise."""
    return {
        record.place: sorted(_WRITTEN.sub("", line) for line in record.lines)
        for record in read_schema()
    }


def test_the_tables_of_an_earlier_database_become_those_of_a_new_one(upgraded):
    brought = _tables()
    with database.cloned(database.tables_template()):
        new = _tables()
    assert {place for place in brought | new if brought.get(place) != new.get(place)} == set()


def test_the_pages_of_an_earlier_database_open(upgraded, client):
    for name in ("overview", "projects", "finance", "savings", "risks"):
        page = reverse(f"reporting:{name}", args=["testshire"])
        assert client.get(page).status_code == 200, page
