"""What a page that is open carries of what it showed, as a browser sends it back."""

from django.test import Client

from tests.forms import forms_of


def seen_on(client: Client, page: str, action: str = "") -> dict[str, str]:
    """The fields that say what was read, of the first form posted to ``action``, or to the page.

    Nothing where the person cannot open the page or it has no such form.
    """
    response = client.get(page, follow=True)
    if response.status_code != 200:
        return {}
    for form in forms_of(response, page):
        fields = {name: texts[0] for name, texts in form.sent.items() if name.startswith("seen")}
        if fields and form.action.partition("?")[0] == (action or page).partition("?")[0]:
            return fields
    return {}
