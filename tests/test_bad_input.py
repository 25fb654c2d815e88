"""Bad input gets a clear page, never a trace."""

import pytest

pytestmark = pytest.mark.django_db

NOT_THERE = [
    "/nowhere/",
    "/nowhere/projects/",
    "/nottinghamshire/projects/nothing/",
    "/nottinghamshire/projects/nothing.pdf",
    "/nottinghamshire/conditions/0/",
    "/nottinghamshire/conditions/99999999999999999999999999/",
    "/nottinghamshire/data/nothing.csv",
    "/nottinghamshire/?period=2031-32-q1",
    "/nottinghamshire/?period=%00",
    "/nottinghamshire/?period=" + "x" * 5000,
    "/nottinghamshire/projects/?period=1' OR 1=1--",
    "/nottinghamshire/theme-ff0000.css",
    "/nottinghamshire/theme-%3C.css",
    "/..%2f..%2fetc/passwd",
    "/%ff%fe/",
]


@pytest.mark.parametrize("address", NOT_THERE)
def test_what_is_not_there_is_a_clear_page(client, address):
    response = client.get(address)
    assert response.status_code == 404
    page = response.content.decode()
    assert "Page not found" in page
    assert "Traceback" not in page


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("condition=9", "Choose a grant condition from the list."),
        ("condition=x", "Choose a grant condition from the list."),
        ("fund=%27", "Choose a fund from the list."),
        ("rating=purple", "Choose a rating from the list."),
        ("search=" + "x" * 201, "Search for at most 200 characters."),
        ("search=%00", "Null characters are not allowed."),
    ],
)
def test_a_choice_that_is_not_offered_says_so_and_loses_nothing(client, query, sentence):
    response = client.get(f"/nottinghamshire/projects/?{query}")
    page = response.content.decode()
    assert response.status_code == 200
    assert page.count(sentence) == 2
    assert "There is a problem" in page
    assert "<title>Error: " in page
    assert len(response.context["sheets"]) == 29


@pytest.mark.parametrize(
    "search", ["'", '"', "a & | ! <-> :*", "((", "\\", "%", "χ", "💷", "\ue000x\ue001", "-", "or"]
)
def test_any_search_is_safe(client, search):
    assert client.get("/nottinghamshire/projects/", {"search": search}).status_code == 200


@pytest.mark.parametrize("query", ["search=%ff%fe", "view=%ff", "period=&period=", "page=9" * 50])
def test_broken_encodings_and_stray_parameters_do_no_harm(client, query):
    assert client.get(f"/nottinghamshire/projects/?{query}").status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
def test_reading_pages_take_no_writes(client, method):
    for address in ("/", "/nottinghamshire/", "/nottinghamshire/projects/", "/health/"):
        assert getattr(client, method)(address).status_code == 405


def test_head_answers_as_get_does(client):
    assert client.head("/nottinghamshire/").status_code == 200
