"""Snapshots: numbered, fingerprinted, never changed; pages read nothing else."""

import hashlib
import json

import pytest
from django.db import InternalError, transaction

from projects.models import Project
from publishing.models import Publication, Return, Snapshot
from returns.publication import publish, take_snapshots

pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_or_delete_a_snapshot():
    for change in (
        lambda: Snapshot.objects.update(number=7),
        lambda: Snapshot.objects.all()._raw_delete("default"),
        lambda: Publication.objects.update(by=None),
        lambda: Publication.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(InternalError, match="Cannot update or delete"), transaction.atomic():
            change()


def test_the_fingerprint_can_be_checked_with_nothing_but_sha256():
    snapshot = Snapshot.objects.first()
    plain = json.dumps(snapshot.content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert hashlib.sha256(plain.encode()).hexdigest() == snapshot.fingerprint


def test_a_change_after_publication_shows_nowhere_until_the_next_snapshot(client):
    Project.objects.filter(slug="connect").update(description="Changed behind the page.")
    page = client.get("/nottinghamshire/projects/connect/").content.decode()
    assert "Changed behind the page." not in page

    made = take_snapshots(Return.objects.filter(project__slug="connect"))
    assert [snapshot.number for snapshot in made] == [2]
    page = client.get("/nottinghamshire/projects/connect/").content.decode()
    assert "Changed behind the page." not in page

    publish(made)
    page = client.get("/nottinghamshire/projects/connect/").content.decode()
    assert "Changed behind the page." in page
    assert Snapshot.objects.filter(report__slug="connect").count() == 2


def test_a_snapshot_that_would_say_the_same_is_not_made():
    assert take_snapshots(Return.objects.filter(period__council__made_up=False)) == []


def test_making_snapshots_takes_as_many_queries_for_29_projects_as_for_one(
    django_assert_max_num_queries,
):
    Project.objects.update(note="Changed.")
    projects = Return.objects.filter(project__council__slug="nottinghamshire")
    with django_assert_max_num_queries(27):
        assert len(take_snapshots(Return.objects.filter(project__slug="connect"))) == 1
    with django_assert_max_num_queries(27):
        assert len(take_snapshots(projects)) == 28
