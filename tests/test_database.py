"""The databases of the tests: cloned, given back, and not taken away from a run that goes on."""

import os

import pytest
from django.db import connection

from projects.models import Council
from tests import database

pytestmark = pytest.mark.django_db(transaction=True)
# Two workers, or two runs, try at once.
KIND = f"trial{os.getpid()}"


def names():
    with connection.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database")
        return {name for (name,) in cursor.fetchall()}


@pytest.fixture
def trial():
    """A template of its own kind, with nothing in it."""
    name = database._template(KIND, "one", lambda: None)
    yield name
    database.drop(name)


def test_a_clone_is_used_within_its_block_and_removed_however_it_ends(trial):
    before = connection.settings_dict["NAME"]
    seen = []

    def fail():
        with database.cloned(trial) as name:
            seen.append(name)
            assert connection.settings_dict["NAME"] == name
            assert name in names()
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert connection.settings_dict["NAME"] == before
    assert seen[0] not in names()


def test_a_database_that_is_renewed_has_its_first_state_again():
    Council.objects.create(slug="committed", name="Committed")
    database.renew(database.published_template(stale=True))
    assert not Council.objects.filter(slug="committed").exists()
    assert Council.objects.filter(slug="westshire").exists()


def test_a_template_is_made_once(trial):
    def build():
        raise AssertionError("It is there.")

    assert database._template(KIND, "one", build) == trial


def test_an_older_template_goes_unless_a_run_uses_it(trial):
    with database.kept(trial):
        second = database._template(KIND, "two", lambda: None)
        assert {trial, second} <= names()
    third = database._template(KIND, "three", lambda: None)
    assert names() & {trial, second, third} == {third}
    database.drop(third)


def test_a_build_that_fails_leaves_nothing_to_take_for_a_template():
    def build():
        raise KeyError

    with pytest.raises(KeyError):
        database._template(KIND, "broken", build)
    assert not [name for name in names() if f"{KIND}_broken" in name]


def test_a_template_is_another_once_code_fixtures_or_packages_change(settings, tmp_path):
    settings.BASE_DIR = tmp_path
    (tmp_path / "finance").mkdir()
    (tmp_path / "finance" / "rules.py").write_text("ONE = 1\n")
    first = database._mark(database.SOURCES)
    assert database._mark(database.SOURCES) == first
    (tmp_path / "finance" / "rules.py").write_text("ONE = 2\n")
    second = database._mark(database.SOURCES)
    (tmp_path / "requirements.lock").write_text("django\n")
    assert len({first, second, database._mark(database.SOURCES)}) == 3


def test_no_database_but_one_of_the_tests_is_ever_dropped_or_made():
    for act in (database.drop, lambda name: database.clone("template0", name)):
        for name in ("bcfportal", "postgres", "", "bcf_test_run"):
            with pytest.raises(ValueError, match="no database of the tests"):
                act(name)


def test_what_a_killed_run_left_goes_with_the_next_and_what_is_used_stays():
    left, used = (f"{database.PREFIX}{database.RUN}_0_{KIND}{name}" for name in "ab")
    database.clone("template0", left)
    with database.kept(used):
        database.clone("template0", used)
        database._template(KIND, "sweep", lambda: None)
        assert names() & {left, used} == {used}
    for name in (used, f"{database.PREFIX}{KIND}_sweep"):
        database.drop(name)


def test_the_last_test_that_commits_leaves_the_portals_own_database_alone():
    """The clone ends before the last test does; what is then in use is not ours to renew."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone()[0].startswith(database.PREFIX)
    connection.settings_dict["NAME"], mine = "bcfportal", connection.settings_dict["NAME"]
    try:
        with pytest.raises(ValueError, match="no database of the tests"):
            database.renew("template0")
    finally:
        connection.settings_dict["NAME"] = mine
