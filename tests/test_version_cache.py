"""One cache of what versions hold: read once, bounded, and never behind what is published."""

from threading import Thread

import pytest
from django.contrib.auth.models import AnonymousUser

from finance.monitoring.content import Statement
from finance.monitoring.published import money_for
from outcomes.vital_signs.content import VitalSigns
from publishing import version_cache
from publishing.models import PeriodVersion, Return, Snapshot
from publishing.period_versions.published import read, read_all
from publishing.version_cache import BoundedCache, sheets_by_fingerprint
from returns.content import Sheet
from returns.period_versions.content import ProgrammeContents
from returns.publication import publish, take_snapshots
from tests.westshire.shown import page
from tests.westshire.test_withdrawn_publications import fingerprint, query, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def empty():
    """A process that has read nothing yet."""
    version_cache.forget()
    yield
    version_cache.forget()


def quarter_of(council):
    """The version that stands of the council's latest quarter."""
    rows = PeriodVersion.objects.in_force().filter(period__council=council)
    return rows.filter(period__kind="programme").select_related("period").latest("period__as_at")


def marks_of(kind, version):
    """The fingerprints of the sheets that a version of a quarter shows."""
    return [entry.fingerprint for entry in read(version, kind).entries if entry.fingerprint]


def test_what_a_version_holds_is_read_and_decoded_once(
    empty, westshire, django_assert_max_num_queries
):
    version = quarter_of(westshire)
    with django_assert_max_num_queries(1):
        first = read(version, ProgrammeContents)
    with django_assert_max_num_queries(0):
        assert read(version, ProgrammeContents) is first
        # The same version is decoded as another kind from what was read.
        assert read(version).entries[0].slug == first.entries[0].slug


def test_sheets_are_read_once_however_they_are_asked_for(
    empty, westshire, django_assert_max_num_queries
):
    marks = marks_of(ProgrammeContents, quarter_of(westshire))
    with django_assert_max_num_queries(1):
        first = sheets_by_fingerprint(marks[:3], Sheet)
    with django_assert_max_num_queries(1):
        again = sheets_by_fingerprint(marks, Sheet)
    assert all(again[mark] is first[mark] for mark in marks[:3])
    with django_assert_max_num_queries(0):
        assert sheets_by_fingerprint(marks, Sheet)[marks[-1]] is again[marks[-1]]


def test_a_finance_report_is_read_once(empty, westshire):
    first = money_for(AnonymousUser(), "westshire").statement
    assert isinstance(first, Statement)
    assert money_for(AnonymousUser(), "westshire").statement is first


def test_one_place_forgets_all_of_it(empty, westshire, client):
    for address in ("", "finance/", "vital-signs/", "risks/", "savings/"):
        page(client, address)
    kinds = {getattr(key, "kind", None) for key in version_cache._cache._entries}
    assert {Sheet, VitalSigns, Statement, ProgrammeContents, str} <= kinds
    version_cache.forget()
    assert len(version_cache._cache) == version_cache._cache.counted_bytes == 0


def test_what_nothing_has_is_no_content(empty):
    with pytest.raises(KeyError):
        sheets_by_fingerprint(["0" * 64], Sheet)


def test_a_new_publication_is_seen_at_once(testshire, client):
    council = testshire()
    assert "Well." in page_of(client)
    Return.objects.filter(period__council=council).update(performance="Better than before.")
    (snapshot,) = take_snapshots(Return.objects.filter(period__council=council))
    assert "Better than before." not in page_of(client)
    publish([snapshot])
    assert "Better than before." in page_of(client)


def page_of(client):
    return client.get("/testshire/projects/project/").text


@pytest.mark.parametrize("kind", ["money", "savings", "register"])
def test_a_withdrawn_version_is_not_served_from_what_was_read_before(westshire, client, kind):
    address = {"money": "finance/", "savings": "savings/", "register": "risks/"}[kind]
    asked = f"/westshire/{address}{query(westshire, kind)}"
    mark = fingerprint(westshire, kind)
    assert mark[:12] in client.get(asked).text
    withdrawn(mark, kind)
    assert client.get(asked).status_code == 410
    assert mark[:12] not in client.get(f"/westshire/{address}").text


def test_it_grows_no_further_than_its_bound_and_answers_the_same(empty, westshire, monkeypatch):
    version = quarter_of(westshire)
    marks = marks_of(ProgrammeContents, version)
    whole = sheets_by_fingerprint(marks, Sheet)
    most = version_cache._cache.counted_bytes // 3
    monkeypatch.setattr(version_cache, "_cache", BoundedCache(most))
    read_all(list(PeriodVersion.objects.filter(period__council=westshire)))
    for mark in marks:
        assert sheets_by_fingerprint([mark], Sheet)[mark] == whole[mark]
        assert version_cache._cache.counted_bytes <= most
    assert sheets_by_fingerprint(marks, Sheet) == whole
    assert 0 < version_cache._cache.counted_bytes <= most
    assert len(version_cache._cache) < Snapshot.objects.count()
    assert read(version, ProgrammeContents).entries


def test_what_was_asked_for_longest_ago_goes_first():
    cache = BoundedCache(10)
    cache.add_many({"a": (1, 4), "b": (2, 4)})
    assert cache.get_many(["a", "c"]) == {"a": 1}
    cache.add_many({"c": (3, 4)})
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "c": 3}
    assert cache.counted_bytes == 8


def test_what_is_added_again_is_counted_once_and_what_never_fits_is_not_kept():
    cache = BoundedCache(10)
    cache.add_many({"a": (1, 4)})
    cache.add_many({"a": (2, 6)})
    assert (cache.get_many(["a"]), cache.counted_bytes) == ({"a": 2}, 6)
    cache.add_many({"b": (3, 11)})
    assert (len(cache), cache.counted_bytes) == (0, 0)


def test_threads_share_it():
    cache, wrong = BoundedCache(50), []

    def work(start):
        for number in range(start, start + 2_000):
            key = number % 97
            cache.add_many({key: (key, 1)})
            if cache.get_many([key]).get(key, key) != key:
                wrong.append(key)

    threads = [Thread(target=work, args=(start,)) for start in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
    assert len(cache) == cache.counted_bytes == 50
