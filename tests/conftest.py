"""The real database with the real fixtures, and a small made-up programme for hostile cases."""

from contextlib import contextmanager
from datetime import timedelta

import hypothesis
import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import TransactionTestCase

from accounts.models import User
from bcfportal.lib import clock
from demonstration.westshire import NOW
from programme.programme import published_programme
from projects.models import Council, FundingStream, Project
from publishing import version_cache
from publishing.models import Return
from returns.publication import publish, take_snapshots
from tests import database
from tests.month import make_month
from tests.quarter import make_quarter
from tests.queries import Kept
from tests.testshire import make_testshire
from tests.white_space import fold_what_the_client_gets

# A busy machine is no fault of the code: no property test is held to a time.
hypothesis.settings.register_profile(
    "untimed", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("untimed")

# Gives the worker's database its first state back.
RENEW = pytest.StashKey()


@pytest.fixture(scope="session")
def template(django_db_blocker, django_db_keepdb):
    """The name of the template: both papers and Westshire. ``--reuse-db`` takes a stale one too."""
    clock.set_ahead(timedelta(0))
    with django_db_blocker.unblock():
        name = database.published_template(stale=django_db_keepdb)
        with database.kept(name):
            yield name


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, template):
    """Each worker has a clone of the template; each test's own changes are rolled back."""

    def renew():
        with django_db_blocker.unblock():
            database.renew(template)

    with django_db_blocker.unblock(), database.cloned(template):
        request.config.stash[RENEW] = renew
        yield
        # The last test's own end comes after this one.
        del request.config.stash[RENEW]


@pytest.fixture(scope="session", autouse=True)
def no_table_is_emptied():
    """Django empties every table after a test that commits; here its database goes instead."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: None)
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item):
    """What a test committed goes with its database: the next begins with a clone of its own."""
    result = yield
    marker = item.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction") and RENEW in item.config.stash:
        item.config.stash[RENEW]()
    return result


def pytest_addoption(parser):
    parser.addoption(
        "--write-queries",
        action="store_true",
        help="Write the files of queries again, instead of comparing with them.",
    )


def pytest_collection_modifyitems(items):
    """Marks what has a ceiling of queries, for ``make queries``, and what asks the database."""
    for item in items:
        if "kept_queries" in item.fixturenames:
            item.add_marker("queries")
        if "django_db_setup" in item.fixturenames or item.get_closest_marker("django_db"):
            item.add_marker("database")


@pytest.fixture(autouse=True, scope="session")
def pages_folded():
    """How a template is laid out is not seen, so no test reads it."""
    with pytest.MonkeyPatch.context() as patch:
        fold_what_the_client_gets(patch)
        yield


@pytest.fixture(autouse=True)
def mail_at_once(settings):
    """Mail is sent with the commit, by no thread, so that a test sees it."""
    settings.MAIL_AT_ONCE = True


@pytest.fixture(autouse=True)
def nothing_worked_out_before():
    """What the test before published is of a database that was rolled back since."""
    version_cache.forget_answers()


@pytest.fixture
def kept_queries(request):
    """The queries of the test's ceilings, compared at its end with those kept beside the tests."""
    kept = Kept(request.node.nodeid, write=request.config.getoption("--write-queries"))
    yield kept
    if wrong := kept.check():
        pytest.fail(wrong)


@pytest.fixture
def django_assert_num_queries(django_assert_num_queries, kept_queries):
    """pytest-django's, and the queries are kept too."""
    return _kept_too(django_assert_num_queries, kept_queries)


@pytest.fixture
def django_assert_max_num_queries(django_assert_max_num_queries, kept_queries):
    """pytest-django's, and the queries are kept too."""
    return _kept_too(django_assert_max_num_queries, kept_queries)


def _kept_too(assert_number, kept):
    @contextmanager
    def block(number, **options):
        with assert_number(number, **options) as captured:
            yield captured
        kept.add(captured)

    return block


@pytest.fixture
def nottinghamshire(db):
    return Council.objects.get(slug="nottinghamshire")


@pytest.fixture
def westshire(db):
    """The council in which everything happens, on the last day of its story."""
    with clock.stopped_at(NOW):
        yield Council.objects.get(slug="westshire")


@pytest.fixture
def programme(db):
    return published_programme("nottinghamshire")


@pytest.fixture
def person(db):
    """Makes a person: person("officer@example.org", post="Performance officer")."""

    def make(email="officer@example.org", password="a long enough phrase", **fields):
        fields.setdefault("post", "Performance officer")
        return User.objects.create_user(email, password, **fields)

    return make


@pytest.fixture
def testshire(db):
    """A second council with one published project, whose texts a test may choose."""

    return make_testshire


@pytest.fixture
def many_projects(testshire):
    """Testshire with as many published projects as asked for."""

    @transaction.atomic
    def make(count):
        council = testshire()
        condition = council.conditions.get()
        period = council.periods.get()
        fund = council.funds.get()
        projects = Project.objects.bulk_create(
            Project(
                council=council,
                grant_condition=condition,
                slug=f"project-{number}",
                order=number,
                title=f"Project {number}",
                short_title=f"Project {number}",
                description="Falls and older people.",
            )
            for number in range(2, count + 1)
        )
        streams = FundingStream.objects.bulk_create(
            FundingStream(project=project, fund=fund) for project in projects
        )
        for stream in streams:
            stream.lines.create(year=2018, allocation=1000)
        Return.objects.bulk_create(
            Return(project=project, period=period, status=Return.Status.PUBLISHED)
            for project in projects
        )
        publish(take_snapshots(Return.objects.filter(period=period)))
        return council

    return make


@pytest.fixture
def command():
    return call_command


@pytest.fixture
def quarter(testshire):
    """Testshire with a quarter open and a person for each role."""
    return make_quarter(testshire())


@pytest.fixture
def month(quarter):
    """Testshire with thirteen published months of its own measures, and a month open."""
    return make_month(quarter)
