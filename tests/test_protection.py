"""What is kept for good stays, whoever asks the database; and where it does not, it is seen."""

import hashlib
import json
import re

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import InternalError, ProgrammingError, connection, transaction

from bcfportal.lib.versions import fingerprint
from finance.models import MonitoringReport
from programme.verification import ends_of_chains, faults, kinds_of_version, protecting
from publishing.models import KeptPaper, Report, Return, Snapshot, Version

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("westshire")]
PROTECTED = [model for model in apps.get_models() if protecting(model)]
HISTORIES = [
    model
    for model in PROTECTED
    if model.__name__.endswith("Event") and "pgh_id" in {field.name for field in model._meta.fields}
]
OFF = "ALTER TABLE {table} DISABLE TRIGGER USER"


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refused(statement, *values):
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        sql(statement, *values)


def ids(models):
    return {"argvalues": models, "ids": [model._meta.label for model in models]}


def test_all_is_as_it_was_kept():
    assert list(faults()) == []


@pytest.mark.parametrize("model", **ids(PROTECTED))
def test_a_protected_table_is_not_emptied(model):
    triggers = {trigger.name for trigger in protecting(model)}
    if any(name.endswith("never_emptied") for name in triggers):
        refused(f"TRUNCATE {model._meta.db_table} CASCADE")


@pytest.mark.parametrize("model", **ids(PROTECTED))
def test_no_setting_passes_over_what_protects_a_table(model):
    row = model._base_manager.first()
    if row is None:
        pytest.skip("Westshire has no such row.")
    for trigger in protecting(model):
        sql(f"SET LOCAL pgtrigger.ignore = '{{{trigger.get_pgid(model)}}}'")
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_get_functiondef(tgfoid) FROM pg_trigger WHERE tgname = %s",
                [trigger.get_pgid(model)],
            )
            (body,) = cursor.fetchone()
        assert "ignore" not in body


@pytest.mark.parametrize("model", **ids(HISTORIES))
def test_history_is_not_rewritten(model):
    row = model._base_manager.first()
    if row is None:
        pytest.skip("Westshire has no such history.")
    table = model._meta.db_table
    refused(f"UPDATE {table} SET pgh_label = 'other' WHERE pgh_id = %s", row.pk)
    refused(f"DELETE FROM {table} WHERE pgh_id = %s", row.pk)
    refused(f"TRUNCATE {table}")


@pytest.fixture
def version():
    """A version in the middle of Westshire's chain, whose triggers are off."""
    for model in (Version, *kinds_of_version()):
        sql(OFF.format(table=model._meta.db_table))
    return Version.objects.filter(council__slug="westshire", place=7).get()


def said():
    with pytest.raises(CommandError) as ended:
        call_command("verify")
    assert ended.value.returncode == 1
    return "\n".join(faults())


@pytest.mark.parametrize("kind", kinds_of_version())
def test_content_that_was_changed_with_the_triggers_off_is_named(version, kind):
    changed = kind.objects.first()
    sql(
        'UPDATE publishing_version SET content = content || \'{"title": "x"}\' WHERE id = %s',
        changed.pk,
    )
    assert f"version {changed.pk} ({changed.version_ptr}): its content does not match its" in said()


def test_a_version_and_its_fingerprint_that_were_changed_break_the_chain(version):
    content = version.content | {"title": "x"}
    sql(
        "UPDATE publishing_version SET content = %s, fingerprint = %s WHERE id = %s",
        json.dumps(content),
        fingerprint(content),
        version.pk,
    )
    after = Version.objects.get(council=version.council_id, place=version.place + 1)
    assert f"version {after.pk} ({after}): it does not follow what stands before it" in said()


def test_a_version_that_was_taken_away_is_missing_from_the_chain(version):
    sql("SET LOCAL session_replication_role = replica")
    sql("DELETE FROM publishing_version WHERE id = %s", version.pk)
    words = said()
    assert f"versions of council {version.council_id}: the last is number" in words
    assert "it does not follow what stands before it" in words


def test_the_end_of_a_chain_tells_that_the_last_version_was_taken_away(version):
    noted = ends_of_chains()
    last = Version.objects.filter(council=version.council_id).latest("place")
    sql("SET LOCAL session_replication_role = replica")
    sql("DELETE FROM publishing_version WHERE id = %s", last.pk)
    assert ends_of_chains()["westshire"] != noted["westshire"]


def test_anybody_can_check_the_printed_chain_with_sha256_alone(capsys):
    call_command("verify", chain="westshire")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == Version.objects.filter(council__slug="westshire").count()
    previous = ""
    for place, line in enumerate(lines, 1):
        assert (json.loads(line)["place"], json.loads(line)["previous"]) == (place, previous)
        previous = hashlib.sha256(line.encode()).hexdigest()
    assert ends_of_chains()["westshire"] == (len(lines), previous)


def test_what_was_verified_is_counted_in_words_that_fit(capsys):
    call_command("verify")
    told = capsys.readouterr().out
    number = Version.objects.filter(kind="finance report").count()
    assert number > 1
    assert f"{number} versions of a finance report" in told
    assert not re.search(r"(?<!\d)1 versions|(?<!\d)[2-9]\d* (version|kept paper) ?[,. ]", told)


def test_a_version_that_is_said_to_be_of_another_record_is_named(version):
    changed = Snapshot.objects.first()
    other = Snapshot.objects.exclude(report=changed.report_id).first()
    sql(
        "UPDATE publishing_snapshot SET report_id = %s WHERE version_ptr_id = %s",
        other.report_id,
        changed.pk,
    )
    assert f"it was of {changed.name} and is of {other.name}." in said()


def test_a_version_whose_record_is_gone_is_named(version):
    changed = Snapshot.objects.first()
    sql("SET LOCAL session_replication_role = replica")
    sql("DELETE FROM publishing_snapshot WHERE version_ptr_id = %s", changed.pk)
    assert f"({changed.version_ptr}): what it is a version of is gone." in said()


def test_a_kept_paper_that_is_another_file_is_named():
    row = KeptPaper.objects.create(
        fingerprint="f" * 64,
        name="a.pdf",
        content=b"1",
        sha256="0" * 64,
        made_at="2026-01-01 00:00Z",
    )
    assert f"kept paper {row.pk} ({row}): the file does not match its hash" in said()


def test_triggers_that_are_switched_off_are_named(version):
    words = said()
    for model in (Version, *kinds_of_version()):
        assert f"{model._meta.db_table}: the trigger" in words
    assert "is switched off." in words


@pytest.mark.parametrize(
    ("model", "status"),
    [(Return, "approved"), (Report, "published"), (MonitoringReport, "approved")],
)
def test_nothing_is_approved_or_published_of_which_nothing_is_kept(model, status):
    row = model.objects.filter(snapshots=None).exclude(status__in=("approved", "published")).first()
    sql("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(InternalError, match="nothing of it is kept"), transaction.atomic():
        model.objects.filter(pk=row.pk).update(status=status)


def test_the_role_of_the_web_writes_rows_and_switches_nothing_off():
    sql("CREATE ROLE portal_web_of_a_test")
    call_command("grant_web_role", "portal_web_of_a_test", verbosity=0)
    sql("SET LOCAL ROLE portal_web_of_a_test")
    assert Return.objects.exists()
    assert sql("UPDATE publishing_report SET note = 'x' WHERE status = 'draft'")
    refused(OFF.format(table="publishing_snapshot"))
    refused("TRUNCATE publishing_section CASCADE")
    refused("DROP TABLE publishing_section")
    refused("UPDATE publishing_version SET fingerprint = 'f'")
    sql("RESET ROLE")


def test_no_role_is_granted_that_is_not_there():
    with pytest.raises(CommandError, match="no role"):
        call_command("grant_web_role", "nobody_of_that_name")
