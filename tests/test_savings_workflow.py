"""Every action on a change request by every role, options that become savings, and duplicates."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, InternalError, transaction

from finance.models import ChangeRequest, OptionForChange, Saving, SavingReference, SavingsPaper
from finance.savings.duplicates import alike, same_saving, similar_savings, split_references
from finance.savings.editions import freeze_paper
from finance.savings.paper_transitions import PAPERS, taking_in
from finance.savings.transitions import CHANGES, OPTIONS
from projects.models import Council
from publishing.workflow import NotNow
from tests.savings import make_savings, paper_to_come
from tests.text import read

pytestmark = pytest.mark.django_db
STATES = ["draft", "requested", "agreed", "refused", "withdrawn"]
PROPOSERS = {"commissioner", "finance officer"}
DECIDERS = {"performance officer", "finance officer"}
# action: (who may, from which states, to which)
EXPECTED = {
    "request": (PROPOSERS, {"draft"}, "requested"),
    "agree": (DECIDERS, {"requested"}, "agreed"),
    "refuse": (DECIDERS, {"requested"}, "refused"),
    "withdraw": (PROPOSERS, {"draft", "requested"}, "withdrawn"),
}
ROLES = [
    *("commissioner", "performance officer", "finance officer", "committee member"),
    *("administrator", "outsider"),
]


@pytest.fixture
def savings(quarter):
    make_savings(quarter)
    return quarter


def reprofile(quarter, **fields):
    saving = Saving.objects.get(council=quarter.council, slug="project")
    last = ChangeRequest.objects.filter(council=quarter.council).last()
    given = {"kind": "re-profiling", "title": "Moved", "reason": "Slower.", "saving": saving}
    given |= {"amount": 600, "from_year": 2018, "to_year": 2019, "status": "requested"}
    return ChangeRequest.objects.create(
        council=quarter.council, number=last.number + 1, **given | fields
    )


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", EXPECTED)
def test_each_action_by_each_role_from_each_state(savings, action, state):
    who, sources, target = EXPECTED[action]
    for role in ROLES:
        change = reprofile(savings, status=state)

        def act(change=change, role=role):
            with transaction.atomic():
                return CHANGES.transition(action, change.pk, comment="Because.", **savings.by(role))

        if role not in who:
            with pytest.raises(PermissionDenied):
                act()
        elif state not in sources:
            with pytest.raises(NotNow, match=r"This change is (already )?.*\."):
                act()
        else:
            assert act().record.status == target
            savings.council.savings.get(slug="project").years.filter(year=2018).update(target=1000)
            continue
        change.refresh_from_db()
        assert change.status == state


def test_who_asked_cannot_decide_whatever_their_roles(savings):
    change = reprofile(savings, status="draft")
    CHANGES.transition("request", change.pk, **savings.by("finance officer"))
    for action in ("agree", "refuse"):
        with pytest.raises(PermissionDenied):
            CHANGES.transition(action, change.pk, comment="Yes.", **savings.by("finance officer"))
    agreed = CHANGES.transition("agree", change.pk, **savings.by("performance officer")).record
    assert agreed.requested_by == savings.people["finance officer"]
    assert agreed.decided_by == savings.people["performance officer"]
    assert agreed.requested_at < agreed.decided_at


def test_a_commissioner_asks_for_their_own_projects_only(savings):
    change = reprofile(savings, status="draft")
    savings.people["commissioner"].assignments.all().delete()
    with pytest.raises(PermissionDenied):
        CHANGES.transition("request", change.pk, **savings.by("commissioner"))


def test_a_refusal_needs_words(savings):
    change = reprofile(savings)
    with pytest.raises(NotNow, match="Say why"):
        CHANGES.transition("refuse", change.pk, comment="  ", **savings.by("performance officer"))


def test_words_typed_beside_a_withdrawal_stay_with_the_change(savings, client):
    change = reprofile(savings)
    CHANGES.transition(
        "withdraw", change.pk, comment=" Asked for too early. ", **savings.by("commissioner")
    )
    change.refresh_from_db()
    assert change.decided_why == "Asked for too early."
    client.force_login(savings.people["commissioner"])
    assert "Asked for too early." in read(client, f"/testshire/savings/changes/{change.number}/")


def test_agreeing_moves_the_targets_and_keeps_the_old_profile(savings):
    by = savings.by("performance officer")
    change = CHANGES.transition("agree", reprofile(savings).pk, **by).record
    years = Saving.objects.get(council=savings.council, slug="project").years
    targets = dict(years.values_list("year", "target"))
    assert targets == {2018: 400, 2019: 2600}
    assert change.before == {"2018": "1000.00", "2019": "2000.00"}
    assert {int(year): Decimal(amount) for year, amount in change.after.items()} == targets


def test_no_more_is_moved_than_there_is(savings):
    change = reprofile(savings, amount=1001)
    with pytest.raises(NotNow, match="More would be moved than the year's target"):
        CHANGES.transition("agree", change.pk, **savings.by("performance officer"))
    change.refresh_from_db()
    assert change.status == "requested"


def test_an_extension_of_one_year_adds_to_its_target(savings):
    change = reprofile(savings, kind="extension", from_year=2020, to_year=2020, amount=300)
    CHANGES.transition("agree", change.pk, **savings.by("performance officer"))
    saving = Saving.objects.get(council=savings.council, slug="project")
    assert saving.years.get(year=2020).target == 300


@pytest.mark.parametrize("changes", [{"reason": "Other."}, {"status": "draft"}, {"amount": 1}])
def test_an_agreed_change_never_changes(savings, changes):
    by = savings.by("performance officer")
    change = CHANGES.transition("agree", reprofile(savings).pk, **by).record
    row = ChangeRequest.objects.filter(pk=change.pk)
    with pytest.raises(InternalError), transaction.atomic():
        row.update(**changes)
    with pytest.raises(InternalError), transaction.atomic():
        row._raw_delete("default")
    # Only the paper that first reports it may be written down, once.
    paper = savings.council.savings_papers.get()
    row.update(paper=paper)
    with pytest.raises(InternalError), transaction.atomic():
        row.update(paper=None)


def test_history_keeps_every_change_of_a_row(savings):
    change = reprofile(savings)
    CHANGES.transition("agree", change.pk, **savings.by("performance officer"))
    events = ChangeRequest.pgh_event_model.objects.filter(pgh_obj_id=change.pk)
    assert [event.pgh_label for event in events] == ["insert", "update"]


@pytest.fixture
def option(savings):
    option = OptionForChange.objects.get(council=savings.council)
    option.written_by = savings.people["commissioner"]
    option.signed_by, option.signed_when = "Chief Officer", "November 2018"
    option.save()
    return option


def test_an_agreed_option_is_a_saving_in_one_unit(savings, option):
    OPTIONS.transition("put forward", option.pk, **savings.by("commissioner"))
    agreed = OPTIONS.transition("agree", option.pk, **savings.by("performance officer")).record
    saving = agreed.saving
    assert (agreed.status, saving.title, str(saving.references.get())) == (
        "agreed",
        "Do less",
        "T2",
    )
    assert dict(saving.years.values_list("year", "target")) == {2019: 500}
    assert saving.project == option.project


def test_an_option_that_is_a_saving_already_is_not_counted_twice(savings, option):
    OPTIONS.transition("put forward", option.pk, **savings.by("commissioner"))
    SavingReference.objects.filter(council=savings.council).update(reference="T 2")
    with pytest.raises(NotNow, match="would count it twice"):
        OPTIONS.transition("agree", option.pk, **savings.by("performance officer"))
    option.refresh_from_db()
    assert (option.status, option.saving) == ("put forward", None)


def test_an_option_by_role_and_state(savings, option):
    with pytest.raises(NotNow, match="only be done to one that is put forward"):
        OPTIONS.transition("agree", option.pk, comment="Yes.", **savings.by("performance officer"))
    for role in ("performance officer", "committee member", "administrator", "outsider"):
        with pytest.raises(PermissionDenied):
            OPTIONS.transition("put forward", option.pk, **savings.by(role))
    OptionForChange.objects.filter(pk=option.pk).update(signed_by="")
    with pytest.raises(NotNow, match="who signed"):
        OPTIONS.transition("put forward", option.pk, **savings.by("commissioner"))
    OptionForChange.objects.filter(pk=option.pk).update(signed_by="Chief Officer")
    OPTIONS.transition("put forward", option.pk, **savings.by("commissioner"))
    with pytest.raises(NotNow, match="already put forward"):
        OPTIONS.transition("put forward", option.pk, **savings.by("commissioner"))
    for role in ("commissioner", "committee member", "administrator", "outsider"):
        with pytest.raises(PermissionDenied):
            OPTIONS.transition("agree", option.pk, comment="Yes.", **savings.by(role))
    with pytest.raises(NotNow, match="Say why"):
        OPTIONS.transition("refuse", option.pk, **savings.by("finance officer"))
    refused = OPTIONS.transition(
        "refuse", option.pk, comment="No.", **savings.by("finance officer")
    ).record
    assert (refused.status, refused.saving) == ("refused", None)


def test_who_wrote_an_option_cannot_decide_on_it(savings, option):
    OPTIONS.transition("put forward", option.pk, **savings.by("commissioner"))
    savings.people["commissioner"].memberships.create(
        council=savings.council, role="performance officer"
    )
    with pytest.raises(PermissionDenied):
        OPTIONS.transition("agree", option.pk, **savings.by("commissioner"))


def test_one_saving_cannot_be_there_twice(savings):
    council = savings.council
    assert same_saving(council, " reviews ", []).slug == "project"
    assert same_saving(council, "Other", ["t-1"]).slug == "project"
    assert same_saving(council, "Other", ["T3"]) is None
    again = Saving(council=council, slug="again", title="REVIEWS!")
    with pytest.raises(ValidationError, match="counted twice"):
        again.full_clean()
    with pytest.raises(IntegrityError, match="saving_title_unique"), transaction.atomic():
        again.save()
    other = Saving.objects.create(council=council, slug="other", title="Something else")
    with pytest.raises(IntegrityError, match="saving_reference_unique"), transaction.atomic():
        SavingReference.objects.create(council=council, saving=other, reference="T-1")


def test_titles_that_are_alike_are_warned_of_and_a_programmes_titles_are_not():
    assert alike("Review of external contracts", "Reviews of external contract")
    titles = [saving.title for saving in Saving.objects.filter(council__slug="norfolk")]
    pairs = [(a, b) for a in titles for b in titles if a < b and alike(a, b)]
    assert pairs == []


def test_similar_savings_of_the_council_only(savings):
    assert [str(one) for one in similar_savings(savings.council, "Review")] == ["Reviews"]
    assert similar_savings(savings.council, "Transport") == []


@pytest.mark.parametrize(
    ("typed", "references"),
    [
        ("COM040 and ASC003", ["COM040", "ASC003"]),
        ("COM040, ASC003; COM040", ["COM040", "ASC003"]),
        ("  ", []),
        ("ANDOVER1", ["ANDOVER1"]),
        ("ASC 007", ["ASC 007"]),
        ("ASC 007 and COM 040 C04", ["ASC 007", "COM 040", "C04"]),
        ("ASC and 007", ["ASC", "007"]),
    ],
)
def test_references_typed_in_one_box(typed, references):
    assert split_references(typed) == references


def test_publishing_takes_drafts_in_and_leaves_what_is_unfinished(savings):
    draft = Saving.objects.create(council=savings.council, slug="new", title="New one")
    waiting = reprofile(savings)
    unfinished = reprofile(savings, status="draft")
    paper = paper_to_come(savings.council)
    for role in ("commissioner", "performance officer", "administrator"):
        with pytest.raises(PermissionDenied):
            PAPERS.transition("publish", paper, **savings.by(role))
    PAPERS.transition("publish", paper, **savings.by("finance officer"))
    edition = paper.editions.get()
    assert (edition.number, edition.publication.by) == (1, savings.people["finance officer"])
    draft.refresh_from_db()
    assert draft.paper == paper
    numbers = [change["number"] for change in edition.content["changes"]]
    assert waiting.number in numbers
    assert unfinished.number not in numbers


def test_a_paper_is_published_once_and_by_nobody_of_another_council(savings):
    paper = paper_to_come(savings.council)
    who = savings.by("finance officer")
    PAPERS.transition("publish", paper, **who)
    with pytest.raises(NotNow, match="already published"):
        PAPERS.transition("publish", paper.pk, **who)
    other = paper_to_come(Council.objects.get(slug="norfolk"))
    with pytest.raises(PermissionDenied):
        PAPERS.transition("publish", other, **who)
    assert not SavingsPaper.objects.filter(council__slug="norfolk", slug="next").exists()


def test_only_the_latest_paper_is_corrected_with_a_reason_and_only_where_it_would_say_more(savings):
    first, who = savings.council.savings_papers.get(), savings.by("finance officer")

    def correct(paper, comment="A figure was wrong."):
        before = taking_in(frozenset())
        return PAPERS.transition("correct", paper.pk, comment=comment, before=before, **who)

    with pytest.raises(NotNow, match="nothing to correct"):
        correct(first)
    Saving.objects.filter(council=savings.council).update(title="Other words")
    with pytest.raises(NotNow, match="Say why"):
        correct(first, comment=" ")
    assert [rule.action for rule in PAPERS.actions_for(first, **who)] == ["correct"]
    correct(first)
    assert first.editions.latest("number").content["why"] == "A figure was wrong."
    PAPERS.transition("publish", paper_to_come(savings.council), **who)
    with pytest.raises(NotNow, match="A later paper is published"):
        correct(first)
    assert PAPERS.actions_for(first, **who) == []
    assert first.editions.count() == 2


def test_a_published_edition_keeps_what_it_said(savings):
    paper = savings.council.savings_papers.get()
    before = paper.editions.get().content
    Saving.objects.filter(council=savings.council).update(title="Other words")
    assert paper.editions.get().content == before
    assert freeze_paper(paper).content != before
