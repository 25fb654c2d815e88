"""What is kept for good stays, whoever asks the database; and where it does not, it is seen."""

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import InternalError, ProgrammingError, connection, transaction

from finance.models import MonitoringReport
from programme.verification import KEPT, faults, protecting
from publishing.models import KeptPaper, PeriodVersion, Return

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


@pytest.mark.parametrize("model", **ids([*KEPT, KeptPaper]))
def test_a_row_that_was_changed_with_its_triggers_off_is_named_and_so_are_the_triggers(model):
    row, table = model._base_manager.first(), model._meta.db_table
    if row is None:
        row = KeptPaper.objects.create(
            fingerprint="f" * 64,
            name="a.pdf",
            content=b"1",
            sha256="0" * 64,
            made_at="2026-01-01 00:00Z",
        )
    else:
        sql(OFF.format(table=table))
        sql(f"UPDATE {table} SET {'sha256' if model is KeptPaper else 'fingerprint'} = 'f'")
    said = "\n".join(faults())
    assert f" {row.pk} (" in said
    if model is not KeptPaper:
        assert f"{table}: the trigger" in said
        assert "is switched off." in said
    with pytest.raises(CommandError):
        call_command("verify")


def test_a_number_that_is_missing_is_named():
    version = PeriodVersion.objects.filter(number=1, period__versions__number=2).first()
    tables = ("reporting_periodversion", "reporting_versionsnapshot", "reporting_withdrawal")
    for table in tables:
        sql(OFF.format(table=table))
    sql("DELETE FROM reporting_versionsnapshot WHERE version_id = %s", version.pk)
    sql("DELETE FROM reporting_withdrawal WHERE version_id = %s", version.pk)
    sql("DELETE FROM reporting_periodversion WHERE id = %s", version.pk)
    said = "\n".join(faults())
    assert f"period versions of period {version.period_id}: the last is number" in said


@pytest.mark.parametrize(
    ("model", "status"),
    [(Return, "approved"), (Return, "published"), (MonitoringReport, "approved")],
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
    assert sql("UPDATE reporting_return SET cause = 'x' WHERE status = 'draft'")
    refused(OFF.format(table="reporting_snapshot"))
    refused("TRUNCATE reporting_section CASCADE")
    refused("DROP TABLE reporting_section")
    refused("UPDATE reporting_snapshot SET fingerprint = 'f'")
    sql("RESET ROLE")


def test_no_role_is_granted_that_is_not_there():
    with pytest.raises(CommandError, match="no role"):
        call_command("grant_web_role", "nobody_of_that_name")
