"""The page to edit what can no longer be changed says so first."""

import pytest

from tests.forms import forms_of
from tests.test_savings_entry import TEST, option_form, pressed
from tests.test_savings_entry import savings as savings
from tests.text import words_of

pytestmark = pytest.mark.django_db


def test_the_page_to_edit_an_option_that_is_put_forward_says_so_first_and_saves_nothing(
    client, savings
):
    savings.sign_in(client, "commissioner")
    client.post(TEST + "options/add/", option_form(savings.project.pk))
    pressed(client, TEST + "options/decide/do-more/", {"action": "put forward"})
    page = client.get(TEST + "options/edit/do-more/")
    assert "This option is put forward, so it can no longer be changed." in words_of(page.text)
    assert [form for form in forms_of(page, TEST) if "title" in form.sent] == []
    main = page.text.split("<main")[1]
    assert "Save" not in main
