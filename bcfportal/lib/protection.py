"""Rows that never change once they are written: the database refuses, whoever asks.

django-pgtrigger gives every trigger a clause by which one setting of a session lets it be passed
over. The triggers here have none, and a table is not emptied whole either.
"""

from collections.abc import Callable
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.db import models
from pghistory import trigger as history
from pgtrigger import compiler

Kind = TypeVar("Kind", bound=type[models.Model])
_NEVER = pgtrigger.Update | pgtrigger.Delete


class TriggerSql(compiler.UpsertTriggerSql):
    """SQL of a trigger that no setting passes over. Migrations name it: it is never edited."""

    def get_template(self) -> str:
        return """
            CREATE OR REPLACE FUNCTION {pgid}()
            RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;

            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid}
                {when} {operation} ON {table}
                {timing}
                {referencing}
                FOR EACH {level} {condition}
                EXECUTE PROCEDURE {execute};

            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Trigger(pgtrigger.Trigger):
    """A trigger that no setting passes over."""

    def compile(self, model: Any) -> compiler.Trigger:
        """The trigger as SQL, for migrations."""
        written = super().compile(model).sql.kwargs
        return compiler.Trigger(name=self.name, sql=TriggerSql(**written))


class Protect(Trigger, pgtrigger.Protect):
    """Refuses an operation on a table's rows."""


class ReadOnly(Trigger, pgtrigger.ReadOnly):
    """Refuses to change some fields of a row."""


def never_emptied(name: str) -> Trigger:
    """Refuses to empty the table of the model called ``name``."""
    return Trigger(
        name=f"{name}_never_emptied",
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        level=pgtrigger.Statement,
        func="RAISE EXCEPTION 'pgtrigger: Cannot truncate % table', TG_TABLE_NAME;",
    )


def never_changes(name: str) -> list[pgtrigger.Trigger]:
    """Triggers that refuse to change or delete a row of the model called ``name``.

    Writing a row over itself with the same values passes, so that fixtures can be loaded again.
    """
    return [
        Protect(
            name=f"{name}_never_changes",
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange(),
        ),
        Protect(name=f"{name}_never_goes", operation=pgtrigger.Delete),
        never_emptied(name),
    ]


def frozen_once(name: str, table: str, states: str, kept_in: str) -> Trigger:
    """Refuses, at the end of the transaction, a row of one of the states of which nothing is kept.

    ``table`` is the row's own, ``states`` SQL texts with commas between, ``kept_in`` the table
    whose ``report_id`` points at the row.
    """
    return Trigger(
        name=name,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        timing=pgtrigger.Deferred,
        func=f"""
            IF EXISTS (
                SELECT 1 FROM {table} WHERE id = NEW.id AND status IN ({states})
            ) AND NOT EXISTS (SELECT 1 FROM {kept_in} WHERE report_id = NEW.id) THEN
                RAISE EXCEPTION 'pgtrigger: approved or published, and nothing of it is kept';
            END IF;
            RETURN NULL;
        """,  # noqa: S608 - names of tables, from the models
    )


class _Recording(Trigger, history.Event):
    """Writes a change of a row into its history, and no setting passes over it."""


class _Recorded(pghistory.RowEvent):
    def add_event_trigger(self, event_model: Any) -> None:
        trigger = _Recording(
            event_model=event_model,
            label=self.label,
            name=self.trigger_name,
            row=self.row,
            operation=self.operation,
            condition=self.condition,
            level=self.level,
        )
        pgtrigger.register(trigger)(event_model.pgh_tracked_model)


class _Inserted(_Recorded, pghistory.InsertEvent):
    pass


class _Updated(_Recorded, pghistory.UpdateEvent):
    pass


class _Deleted(_Recorded, pghistory.DeleteEvent):
    pass


def tracked(**options: Any) -> Callable[[Kind], Kind]:
    """Keeps the history of a model's rows, each change a row, in a table that only grows.

    ``options`` are those of ``pghistory.track``. To be put over the class: ``@tracked()``.
    """
    triggers = [Protect(name="history_stays", operation=_NEVER), never_emptied("history")]
    events = (_Inserted(), _Updated(), _Deleted())
    return pghistory.track(*events, meta={"triggers": triggers}, **options)
