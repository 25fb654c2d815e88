"""The engine on a made-up pack, of versions of three subjects."""

import pytest
from django.db import connection, models

from accounts.roles import Permission
from bcfportal.lib.versions import fingerprint
from projects.models import Council
from publishing.freezing import freeze, make_public
from publishing.models import Version
from publishing.steps import Transition
from publishing.withdrawal import ask_to_withdraw
from publishing.workflow import NotNow, Workflow
from returns.transitions import RETURNS
from tests.registers import make_register
from tests.savings import make_savings

pytestmark = pytest.mark.django_db
OFFICER, FINANCE = "performance officer", "finance officer"
REVIEW = frozenset({Permission.REVIEW})


class Pack(models.Model):
    """What is put before a meeting: versions of any subject by their fingerprints, in an order."""

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"

    council = models.ForeignKey(Council, models.PROTECT, related_name="+", db_constraint=False)
    title = models.CharField(max_length=80)
    parts = models.JSONField(default=list)
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)

    class Meta:
        app_label = "made_up"

    def __str__(self):
        return self.title

    def versions(self):
        """The versions that it is made of, in its order, whatever they are of."""
        rows = Version.objects.filter(council=self.council, fingerprint__in=self.parts)
        by_fingerprint = {row.fingerprint: row for row in rows.defer("content")}
        return [by_fingerprint[part] for part in self.parts]

    def withdrawn_parts(self):
        """Those that have been withdrawn, now."""
        return [row for row in self.versions() if row.withdrawals.filter(decision="confirmed")]


class PackVersion(Version):
    """A pack as it was published."""

    KIND = "made-up pack"
    pack = models.ForeignKey(Pack, models.PROTECT, related_name="editions", db_constraint=False)

    class Meta:
        app_label = "made_up"

    def record_name(self):
        return self.pack.title


class Packs(Workflow):
    """A pack copies nothing: it names its versions, and none of them may be withdrawn."""

    subject = "pack"
    states = Pack.Status

    def lock(self, pk, access):
        return Pack.objects.select_for_update().get(pk=pk, council=access.council)

    def why_not_ready(self, rule, record):
        withdrawn = record.withdrawn_parts() if rule.freezes else []
        return f"{withdrawn[0]} is withdrawn. Take it out first." if withdrawn else ""

    def freeze(self, step):
        pack, parts = step.record, step.record.versions()
        named = [[part.kind, part.name, part.number, part.fingerprint] for part in parts]
        content = {"schema": 1, "title": pack.title, "parts": named}
        number = pack.editions.count() + 1
        row = PackVersion(pack=pack, number=number, content=content, at=step.at, by=step.by)
        make_public(freeze([row], pack.council_id), at=step.at, by=step.by)


@pytest.fixture(autouse=True)
def _tables(db):
    with connection.schema_editor() as editor:
        for model in (Pack, PackVersion):
            editor.create_model(model)


@pytest.fixture
def packs():
    draft, published = Pack.Status
    return Packs(
        (
            Transition("publish", "Published", frozenset({draft}), published, REVIEW, freezes=True),
            Transition("correct", "Reopened", frozenset({published}), draft, REVIEW),
        )
    )


@pytest.fixture
def pack(quarter):
    """A pack of a return, a savings paper and a risk register, in that order."""
    quarter.submitted()
    RETURNS.transition("approve", quarter.report.pk, **quarter.by(OFFICER))
    edition = make_savings(quarter).editions.get()
    make_register(quarter.council)
    register = quarter.council.risk_reports.get().edition
    parts = [quarter.report.snapshots.get(), edition, register]
    return Pack.objects.create(
        council=quarter.council,
        title="Papers of the board",
        parts=[part.fingerprint for part in parts],
    )


def register_withdrawn(quarter):
    register = quarter.council.risk_reports.get()
    ask_to_withdraw(register, reason="A risk was left out.", **quarter.by(FINANCE))
    return register.edition


def test_a_pack_is_made_of_versions_of_three_subjects_and_names_each_by_its_fingerprint(
    packs, pack, quarter
):
    packs.transition("publish", pack.pk, **quarter.by(OFFICER))
    edition = pack.editions.get()
    named = edition.content["parts"]
    assert [kind for kind, *_ in named] == ["return", "savings paper", "risk register"]
    assert [mark for *_, mark in named] == pack.parts
    assert edition.fingerprint == fingerprint(edition.content)
    assert edition.publication.by == quarter.people[OFFICER]
    # It is the next in the chain of its council, after what it is made of.
    before = Version.objects.filter(council=quarter.council, place=edition.place - 1).get()
    assert edition.previous == before.link
    assert edition.place == Version.objects.filter(council=quarter.council).count()


def test_a_pack_is_not_published_while_one_of_its_versions_is_withdrawn(packs, pack, quarter):
    register = register_withdrawn(quarter)
    with pytest.raises(NotNow, match=r"risk register .* is withdrawn. Take it out first."):
        packs.transition("publish", pack.pk, **quarter.by(OFFICER))
    pack.refresh_from_db()
    assert (pack.status, pack.editions.count()) == ("draft", 0)
    pack.parts.remove(register.fingerprint)
    pack.save()
    packs.transition("publish", pack.pk, **quarter.by(OFFICER))
    assert len(pack.editions.get().content["parts"]) == 2


def test_a_published_pack_sees_that_a_version_in_it_was_withdrawn_and_says_what_it_said(
    packs, pack, quarter
):
    packs.transition("publish", pack.pk, **quarter.by(OFFICER))
    said = pack.editions.get().content
    assert pack.withdrawn_parts() == []
    register = register_withdrawn(quarter)
    assert [row.fingerprint for row in pack.withdrawn_parts()] == [register.fingerprint]
    assert pack.editions.get().content == said
    packs.transition("correct", pack.pk, **quarter.by(OFFICER))
    with pytest.raises(NotNow, match="is withdrawn"):
        packs.transition("publish", pack.pk, **quarter.by(OFFICER))
