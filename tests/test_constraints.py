"""The database refuses nonsense, each time by the constraint that is named for it."""

from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import CheckConstraint, UniqueConstraint

from accounts.models import User, Writer
from accounts.roles import Role
from administration.models import Invitation
from finance.models import FinanceLine, MonitoringSectionSave, StatedSum
from outcomes.models import (
    Benchmark,
    Break,
    CardAction,
    DefinitionChange,
    FollowUp,
    FollowUpAction,
    FrameworkReference,
    Measure,
    OtherPrinting,
    ReportCard,
    Result,
    Segment,
    Target,
    TargetChange,
)
from programme.models import DisagreementEvent
from projects.models import (
    Assignment,
    Council,
    Fund,
    FundingStream,
    GrantCondition,
    Membership,
    NameChange,
    Project,
    ProjectChange,
    Provider,
)
from publishing.models import (
    FormDraftSave,
    KeptPaper,
    PeriodVersion,
    Reminder,
    Report,
    ReportingPeriod,
    Return,
    Section,
    SectionSave,
    Signature,
    Snapshot,
    Version,
    Withdrawal,
)
from tests import (
    council_breakers,
    draft_breakers,
    ledger_breakers,
    meeting_breakers,
    money,
    partnership_breakers,
    savings_breakers,
)
from tests.ledger_breakers import saved
from tests.packages import app_labels
from tests.stated_breakers import breakers as stated_breakers

TODAY = {"sent_on": "2018-05-01", "sent_at": "2018-05-01T09:00Z"}
# Those of the risks: tests/test_risk_models.py.
OURS = app_labels() - {"risks"}


def copy_of(record, **changes):
    """An unsaved record with the same fields as this one, some of them changed."""
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key and not field.generated
    }
    return type(record)(**values | changes)


def version_breakers():
    """Of versions of a period, of withdrawing, of papers kept and of changes of a project."""

    version = PeriodVersion.objects.order_by("pk").first

    def kept(**changes):
        """Another version like one of the table that all share, or with no changes that one."""
        row = Version.objects.order_by("-place").first()
        return copy_of(row, **{"name": "another"} | changes) if changes else row

    def someone():
        return User.objects.get(email="one@example.org")

    at = TODAY["sent_at"]

    def withdrawal(**changes):
        asked = {
            "version": version(),
            "reason": "Wrong.",
            "asked_by": someone(),
            "asked_at": at,
        }
        return Withdrawal(**asked | changes)

    def paper():
        return KeptPaper(fingerprint="0" * 64, name="paper", content=b"x", sha256="1", made_at=at)

    def signature():
        signed = {"kind": "publishing.return", "record": 1, "action": "sign", "body": "The board"}
        return Signature(mark="0" * 64, by=someone(), **signed)

    return {
        "version_place_unique_in_council": lambda: kept(place=kept().place),
        "version_number_unique_in_record": lambda: kept(place=999, name=kept().name),
        "version_numbered_from_one": lambda: kept(place=999, number=0),
        "version_names_the_one_before": lambda: kept(place=999, previous=""),
        "snapshot_once_in_version": lambda: copy_of(version().shown.first()),
        "withdrawal_once_in_publication": lambda: copy_of(saved(withdrawal())),
        "withdrawal_says_why": lambda: withdrawal(reason=""),
        "withdrawal_decided_by_a_second_person": lambda: withdrawal(
            decision="confirmed", decided_by=someone(), decided_at=at
        ),
        "paper_kept_once": lambda: copy_of(saved(paper())),
        "signature_once_of_what_it_says": lambda: copy_of(saved(signature())),
        "project_change_says_why": lambda: ProjectChange(
            project=Project.objects.first(), kind="ended", on="2018-05-01", why="", at=at
        ),
        "name_change_says_why": lambda: NameChange(
            council=Council.objects.first(), fund=Fund.objects.first(), why="", at=at
        ),
        "name_change_of_one_thing": lambda: NameChange(
            council=Council.objects.first(), why="A slip.", at=at
        ),
    }


def breakers():
    """For each constraint a record that breaks it."""
    first = {
        model: (lambda model=model: model.objects.order_by("pk").first())
        for model in (
            *(Fund, GrantCondition, Provider, Project, FundingStream, FinanceLine, StatedSum),
            *(Segment, Measure, Target, Result, ReportingPeriod, Report, Return, Snapshot),
        )
    }
    a = {model.__name__: get for model, get in first.items()}
    return {
        "user_email_unique_in_any_case": lambda: User(email="ONE@Example.org", post="Post"),
        "writer_once_in_record": a_writer,
        "invitation_open_once_in_council": lambda: an_invitation(twice=True),
        "invitation_accepted_once_answered": lambda: an_invitation(accepted=True),
        "fund_slug_unique_in_council": lambda: copy_of(a["Fund"]()),
        "condition_number_unique_in_council": lambda: copy_of(a["GrantCondition"]()),
        "condition_number_from_one": lambda: copy_of(a["GrantCondition"](), number=0),
        "provider_slug_unique_in_council": lambda: copy_of(a["Provider"]()),
        "project_slug_unique_in_council": lambda: copy_of(a["Project"](), order=99),
        "project_order_unique_in_condition": lambda: copy_of(a["Project"](), slug="other"),
        "stream_fund_unique_in_project": lambda: copy_of(a["FundingStream"]()),
        "stream_share_over_0_to_100": lambda: copy_of(
            a["FundingStream"](), fund_id=Fund.objects.last().pk, share_percent=Decimal("100.01")
        ),
        "line_year_unique_in_stream": lambda: copy_of(a["FinanceLine"]()),
        "line_allocation_not_negative": lambda: copy_of(
            a["FinanceLine"](), year=2030, allocation=-1
        ),
        "line_year_plausible": lambda: copy_of(a["FinanceLine"](), year=1999),
        "stated_sum_order_unique_in_stream": lambda: copy_of(a["StatedSum"]()),
        "stated_sum_positive": lambda: copy_of(a["StatedSum"](), order=9, amount=0),
        "segment_slug_unique_in_council": lambda: copy_of(a["Segment"]()),
        "measure_position_unique": lambda: copy_of(a["Measure"]()),
        "measure_has_text": lambda: copy_of(a["Measure"](), position=99, text=""),
        "measure_decimals_to_four": lambda: copy_of(a["Measure"](), position=99, decimals=5),
        "target_period_unique_in_measure": lambda: copy_of(a["Target"]()),
        "target_of_a_period_is_of_that_alone": lambda: copy_of(
            a["Target"](), period="2018-19", until="2018-19"
        ),
        "target_value_only_when_set": lambda: copy_of(
            a["Target"](), period="2018-19", status="not yet set", value=5
        ),
        "result_unique_in_measure_period_segment": lambda: copy_of(a["Result"]()),
        "result_value_only_when_reported": lambda: copy_of(
            a["Result"](), period="2018-19", status="nil return", value=0
        ),
        "result_denominator_positive": lambda: copy_of(
            a["Result"](), period="2018-19", denominator=0
        ),
        "period_key_unique_in_council": lambda: copy_of(a["ReportingPeriod"]()),
        "period_opens_then_due_then_closes": lambda: copy_of(
            a["ReportingPeriod"](), key="2018-19-q1", opens="2018-07-02", due="2018-07-01"
        ),
        "report_unique_in_period": lambda: copy_of(a["Report"]()),
        "membership_unique": lambda: a_membership(),
        "assignment_unique": lambda: an_assignment(),
        "reminder_once_a_day": lambda: a_reminder(),
        "reminder_chase_has_officer": lambda: Reminder(
            user=User.objects.get(email="one@example.org"),
            council=Council.objects.first(),
            kind="chase",
            **TODAY,
        ),
        "report_changed_by_with_when": lambda: copy_of(
            a["Report"](),
            period_id=another_period().pk,
            changed_by_id=User.objects.get(email="one@example.org").pk,
        ),
        "return_forecast_not_negative": lambda: Return(
            project=a["Project"](), period=another_period(), spend_forecast=-1
        ),
        "section_unique_in_return": lambda: copy_of(a_section()),
        "section_saved_by_with_when": lambda: Section(
            report=a["Return"](), name="spend", version=1
        ),
        **draft_breakers.save_breakers(copy_of, "sectionsave", SectionSave, a_section),
        "form_draft_shared_once": lambda: copy_of(draft_breakers.a_draft()),
        "form_draft_once_for_a_person": lambda: copy_of(draft_breakers.a_draft(whose=True)),
        "form_draft_saved_by_with_when": lambda: draft_breakers.a_draft(
            typed={"text": "Words"}, kept=False
        ),
        **draft_breakers.save_breakers(
            copy_of, "formdraftsave", FormDraftSave, draft_breakers.a_draft
        ),
        **version_breakers(),
        **measure_breakers(),
        "disagreement_event_says_why": lambda: an_act_on_a_disagreement(reason=""),
        "disagreement_given_to_somebody": lambda: an_act_on_a_disagreement(action="given"),
        **council_breakers.breakers(),
        **ledger_breakers.breakers(copy_of),
        **savings_breakers.breakers(copy_of),
        **stated_breakers(copy_of),
        **meeting_breakers.breakers(copy_of),
        **partnership_breakers.breakers(copy_of),
        **money.breakers(copy_of),
        **draft_breakers.save_breakers(
            copy_of, "monitoringsectionsave", MonitoringSectionSave, money.a_section
        ),
    }


def measure_breakers():
    """The same for what belongs to a council's own measures."""

    def vital_sign(**where):
        return Measure.objects.filter(collection="vital signs", **where).first()

    def first(model):
        return model.objects.order_by("pk").first()

    def twice(make):
        make().save()
        return make()

    def change(**fields):
        who = {
            "measure": vital_sign(),
            "by": User.objects.get(email="one@example.org"),
            "at": TODAY["sent_at"],
        }
        return {"period": "2016-17-m12", "why": "Because."} | who | fields

    def decision(**fields):
        by = User.objects.get(email="one@example.org")
        made = {"recorded_by": by, "recorded_at": TODAY["sent_at"]}
        said = {"decided_on": "2017-06-19", "due": "2017-09-01", "decision": "So.", "owner": "X"}
        what = {"measure": vital_sign(), "action": first(FollowUpAction)}
        return FollowUp(**what | said | made | fields)

    return {
        "measure_slug_unique_in_council": lambda: copy_of(vital_sign(), position=99),
        "measure_of_a_project_or_of_a_council": lambda: copy_of(
            vital_sign(), slug="x", position=99, project_id=Project.objects.first().pk
        ),
        "measure_multiplier_from_one": lambda: copy_of(
            vital_sign(), slug="x", position=99, multiplier=0
        ),
        "measure_tolerance_with_its_kind": lambda: copy_of(
            vital_sign(), slug="x", position=99, tolerance=5
        ),
        "benchmark_unique_in_measure_and_period": lambda: copy_of(first(Benchmark)),
        "benchmark_value_only_when_reported": lambda: copy_of(
            first(Benchmark), period="2010-11", value=None
        ),
        "reference_unique_in_measure_and_version": lambda: copy_of(first(FrameworkReference)),
        "other_printing_order_unique": lambda: copy_of(first(OtherPrinting)),
        "card_unique_in_measure_and_period": lambda: copy_of(first(ReportCard)),
        "card_action_order_unique": lambda: copy_of(first(CardAction)),
        "card_action_has_text": lambda: copy_of(first(CardAction), order=99, text=""),
        "definition_change_has_a_reason": lambda: DefinitionChange(
            measure=vital_sign(),
            period="2016-17-m12",
            text="Something",
            why="",
            by=User.objects.first(),
            at=TODAY["sent_at"],
        ),
        "target_change_has_a_reason": lambda: TargetChange(
            **change(why="", after_status="no target")
        ),
        "break_unique_in_measure_and_period": lambda: twice(lambda: Break(**change(kind="rebase"))),
        "break_has_a_reason": lambda: Break(**change(kind="rebase", why="")),
        "follow_up_action_number_unique": lambda: copy_of(first(FollowUpAction)),
        "follow_up_due_after_it_was_decided": lambda: decision(due="2017-06-18"),
        "follow_up_taken_back_says_by_whom_and_why": lambda: decision(taken_back_why="A slip."),
        "follow_up_done_with_its_outcome": lambda: decision(done_on="2017-07-01"),
    }


def a_membership():
    fields = {
        "user": User.objects.get(email="one@example.org"),
        "council": Council.objects.first(),
        "role": Role.MEMBER,
    }
    Membership.objects.create(**fields)
    return Membership(**fields)


def a_writer():
    fields = {"kind": "publishing.return", "record": 1}
    fields["by"] = User.objects.get(email="one@example.org")
    Writer.objects.create(**fields)
    return Writer(**fields)


def an_invitation(*, twice=False, **changes):
    person = User.objects.get(email="one@example.org")
    fields = {"council": Council.objects.first(), "user": person, "made_by": person}
    fields |= {"email": person.email, "post": "Post", "roles": [Role.MEMBER]}
    if twice:
        Invitation.objects.create(**fields)
    return Invitation(**fields | changes)


def an_assignment():
    fields = {"user": User.objects.get(email="one@example.org"), "project": Project.objects.first()}
    Assignment.objects.create(**fields)
    return Assignment(**fields)


def a_reminder():
    person = User.objects.get(email="one@example.org")
    fields = {"user": person, "council": Council.objects.first(), "kind": "reminder"}
    Reminder.objects.create(**fields, **TODAY)
    return Reminder(**fields, **TODAY)


def another_period():
    return ReportingPeriod.objects.create(
        council=Council.objects.first(), key="2017-18-q4", title="Report", as_at="2018-05-01"
    )


def a_section():
    return Section.objects.create(report=Return.objects.first(), name="spend")


def an_act_on_a_disagreement(**changes):
    fields = {"council": Council.objects.first(), "key": "k", "figures": "f", "reason": "So."}
    made = {"by": User.objects.get(email="one@example.org"), "at": TODAY["sent_at"]}
    return DisagreementEvent(**fields | {"action": "accepted"} | changes, **made)


def declared():
    return {
        constraint.name
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        for constraint in model._meta.constraints
        if isinstance(constraint, CheckConstraint | UniqueConstraint)
    }


def test_every_constraint_has_a_test_that_breaks_it():
    assert declared() == set(breakers())


@pytest.mark.parametrize("name", sorted(breakers()))
def test_the_database_refuses(db, person, name):
    person("one@example.org")
    record = breakers()[name]()
    with pytest.raises(IntegrityError, match=name):
        insert(record)


@transaction.atomic
def insert(record):
    record.save(force_insert=True)
    connection.check_constraints()


def test_every_constraint_says_in_words_what_is_wrong():
    for app in OURS:
        for model in apps.get_app_config(app).get_models():
            for constraint in model._meta.constraints:
                assert constraint.violation_error_message.endswith("."), constraint.name
                assert "is violated" not in constraint.violation_error_message
