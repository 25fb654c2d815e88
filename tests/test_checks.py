"""Figures that disagree: found when looked at, accepted with a reason, open again when changed."""

import csv
import io

import pytest

from accounts.models import User
from accounts.roles import Role
from outcomes.models import OtherPrinting, Result
from programme.discrepancies import findings
from programme.models import DisagreementEvent
from projects.models import Council, Membership
from tests.month import LAST
from tests.text import read, words_of

pytestmark = pytest.mark.django_db
PAGE = "/testshire/checks/"


@pytest.fixture
def printed(month):
    """A result that is printed a second time with another value."""
    return OtherPrinting.objects.create(
        measure=month.measure(), period=LAST.key, value=77, words="77%", source="Page 2"
    )


@pytest.fixture
def norfolk_officer(db, client):
    user = User.objects.create(email="officer@example.org", post="Performance officer")
    Membership.objects.create(
        user=user, council=Council.objects.get(slug="norfolk"), role=Role.PERFORMANCE_OFFICER
    )
    client.force_login(user)
    return user


def test_what_norfolk_s_paper_prints_twice_is_listed(norfolk_officer, client):
    words = read(client, "/norfolk/checks/")
    assert "3.3%" in words
    assert "3.4% for 2016/17 (ASCOF 1E)" in words
    assert "10,269 of 12,951 makes 79.29%" in words


def test_a_disagreement_is_accepted_with_a_reason(month, printed, client):
    month.sign_in(client, "performance officer")
    (found,) = findings(month.council)
    typed = {"key": found.disagreement.key, "figures": found.figures, "action": "accepted"}
    refused = client.post(PAGE, typed | {"reason": " "})
    assert refused.status_code == 409
    assert "Say why the disagreement is accepted." in words_of(refused.content.decode())
    client.post(PAGE, typed | {"reason": "A slip of the paper."})
    words = read(client, PAGE)
    assert "None is open, 1 is accepted" in words
    assert "A slip of the paper. Performance officer" in words
    again = client.post(PAGE, typed | {"reason": "Again."})
    assert "already been accepted" in words_of(again.content.decode())
    assert DisagreementEvent.objects.count() == 1


def test_it_opens_again_when_a_figure_changes_and_goes_when_it_is_corrected(month, printed, client):
    month.sign_in(client, "performance officer")
    (found,) = findings(month.council)
    typed = {"key": found.disagreement.key, "figures": found.figures, "reason": "So."}
    typed |= {"action": "accepted"}
    client.post(PAGE, typed)
    Result.objects.filter(measure=month.measure(), period=LAST.key).update(value=80)
    (changed,) = findings(month.council)
    assert changed.accepted is None
    stale = client.post(PAGE, typed)
    assert "one of its figures has changed" in words_of(stale.content.decode())
    Result.objects.filter(measure=month.measure(), period=LAST.key).update(value=77)
    assert findings(month.council) == []


def test_who_may_not_accept_is_refused(month, printed, client):
    month.sign_in(client, "commissioner")
    assert client.get(PAGE).status_code == 403
    assert client.post(PAGE, {"key": "x"}).status_code == 403
    assert not DisagreementEvent.objects.exists()


def test_the_csv_has_both_places_and_their_sources(month, printed, client):
    month.sign_in(client, "finance officer")
    body = client.get(f"{PAGE}checks.csv").content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(body))
    assert (line["first"], line["second"], line["second_source"]) == ("88%", "77%", "Page 2")


def test_looking_takes_the_same_queries_for_any_number(
    month, client, django_assert_max_num_queries
):
    measure = month.measure()
    OtherPrinting.objects.bulk_create(
        OtherPrinting(measure=measure, period=LAST.key, order=n, value=n, words=f"{n}%")
        for n in range(1, 60)
    )
    with django_assert_max_num_queries(42):
        assert len(findings(month.council)) == 59


def test_what_was_accepted_is_opened_again_with_a_reason_and_accepted_anew(month, printed, client):
    month.sign_in(client, "performance officer")
    (found,) = findings(month.council)
    typed = {"key": found.disagreement.key, "figures": found.figures}
    opened = typed | {"action": "opened again", "reason": "The paper was right."}
    assert "is open already" in words_of(client.post(PAGE, opened).content.decode())
    client.post(PAGE, typed | {"action": "accepted", "reason": "A slip."})
    refused = client.post(PAGE, opened | {"reason": " "})
    assert refused.status_code == 409
    assert "Say why it is opened again." in words_of(refused.content.decode())
    client.post(PAGE, opened)
    assert "1 is open." in read(client, PAGE)
    assert findings(month.council)[0].accepted is None
    client.post(PAGE, typed | {"action": "accepted", "reason": "A slip after all."})
    assert findings(month.council)[0].accepted.reason == "A slip after all."
    assert DisagreementEvent.objects.count() == 3


def test_a_disagreement_is_given_to_somebody_who_sees_that_it_is_theirs(month, printed, client):
    month.sign_in(client, "performance officer")
    (found,) = findings(month.council)
    typed = {"key": found.disagreement.key, "figures": found.figures, "action": "given"}
    refused = client.post(PAGE, typed)
    assert refused.status_code == 409
    assert "Choose who puts it right." in words_of(refused.content.decode())
    outsider, finance = month.people["outsider"], month.people["finance officer"]
    assert client.post(PAGE, typed | {"to": outsider.pk}).status_code == 409
    assert client.post(PAGE, typed | {"to": "x"}).status_code == 409
    client.post(PAGE, typed | {"to": finance.pk})
    assert "Given to Finance officer by Performance officer" in read(client, PAGE)
    assert "Yours" not in read(client, PAGE)
    month.sign_in(client, "finance officer")
    assert "Yours Given to Finance officer" in read(client, PAGE)
    # Figures that change are still theirs.
    Result.objects.filter(measure=month.measure(), period=LAST.key).update(value=80)
    assert "Yours Given to Finance officer" in read(client, PAGE)
    body = client.get(f"{PAGE}checks.csv").content.decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(body))
    assert line["given_to"] == "Finance officer"


def test_what_is_accepted_is_given_to_nobody(month, printed, client):
    month.sign_in(client, "performance officer")
    (found,) = findings(month.council)
    typed = {"key": found.disagreement.key, "figures": found.figures}
    client.post(PAGE, typed | {"action": "accepted", "reason": "A slip."})
    given = typed | {"action": "given", "to": month.people["finance officer"].pk}
    assert "Open it again before" in words_of(client.post(PAGE, given).content.decode())
    assert client.post(PAGE, typed | {"reason": "Again."}).status_code == 409
