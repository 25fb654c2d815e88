"""No word of a block is thrown away silently: it is understood, or asked about, or said."""

from itertools import product

import pytest

from bcfportal.lib.pasting.names import fold
from projects.models import Council
from tests.foreign_words import BASES, FOREIGN, HARMLESS, POSITIONS, POSITIONS_OF_HARMLESS
from tests.pasted import proposing

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposals(westshire):
    return proposing(Council.objects.get(slug="westshire"))


def is_placed(proposal):
    return bool(proposal.changes) and not proposal.questions


def is_named(proposal, word):
    said = [question.sentence for question in proposal.questions]
    heads = [place.head for place in proposal.columns]
    return any(fold(word) in fold(text) for text in (*said, *proposal.left_out, *heads))


@pytest.mark.parametrize("screen", BASES)
def test_a_block_without_foreign_words_is_placed(proposals, screen):
    assert all(is_placed(proposals(screen, lines)) for lines in BASES[screen])


@pytest.mark.parametrize("screen", BASES)
def test_no_figure_is_placed_beside_words_that_say_something_else(proposals, screen):
    wrong, silent = [], []
    for lines, position, word in product(BASES[screen], POSITIONS, FOREIGN):
        block = POSITIONS[position](lines, word)
        proposal = proposals(screen, block)
        if is_placed(proposal):
            wrong.append((word, position, [change.then for change in proposal.changes]))
        if not (proposal.questions or proposal.refused or is_named(proposal, word)):
            silent.append((word, position, proposal.left_out))
    assert not wrong, (len(wrong), wrong[:3])
    assert not silent, (len(silent), silent[:3])


@pytest.mark.parametrize("screen", BASES)
def test_words_that_say_nothing_of_the_figures_ask_nothing(proposals, screen):
    asked = []
    for lines, place, word in product(BASES[screen], POSITIONS_OF_HARMLESS, HARMLESS):
        proposal = proposals(screen, place(lines, word))
        if not is_placed(proposal):
            asked.append((word, place.__name__, proposal.questions, proposal.left_out))
    assert not asked, (len(asked), asked[:3])
