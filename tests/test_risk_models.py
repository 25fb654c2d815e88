"""The database keeps the history of risks: nonsense is refused, and nothing changes afterwards."""

from datetime import date

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, InternalError, connection, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from risks.models import (
    Assessment,
    Closure,
    Details,
    Link,
    PrintedCount,
    Printing,
    Progress,
    Promise,
    Prospect,
    RegisterReport,
    Risk,
    RiskScale,
    Task,
)
from tests.registers import ROW, make_scale

pytestmark = pytest.mark.django_db
DATED = (Details, Assessment, Prospect, Task, Progress, Promise, Closure, Link)
KEPT = (*DATED, RiskScale, RegisterReport, PrintedCount, Printing)


@pytest.fixture
def risk():
    return Risk.objects.get(slug="rm019")


def a(model):
    return model.objects.order_by("pk").first()


def copy_of(record, **changes):
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key
    }
    return type(record)(**values | changes)


def a_closure(**changes):
    fields = ROW | {"risk": Risk.objects.first(), "reason": "Over."} | changes
    return Closure(**fields)


def closed_twice():
    a_closure().save()
    return a_closure()


BREAKERS = {
    "risk_slug_unique_in_council": lambda: copy_of(a(Risk)),
    "assessment_likelihood_1_to_5": lambda: copy_of(a(Assessment), likelihood=6),
    "assessment_impact_1_to_5": lambda: copy_of(a(Assessment), impact=0),
    "prospect_is_a_colour": lambda: copy_of(a(Prospect), prospects="blue"),
    "task_number_unique_in_risk": lambda: copy_of(a(Task)),
    "task_number_from_one": lambda: copy_of(a(Task), number=0),
    "closure_once_at_a_moment": closed_twice,
    "closure_has_reason": lambda: a_closure(reason=""),
    "link_names_what_it_links": lambda: copy_of(a(Link), reference=""),
    "scale_unique_in_council": lambda: copy_of(a(RiskScale)),
    "scale_has_five_of_each": lambda: copy_of(
        a(RiskScale), on=date(2020, 1, 1), impacts=["One", "Two"]
    ),
    "scale_exception_score_1_to_25": lambda: copy_of(
        a(RiskScale), on=date(2020, 1, 1), exception_score=26
    ),
    "report_as_at_unique_in_council": lambda: copy_of(a(RegisterReport)),
    "report_number_from_one": lambda: copy_of(a(RegisterReport), number=0),
    "report_since_before_as_at": lambda: copy_of(
        a(RegisterReport), as_at=date(2018, 1, 1), since=date(2018, 1, 1)
    ),
    "printed_count_once_in_place": lambda: copy_of(a(PrintedCount)),
    "printing_order_unique": lambda: copy_of(a(Printing)),
    **{
        f"{model._meta.model_name}_says_who": lambda model=model: (
            a_closure(by_post="")
            if model is Closure
            else copy_of(a(model), by_post="", **({"number": 99} if model is Task else {}))
        )
        for model in DATED
    },
}


def declared():
    return {
        constraint.name
        for model in apps.get_app_config("risks").get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint)
    }


def test_every_constraint_has_a_test_that_breaks_it():
    assert declared() == {*BREAKERS, "assessment_by_a_person_has_reason"}


@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_the_database_refuses(name):
    record = BREAKERS[name]()
    with pytest.raises(IntegrityError, match=name):
        insert(record)


def test_a_persons_assessment_without_a_reason_is_refused(person):
    record = copy_of(a(Assessment), by_id=person().pk)
    with pytest.raises(IntegrityError, match="assessment_by_a_person_has_reason"):
        insert(record)


@transaction.atomic
def insert(record):
    record.save(force_insert=True)
    connection.check_constraints()


def test_every_constraint_says_in_words_what_is_wrong():
    for model in apps.get_app_config("risks").get_models():
        for constraint in model._meta.constraints:
            assert constraint.violation_error_message.endswith("."), constraint.name
            assert "is violated" not in constraint.violation_error_message


@pytest.mark.parametrize("model", KEPT, ids=lambda model: model.__name__)
def test_what_is_written_is_never_changed_or_taken_away(model):
    if model is Closure:
        a_closure().save()
    rows = model.objects.filter(pk=a(model).pk)
    with pytest.raises(InternalError, match="Cannot update"), transaction.atomic():
        rows.update(source="Somewhere else")
    with pytest.raises(InternalError, match="Cannot delete"), transaction.atomic():
        # Past the checks of Django, which also refuses where other rows point at this one.
        rows._raw_delete(rows.db)
    # Written over with the same values, as when fixtures are loaded again.
    rows.update(source=rows.get().source)


def test_a_risk_with_a_history_cannot_be_taken_away(risk):
    with pytest.raises(Exception, match="protected"):
        risk.delete()


def test_a_scale_holds_every_score_in_one_band(nottinghamshire):
    scale = make_scale(nottinghamshire)
    scale.full_clean()
    scale.bands = [{"name": "All", "low": 1, "high": 24}]
    with pytest.raises(ValidationError, match="Each score from 1 to 25 is in one band"):
        scale.full_clean()


def test_the_scale_is_added_and_never_changed_by_administrators(client, person, nottinghamshire):
    client.force_login(person("a@example.org", is_staff=True, is_superuser=True))
    assert client.get("/admin/risks/riskscale/add/").status_code == 200
    scale = RiskScale.objects.get(council__slug="norfolk")
    assert client.post(f"/admin/risks/riskscale/{scale.pk}/change/", {}).status_code == 403
