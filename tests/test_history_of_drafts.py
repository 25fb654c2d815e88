"""What is kept of each save of a section, and that every subject has it."""

import re
from dataclasses import replace

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InternalError, connection, models, transaction
from django.test import RequestFactory

from bcfportal.lib import clock
from finance.models import MonitoringReport
from finance.monitoring.actions import correct
from finance.monitoring.actions import save_section as save_money
from outcomes.models import Month
from publishing.drafts import save_boxes
from publishing.earlier_saves import KeptSection, show_list, show_one
from publishing.history import MOST_BY_ITSELF, How, only_added_to
from publishing.models import Report, Section, SectionSave
from publishing.models.drafts import DraftSave, DraftSection
from returns.actions import draft_of, save_section
from tests.forms import forms_of
from tests.money import LINES, draft, make_areas, published
from tests.month import make_month
from tests.quarter import make_quarter
from tests.text import words_of
from tests.typed_words import NINE, PERFORMANCE, kept, saves_of, second_commissioner, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def quarter(testshire):
    with clock.stopped_at(NINE):
        yield make_quarter(testshire())


def items(page):
    """The words of each save in the list."""
    listed = re.search(r'(?s)<ol class="portal-timeline portal-saves".*?</ol>', page)[0]
    return [words_of(item) for item in re.findall(r"(?s)<li>(.*?)</li>", listed)]


def restore(client, address):
    """Opens a save and presses its button."""
    (form,) = forms_of(client.get(address), address)
    return client.post(form.action, form.sent)


def test_what_a_page_saves_by_itself_goes_on_in_one_save_while_nothing_is_taken_out(
    client, quarter
):
    quarter.sign_in(client, "commissioner")
    address = quarter.address("section", PERFORMANCE)

    def types(text):
        (form, *_) = forms_of(client.get(address), address)
        headers = {"accept": "application/json"}
        answer = client.post(address, form.sent | {PERFORMANCE: [text]}, headers=headers)
        assert "saved" in answer.json()

    for text in ("We", "We saw", "We saw people", "We saw 41 people"):
        types(text)
    assert kept(quarter) == [(4, How.ITSELF, "We saw 41 people")]
    types("We saw 46 people")
    types("")
    assert [text for _, _, text in kept(quarter)] == ["We saw 41 people", "We saw 46 people", ""]


def test_what_was_saved_by_itself_in_another_hour_or_by_another_person_stays(quarter):
    second_commissioner(quarter)
    typed(quarter, "We", how=How.ITSELF)
    typed(quarter, "We saw", minutes=57, how=How.ITSELF)
    typed(quarter, "We saw 41", minutes=58, how=How.ITSELF)
    typed(quarter, "We saw 41 people", minutes=59, how=How.ITSELF, by="finance officer")
    assert [version for version, _, _ in kept(quarter)] == [2, 3, 4]


def test_a_save_by_hand_is_never_dropped_and_of_those_by_itself_the_oldest_are(quarter):
    typed(quarter, "By hand.")
    for number in range(MOST_BY_ITSELF + 7):
        typed(quarter, f"Number {number} in all.", how=How.ITSELF)
    saves = kept(quarter)
    assert saves[0] == (1, How.SAVED, "By hand.")
    assert len(saves) == 1 + MOST_BY_ITSELF
    assert saves[1][2] == "Number 7 in all."


def test_a_press_keeps_for_good_what_the_page_had_saved_by_itself(quarter):
    typed(quarter, "We saw", how=How.ITSELF)
    typed(quarter, "We saw")
    assert kept(quarter) == [(1, How.SAVED, "We saw")]
    typed(quarter, "We saw people", how=How.ITSELF)
    assert [how for _, how, _ in kept(quarter)] == [How.SAVED, How.ITSELF]


def test_a_press_over_what_somebody_else_typed_leaves_whose_it_was(client, quarter):
    second_commissioner(quarter)
    typed(quarter, "We saw", how=How.ITSELF)
    typed(quarter, "We saw", by="finance officer")
    assert [how for _, how, _ in kept(quarter)] == [How.ITSELF, How.SAVED]
    quarter.sign_in(client, "commissioner")
    pressed, by_itself = items(client.get(saves_of(quarter)).content.decode())
    assert "Saved, Finance officer" in pressed
    assert "No box was changed." in pressed
    assert "Saved by itself, Commissioner" in by_itself


def test_what_was_typed_before_there_was_a_history_is_its_first_save(client, quarter):
    Section.objects.filter(report=quarter.report, name=PERFORMANCE).update(
        typed={PERFORMANCE: "Before."},
        version=4,
        saved_by=quarter.people["commissioner"],
        saved_at=NINE,
    )
    quarter.sign_in(client, "commissioner")
    (only,) = items(client.get(saves_of(quarter)).content.decode())
    assert "Version 4 Stands now" in only
    assert "Before." in only
    assert kept(quarter) == []
    typed(quarter, "After.")
    assert kept(quarter) == [(4, How.SAVED, "Before."), (5, How.SAVED, "After.")]


@pytest.mark.parametrize(
    ("before", "after", "there"),
    [
        ("", "anything", True),
        ("We saw", "We saw people", True),
        ("We people", "We saw people", True),
        ("We saw", "We", False),
        ("We saw 41 people", "We saw 46 people", False),
        ("We go", "Well, we go on", False),
        ("12", "123", True),
        ("12", "132", False),
        ("aa", "aaa", True),
    ],
)
def test_a_text_is_still_there_where_one_thing_at_most_was_put_in(before, after, there):
    assert only_added_to(before, after) is there


def test_the_database_lets_no_save_be_changed_and_none_go_that_a_person_made(quarter):
    typed(quarter, "By hand.")
    typed(quarter, "By itself.", how=How.ITSELF)
    by_hand, last = SectionSave.objects.filter(section__report=quarter.report).order_by("pk")
    for act in (
        lambda: SectionSave.objects.filter(pk=by_hand.pk).update(typed={}),
        by_hand.delete,
        # Nothing came after it.
        last.delete,
    ):
        with pytest.raises(InternalError), transaction.atomic():
            act()
    typed(quarter, "Again by hand.")
    last.delete()


# Each subject.


def test_the_measures_and_the_cards_of_a_month_have_a_history(client, quarter):
    month = make_month(quarter)
    report = Month.objects.get(period__council=quarter.council, period__status="open")
    who = quarter.by("performance officer")
    quarter.sign_in(client, "performance officer")
    for name in report.section_names:
        fields = list(draft_of(report).fields(name))
        for text in ("1", "2"):
            version = draft_of(report).sections[name].version
            save_section(report.pk, name, {fields[0]: text}, version=version, **who)
        stood = draft_of(report).sections[name].version
        address = f"/testshire/returns/{report.period.key}/vital-signs/{name}/saves/"
        page = words_of(client.get(address).content.decode())
        assert draft_of(report).labels(name)[fields[0]] in page
        assert "1 → 2" in page
        restore(client, f"{address}{stood - 1}/")
        assert draft_of(report).typed(name) == {fields[0]: "1"}
    assert month is not None


@pytest.mark.parametrize(
    ("name", "box", "label"),
    [
        ("lines", "older-budget", "Older people: budget"),
        ("reserves", "general-opening", "General"),
        ("capital", "lifts-budget-2018", ""),
    ],
)
def test_a_finance_report_has_a_history_of_each_section(client, quarter, name, box, label):
    make_areas(quarter.council)
    report = draft(quarter.council, quarter.people["finance officer"], lines={})
    who = quarter.by("finance officer")
    for version, text in enumerate(
        ("1.000", "2.000"),
        start=report.sections.get(name="lines").version if name == "lines" else 0,
    ):
        save_money(report.pk, name, {box: text}, version=version, **who)
    quarter.sign_in(client, "finance officer")
    address = f"/testshire/money/2018-19-m02/1/{name}/saves/"
    page = words_of(client.get(address).content.decode())
    assert label in page
    assert "1.000 → 2.000" in page
    section = report.sections.get(name=name)
    restore(client, f"{address}{section.version - 1}/")
    section.refresh_from_db()
    assert section.typed == {box: "1.000"}
    assert f'href="{address}"' in client.get(address.removesuffix("saves/")).content.decode()
    MonitoringReport.objects.filter(pk=report.pk).update(status="submitted")
    page = words_of(client.get(address).content.decode())
    assert "This report is submitted. Withdraw it to change it." in page
    assert client.get("/testshire/money/2018-19-m02/1/other/saves/").status_code == 404


def test_a_correction_begins_with_what_the_version_before_says(client, quarter):
    make_areas(quarter.council)
    published(quarter.council, quarter.people["finance officer"])
    report = MonitoringReport.objects.get(council=quarter.council)
    fresh = correct(report, why="Wrong.", **quarter.by("finance officer"))
    (save,) = fresh.sections.get(name="lines").saves.all()
    assert (save.version, save.how) == (1, How.BEGUN)
    assert save.typed == fresh.sections.get(name="lines").typed
    assert save.typed["older-budget"] == LINES["older-budget"]


# A subject that nobody has yet.


class Plan(DraftSection):
    report = models.ForeignKey(Report, models.CASCADE, related_name="+")
    name = models.CharField(max_length=10)

    class Meta:
        app_label = "made_up"


class PlanSave(DraftSave):
    section = models.ForeignKey(Plan, models.PROTECT, related_name="saves")

    class Meta(DraftSave.Meta):
        app_label = "made_up"


def test_a_made_up_subject_has_the_same_history_and_pages(client, quarter):
    with connection.schema_editor() as editor:
        editor.create_model(Plan)
        editor.create_model(PlanSave)
    for trigger in PlanSave._meta.triggers:
        trigger.install(PlanSave)
    plan = Plan.objects.create(report=quarter.report, name="aims")
    who = quarter.by("commissioner")

    def save(boxes, **given):
        def locked():
            return Plan.objects.select_for_update().get(pk=plan.pk)

        given.pop("access")
        return save_boxes(locked, boxes, **given)

    for version, text in enumerate(("Our aim.", "Our other aim.")):
        save({"aim": text}, version=version, **who)

    def make():
        return KeptSection(
            section=Plan.objects.get(pk=plan.pk),
            title="Aims",
            subject="Plan",
            steps=[("/testshire/", "Plans")],
            address="/testshire/plan/saves/",
            menu="returns",
            council=quarter.council,
            access=who["access"],
            labels={"aim": "What we aim at"},
            in_words=lambda field, text: text,
            may_write=True,
            why_not="",
            save=save,
        )

    quarter.sign_in(client, "commissioner")
    request = client.get(saves_of(quarter)).wsgi_request
    assert "What we aim at Our other aim." in words_of(show_list(request, make()).content.decode())
    (form,) = forms_of(show_one(request, make, 1), "/testshire/plan/saves/1/")
    post = RequestFactory().post(form.action, form.sent)
    post.user, post.session, post._messages = request.user, request.session, request._messages
    with pytest.raises(PermissionDenied):
        show_one(post, lambda: replace(make(), may_write=False), 1)
    assert show_one(post, make, 1).status_code == 302
    plan.refresh_from_db()
    assert (plan.typed, plan.version) == ({"aim": "Our aim."}, 3)
    (restored, *_) = plan.saves.all()
    assert (restored.how, restored.restored_from) == (How.RESTORED, 1)
    with pytest.raises(InternalError), transaction.atomic():
        restored.delete()
