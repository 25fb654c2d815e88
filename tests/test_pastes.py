"""Blocks as people copy them, pasted into the screens: each figure in its own box or a question.

Each file of tests/pastes/ has the block, the screen, and either the boxes that it fills ("cells")
or the questions that it leads to ("asks"), with answers and the boxes that they fill; where it
matters, what is left out ("left_out"), what columns are taken for, by number ("columns"), and why
("why").
"""

import json
from pathlib import Path

import pytest

from tests.pasted import open_screen, pasted, press

pytestmark = pytest.mark.django_db
FOLDER = Path(__file__).parent / "pastes"
PASTES = {path.stem: json.loads(path.read_text()) for path in sorted(FOLDER.glob("*.json"))}


@pytest.mark.parametrize("name", PASTES)
def test_a_pasted_figure_goes_to_its_own_box_or_is_asked_about(client, name, westshire):
    paste = PASTES[name]
    address, typed, field = open_screen(client, paste["screen"])
    before = typed()
    response = pasted(client, address, "\r\n".join(paste["block"]))
    assert response.status_code == 200
    proposal = response.context["proposal"]
    assert typed() == before, "nothing is kept before it was seen"
    if refused := paste.get("refused"):
        assert refused in proposal.refused
        assert proposal.changes == []
        return
    assert not proposal.refused
    assert [each.field for each in proposal.questions] == paste.get("asks", [])
    if "asks" in paste:
        unanswered = press(client, address, response.content.decode(), "sure")
        assert unanswered.status_code == 200
        assert typed() == before, "what is asked about is not placed"
        response = press(
            client, address, response.content.decode(), "again", **paste.get("answers", {})
        )
        proposal = response.context["proposal"]
        assert proposal.questions == []
    for words in paste.get("left_out", []):
        assert any(words in sentence for sentence in proposal.left_out), proposal.left_out
    for words in paste.get("why", []):
        whys = [column.meaning.why for column in proposal.columns]
        assert any(words in why for why in whys), whys
    taken_for = {str(each.number + 1): each.meaning.choice for each in proposal.columns}
    assert taken_for.items() >= paste.get("columns", {}).items()
    assert no_column_is_absent(paste["block"], proposal)
    if paste["cells"]:
        done = press(client, address, response.content.decode(), "sure")
        assert done.status_code == 302, (proposal.changes, done.context["proposal"])
        assert done.status_code == 302
    assert typed() == before | {field(place): text for place, text in paste["cells"].items()}


def no_column_is_absent(block, proposal):
    """Whether the preview has each column that has words or figures right of the first."""
    if proposal.is_across:
        return True
    lines = [line.split("\t") for line in block if len(line.split("\t")) > 2]
    filled = {
        column + 1 for line in lines[1:] for column, cell in enumerate(line) if column and cell
    }
    said = {each.number + 1 for each in proposal.columns}
    said |= {int(sentence.split()[1].strip(",")) for sentence in proposal.also_read}
    return filled <= said


def test_there_are_forty_blocks_and_thirty_need_no_question():
    assert len(PASTES) >= 40
    clear = [each for each in PASTES.values() if "asks" not in each and "refused" not in each]
    assert len(clear) >= 30
