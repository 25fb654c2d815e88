"""What officers are offered on the board and on a review: what they may do, and nothing else."""

import pytest

from accounts.roles import Role
from projects.models import Project
from publishing.workflow import NotNow
from returns.transitions import RETURNS
from tests.forms import forms_of
from tests.text import words_of

pytestmark = pytest.mark.django_db
OFFICER = "performance officer"


def test_the_board_has_no_tick_box_for_a_return_that_the_officer_wrote(client, quarter):
    quarter.submitted()
    quarter.sign_in(client, OFFICER)
    page = client.get("/testshire/quarter/").text
    assert "Approve those ticked" in page
    assert 'name="project"' in page
    writer = quarter.people["commissioner"]
    writer.memberships.create(council=quarter.council, role=Role.PERFORMANCE_OFFICER)
    quarter.sign_in(client, "commissioner")
    page = client.get("/testshire/quarter/").text
    assert "Approve those ticked" not in page
    assert 'name="project"' not in page
    assert "so somebody else has to approve it." in words_of(page)


def test_what_is_described_only_is_not_reopened(client, quarter):
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    address = quarter.address("review")
    quarter.sign_in(client, OFFICER)
    forms = forms_of(client.get(address), address)
    assert "reopen" in [value for form in forms for _, value in form.buttons]
    Project.objects.filter(pk=quarter.project.pk).update(kind="described")
    answer = client.get(address)
    assert answer.status_code == 200
    assert "Why it is reopened" not in answer.text
    with pytest.raises(NotNow, match="is described only"):
        RETURNS.transition("reopen", quarter.report.pk, comment="A slip.", **quarter.by(OFFICER))
