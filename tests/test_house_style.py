"""The gallery of components: complete, well-formed, and only where it should be."""

import ast
import re
from itertools import pairwise

import pytest

from demonstration.house_style.examples import COMPONENTS
from tests.test_templates import LITERAL, of_the_portal, templates

pytestmark = pytest.mark.django_db
ADDRESSES = ("/house-style/", "/house-style/frame/")


def tags_that_show_a_template():
    """(tag, template) of every inclusion tag, and of every tag round some text."""
    for path in of_the_portal():
        for node in ast.walk(ast.parse(path.read_text())):
            for made in getattr(node, "decorator_list", ()):
                if isinstance(made, ast.Call) and ast.unparse(made.func).endswith("inclusion_tag"):
                    yield node.name, ast.literal_eval(made.args[0])
                elif ast.unparse(made).endswith("simple_block_tag"):
                    yield node.name, *LITERAL.findall(ast.unparse(node))[0][1:]


def test_every_component_and_every_tag_that_shows_one_is_in_the_gallery():
    parts = {
        name
        for name, text in templates().items()
        if name.startswith(("components/", "publishing/")) and "{% extends" not in text
    }
    assert parts - {each.template for each in COMPONENTS} == set()
    shown = {(each.tag, each.template) for each in COMPONENTS if each.tag}
    assert set(tags_that_show_a_template()) == shown


def test_every_component_says_its_parameters_and_has_an_example(client):
    frame = {each.name for each in client.get("/house-style/frame/").templates}
    for each in COMPONENTS:
        assert each.says.endswith("."), each.name
        assert each.parameters not in ("", each.says), each.name
        assert each.examples or (each.in_frame and each.template in frame), each.name


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_gallery_is_a_page_like_others(client, address):
    page = client.get(address).content.decode()
    assert len(re.findall(r"<h1\b", page)) == 1
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    levels = [int(level) for level in re.findall(r"<h([1-6])\b", page)]
    assert all(after - before <= 1 for before, after in pairwise(levels)), levels
    assert {found for found in re.findall(r'href="#([^"]+)"', page) if found not in ids} == set()


@pytest.mark.parametrize("address", ADDRESSES)
def test_outside_a_demonstration_there_is_no_gallery(client, settings, address):
    settings.DEMONSTRATION = False
    assert client.get(address).status_code == 404
