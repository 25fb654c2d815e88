"""The pages of a section's earlier saves: every save of it in words, and restored."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bcfportal.lib import clock
from publishing.earlier_saves import ON_PAGE
from publishing.history import How
from returns.actions import draft_of, fill_from_last_time, save_section, submit
from returns.transitions import RETURNS
from tests.forms import forms_of
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


# The list.


def test_each_save_is_listed_with_day_time_post_and_what_it_changed(client, quarter):
    typed(quarter, "We saw 41 people.")
    typed(quarter, "We saw 46 people.", minutes=61)
    quarter.sign_in(client, "commissioner")
    latest, first = items(client.get(saves_of(quarter)).content.decode())
    assert "Version 2 Stands now" in latest
    assert "Saved, Commissioner, 15 October 2018, 10:03" in latest
    assert "Performance in full We saw 41 → 46 people." in latest
    assert "Restore this" not in latest
    assert "Version 1" in first
    assert "15 October 2018, 09:02" in first
    assert "Restore this version 1" in first


def test_boxes_that_the_page_no_longer_has_are_told_without_the_names_of_their_fields(
    client, quarter
):
    typed(quarter, "We saw 41 people.")
    section = quarter.report.sections.get(name=PERFORMANCE)
    gone = {"m356-none": "Not due", "m357-none": "Nil"}
    section.saves.create(
        version=2, typed=section.typed | gone, by=section.saved_by, at=NINE, how=How.SAVED
    )
    quarter.sign_in(client, "commissioner")
    page = words_of(client.get(f"{saves_of(quarter)}2/").content.decode())
    assert page.count("A box that is no longer on the page") >= 2
    assert "Not due" in page
    assert "m356" not in page


def test_the_page_of_a_section_leads_to_its_earlier_saves(client, quarter):
    quarter.sign_in(client, "commissioner")
    page = client.get(quarter.address("section", PERFORMANCE)).content.decode()
    assert f'href="{saves_of(quarter)}"' in page
    empty = words_of(client.get(saves_of(quarter)).content.decode())
    assert "Nothing was saved in this section yet." in empty


def test_a_long_history_is_shown_in_pages_and_asks_the_database_the_same(client, quarter):
    quarter.sign_in(client, "commissioner")

    def asked(address):
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(address).content.decode()
        return len(queries), page

    for number in range(3):
        typed(quarter, f"Said the {number}th time.")
    few, _ = asked(saves_of(quarter))
    for number in range(3, 2 * ON_PAGE + 5):
        typed(quarter, f"Said the {number}th time.")
    many, page = asked(saves_of(quarter))
    assert many == few
    assert len(items(page)) == ON_PAGE
    assert "Page 1 of 3" in words_of(page)
    _, last = asked(f"{saves_of(quarter)}?page=2")
    # The last of a page is compared with the first of the next.
    assert "Said the 4th → 5th time." in words_of(last)
    _, last = asked(f"{saves_of(quarter)}?page=3")
    assert len(items(last)) == 5


def test_choices_and_ticks_are_listed_in_words(client, quarter):
    section = {"rating": "green", "forecast_rating": "red", "action_due": "2018-12-31"}
    save_section(quarter.report.pk, "rating", section, version=0, **quarter.by("commissioner"))
    spend = {"spend_to_date": "5", "spend_to_date_right": "yes: 5"}
    save_section(quarter.report.pk, "spend", spend, version=0, **quarter.by("commissioner"))
    quarter.sign_in(client, "commissioner")
    rating = words_of(client.get(quarter.address("saves", "rating")).content.decode())
    assert "Rating now Green" in rating
    assert "By when 31 December 2018" in rating
    spend = words_of(client.get(quarter.address("saves", "spend")).content.decode())
    assert "Spent to date this year: this is right ticked, of 5" in spend


def test_what_was_filled_from_last_time_says_so(quarter, monkeypatch):
    carried = {PERFORMANCE: {PERFORMANCE: "As last time."}}
    draft = draft_of(quarter.report)
    monkeypatch.setattr(type(draft), "carried", lambda self: carried)
    fill_from_last_time(draft, **quarter.by("commissioner"))
    assert kept(quarter) == [(1, How.FILLED, "As last time.")]


# Restoring.


def test_a_restored_save_is_a_new_save_that_can_be_undone(client, quarter):
    typed(quarter, "The first text.")
    typed(quarter, "Short.", box="summary_performance")
    typed(quarter, "The second text.")
    quarter.sign_in(client, "commissioner")
    shown = words_of(client.get(saves_of(quarter, 1)).content.decode())
    assert "Restore version 1?" in shown
    assert "Performance in full The second first text." in shown
    assert "Short text for the summary Short." in shown
    assert restore(client, saves_of(quarter, 1)).url == saves_of(quarter)
    page = client.get(saves_of(quarter)).content.decode()
    assert "Performance is as it was in version 1." in words_of(page)
    assert "Version 4 Stands now Restored from version 1, Commissioner" in items(page)[0]
    section = quarter.report.sections.get(name=PERFORMANCE)
    assert section.typed == {PERFORMANCE: "The first text."}
    undo = next(
        form
        for form in forms_of(client.get(saves_of(quarter)), saves_of(quarter))
        if form.action == saves_of(quarter, 3)
    )
    client.post(undo.action, undo.sent)
    section.refresh_from_db()
    assert section.typed == {PERFORMANCE: "The second text.", "summary_performance": "Short."}
    assert section.version == 5
    assert [text for _, _, text in kept(quarter)][-2:] == ["The first text.", "The second text."]


def test_what_somebody_saved_meanwhile_is_told_and_nothing_is_restored_over_it(client, quarter):
    second_commissioner(quarter)
    typed(quarter, "The first text.")
    typed(quarter, "The second text.")
    quarter.sign_in(client, "commissioner")
    (form,) = forms_of(client.get(saves_of(quarter, 1)), saves_of(quarter, 1))
    typed(quarter, "Theirs.", by="finance officer")
    response = client.post(form.action, form.sent)
    assert response.status_code == 409
    shown = words_of(response.content.decode())
    assert "“Performance in full” was changed since you opened the page." in shown
    assert "Theirs." in shown
    assert quarter.report.sections.get(name=PERFORMANCE).typed == {PERFORMANCE: "Theirs."}
    (again,) = forms_of(response, saves_of(quarter, 1))
    client.post(again.action, again.sent)
    assert quarter.report.sections.get(name=PERFORMANCE).typed == {PERFORMANCE: "The first text."}


def test_a_page_that_does_not_say_what_was_read_restores_nothing(client, quarter):
    typed(quarter, "The first text.")
    typed(quarter, "The second text.")
    quarter.sign_in(client, "commissioner")
    assert client.post(saves_of(quarter, 1), {}).status_code == 409
    assert len(kept(quarter)) == 2


def test_restoring_what_stands_saves_nothing(client, quarter):
    typed(quarter, "The first text.")
    typed(quarter, "The second text.")
    quarter.sign_in(client, "commissioner")
    (form,) = forms_of(client.get(saves_of(quarter, 1)), saves_of(quarter, 1))
    client.post(saves_of(quarter, 2), form.sent)
    page = words_of(client.get(saves_of(quarter)).content.decode())
    assert "Performance is already as it was in version 2." in page
    assert len(kept(quarter)) == 2


def test_a_reader_of_the_draft_sees_the_list_and_restores_nothing(client, quarter):
    typed(quarter, "The first text.")
    typed(quarter, "The second text.")
    (form,) = forms_of(
        quarter.sign_in(client, "commissioner").get(saves_of(quarter, 1)), saves_of(quarter, 1)
    )
    quarter.sign_in(client, "performance officer")
    assert len(items(client.get(saves_of(quarter)).content.decode())) == 2
    page = client.get(saves_of(quarter, 1))
    assert "It can be restored by those who write this section." in words_of(page.content.decode())
    assert forms_of(page, saves_of(quarter, 1)) == []
    read = {"seen": form.sent["seen"]}
    assert client.post(saves_of(quarter, 1), read).status_code == 403
    quarter.sign_in(client, "outsider")
    assert client.get(saves_of(quarter)).status_code == 404
    assert len(kept(quarter)) == 2


def test_of_a_submitted_return_the_list_is_read_and_restoring_says_what_to_do(client, quarter):
    typed(quarter, "The first text.")
    quarter.fill()
    quarter.sign_in(client, "commissioner")
    (form,) = forms_of(client.get(saves_of(quarter, 1)), saves_of(quarter, 1))
    submit(quarter.report.pk, **quarter.by("commissioner"))
    told = "This return is submitted. Withdraw it, or ask for it to be sent back, to change it."
    for address in (saves_of(quarter), saves_of(quarter, 1)):
        assert told in words_of(client.get(address).content.decode())
    response = client.post(saves_of(quarter, 1), form.sent)
    assert response.status_code == 409
    assert told in words_of(response.content.decode())
    RETURNS.transition("withdraw", quarter.report.pk, **quarter.by("commissioner"))
    assert restore(client, saves_of(quarter, 1)).status_code == 302


def test_of_a_closed_period_nothing_is_restored(client, quarter):
    typed(quarter, "The first text.")
    typed(quarter, "The second text.")
    quarter.sign_in(client, "commissioner")
    (form,) = forms_of(client.get(saves_of(quarter, 1)), saves_of(quarter, 1))
    quarter.period.status = "closed"
    quarter.period.save()
    assert len(items(client.get(saves_of(quarter)).content.decode())) == 2
    assert client.post(saves_of(quarter, 1), form.sent).status_code == 409


def test_a_save_that_is_not_there_is_not_found(client, quarter):
    quarter.sign_in(client, "commissioner")
    assert client.get(saves_of(quarter, 1)).status_code == 404
    assert client.get(saves_of(quarter, "1" * 30)).status_code == 404


def test_who_restores_has_written_and_does_not_approve(client, quarter):
    second_commissioner(quarter)
    typed(quarter, "The first text.")
    typed(quarter, "The second text.")
    quarter.sign_in(client, "finance officer")
    restore(client, saves_of(quarter, 1))
    assert RETURNS.is_author(quarter.report, quarter.people["finance officer"])
