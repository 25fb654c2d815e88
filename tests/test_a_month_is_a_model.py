"""A month of measures is a model of its own: nothing asks of a report whether it has a project.

Read off the code and the templates: a report is one model or the other, and what is meant is asked
for by its name.
"""

import ast
import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, InternalError, transaction

from outcomes.models import Month
from publishing.models import Report, Return
from tests.packages import PACKAGES, ROOT

# What a report is called where its project is asked for.
REPORTS = frozenset({"report", "record", "of", "reports"})
PROJECT = frozenset({"project", "project_id"})
# What a query asks of reports; a measure and a stream have a project or not, for good.
ASKED = re.compile(r"(^|__)project(__isnull)?$")
OF_REPORTS = frozenset(
    {"Return", "Report", "Snapshot", "Section", "ReturnEvent", "VersionSnapshot"}
)
IN_TEMPLATES = re.compile(r"{% (?:el)?if [^%]*\breport\.project(?:_id)?\b[^%]*%}")


def switches(tree: ast.AST) -> Iterator[int]:
    """The lines on which a report is asked whether it has a project."""
    for node in ast.walk(tree):
        if isinstance(node, ast.If | ast.IfExp | ast.While):
            yield from (part.lineno for part in _parts(node.test) if _is_project(part))
        elif isinstance(node, ast.comprehension):
            tests = [part for each in node.ifs for part in _parts(each)]
            yield from (part.lineno for part in tests if _is_project(part))
        elif isinstance(node, ast.Call):
            of_reports = _root(node.func) in OF_REPORTS
            words = [word for word in node.keywords if of_reports or "report__" in str(word.arg)]
            yield from (word.value.lineno for word in words if _asks_none(word))


def _parts(test: ast.expr) -> Iterator[ast.expr]:
    """What a condition asks: each side of "and" and "or", and what is compared."""
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _parts(value)
    elif isinstance(test, ast.UnaryOp):
        yield from _parts(test.operand)
    elif isinstance(test, ast.Compare):
        if any(isinstance(each, ast.Constant) and each.value is None for each in test.comparators):
            yield test.left
    else:
        yield test


def _is_project(part: ast.expr) -> bool:
    """Whether it is the project of something called a report."""
    if not isinstance(part, ast.Attribute) or part.attr not in PROJECT:
        return False
    holder = part.value
    name = holder.attr if isinstance(holder, ast.Attribute) else getattr(holder, "id", "")
    if isinstance(holder, ast.Subscript):
        name = getattr(holder.value, "id", "")
    return name in REPORTS


def _root(function: ast.expr) -> str:
    """What a chain of calls begins with: ``Return`` of ``Return.objects.filter``."""
    while isinstance(function, ast.Attribute | ast.Call):
        function = function.value if isinstance(function, ast.Attribute) else function.func
    return getattr(function, "id", "")


def _asks_none(word: ast.keyword) -> bool:
    if word.arg is None or not ASKED.search(word.arg) or not isinstance(word.value, ast.Constant):
        return False
    return word.value.value is None or word.arg.endswith("__isnull")


def test_no_code_asks_a_report_whether_it_has_a_project():
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for package in PACKAGES
        for path in sorted((ROOT / package).rglob("*.py"))
        if "migrations" not in path.parts
        for line in switches(ast.parse(path.read_text()))
    ]
    assert found == []


def test_no_template_asks_a_report_whether_it_has_a_project():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    assert [str(page) for page in pages if IN_TEMPLATES.search(page.read_text())] == []


@pytest.mark.parametrize(
    "source",
    [
        "draft = A(report) if report.project_id else B(report)",
        "if step.record.project is None: pass",
        "if reports[0].project_id: pass",
        "keys = [report.pk for report in returns if not report.project_id]",
        "rows = Return.objects.filter(period=period).filter(project=None)",
        "of = Q(report__project__isnull=True)",
        "found = Snapshot.objects.filter(report__project=None)",
    ],
)
def test_a_switch_would_be_named(source):
    assert list(switches(ast.parse(source))) == [1]


@pytest.mark.parametrize(
    "source",
    [
        "if measure.project is None: pass",
        "rows = Return.objects.filter(project=project)",
        "draft = A(report) if isinstance(report, Month) else B(report)",
    ],
)
def test_what_is_no_switch_is_left(source):
    assert list(switches(ast.parse(source))) == []


@pytest.mark.django_db
def test_a_project_has_one_return_and_a_council_one_month_in_a_period(month, quarter):
    for again in (
        Return(project=quarter.project, period=quarter.period),
        Month(period=month.period),
    ):
        with pytest.raises(IntegrityError, match="report_unique_in_period"), transaction.atomic():
            again.save()


@pytest.mark.django_db
def test_a_report_is_named_as_its_subject_and_keeps_its_name(month, quarter):
    another = Return(project=quarter.project, period=month.period, slug="another")
    with pytest.raises(InternalError, match="named as its project"), transaction.atomic():
        another.save()
    with pytest.raises(InternalError, match="named as months"), transaction.atomic():
        Month(period=quarter.period, slug="another").save()
    with (
        pytest.raises(InternalError, match="Cannot"),
        transaction.atomic(),
    ):
        Report.objects.filter(pk=month.report.pk).update(slug="another")


@pytest.mark.django_db
def test_a_report_that_is_read_as_one_of_all_says_what_it_is(month, quarter):
    named = {report.slug: report.itself for report in Report.objects.all()}
    assert isinstance(named["vital-signs"], Month)
    assert isinstance(named[quarter.project.slug], Return)
    assert str(Report.objects.get(pk=quarter.report.pk)) == str(quarter.report)
