"""Nothing acts beside the engine: only a workflow freezes, publishes, or changes a state.

Read off the code of every package but ``publishing``, which is the engine. A function that freezes
hands that on to who calls it, until a method of a workflow does; what ends elsewhere is a fault,
unless it is named here with the reason.
"""

import ast
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

import pytest

from programme.management.commands.draw_workflows import WORKFLOWS
from publishing.workflow import Workflow
from tests.packages import PACKAGES, ROOT

FREEZING = frozenset({"publishing.freezing.freeze", "publishing.freezing.make_public"})
STATE_FIELDS = {workflow.state_field for workflow in WORKFLOWS.values() if workflow.state_field}
BESIDE = {
    "demonstration.fixtures.load_fixtures": "papers of before the portal, which nobody published",
    "demonstration.westshire.money.budget.publish_outturn_of_2024": "the same",
    "meetings.papers.collect.freeze_loaded": "the same",
    "returns.withdrawal.OfPeriod.taken_back": "asked by the engine, once a withdrawal is confirmed",
    "returns.withdrawal.OfPeriod.carry_on": "leaves out a decision taken back, and adds nothing",
}


@dataclass
class Function:
    """A function or method of the tree: what it calls, and which states it sets, by line."""

    name: str
    of_workflow: bool
    calls: set[str] = field(default_factory=set)
    sets: list[str] = field(default_factory=list)


def functions_of(module: str, tree: ast.Module) -> Iterator[Function]:
    """The functions of a module, those of its classes, and what stands outside of all."""
    names = _imported(tree)
    defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    names |= {name: f"{module}.{name}" for name in defined}
    rest = Function(f"{module}.", of_workflow=False)
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield _read(Function(f"{module}.{node.name}", of_workflow=False), node, names)
        elif isinstance(node, ast.ClassDef):
            workflow = any(_is_workflow(base) for base in node.bases)
            for part in node.body:
                name = f"{module}.{node.name}.{getattr(part, 'name', '')}"
                yield _read(Function(name, of_workflow=workflow), part, names)
        else:
            _read(rest, node, names)
    yield rest


def _imported(tree: ast.Module) -> dict[str, str]:
    """What each name means that an import gives, wherever in the module it stands."""
    return {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def _is_workflow(base: ast.expr) -> bool:
    base = base.value if isinstance(base, ast.Subscript) else base
    return isinstance(base, ast.Name) and base.id.endswith("Workflow")


def _read(function: Function, tree: ast.AST, names: dict[str, str]) -> Function:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            # Called, or handed on to be called.
            function.calls.add(names.get(node.id, ""))
        elif isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Name):
                function.calls.add(f"{names.get(node.value.id, '')}.{node.attr}")
            if isinstance(node.ctx, ast.Store) and node.attr in STATE_FIELDS:
                function.sets.append(f"line {node.lineno}: .{node.attr} =")
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            given = {keyword.arg for keyword in node.keywords} & STATE_FIELDS
            if node.func.attr == "update" and given:
                function.sets.append(f"line {node.lineno}: update({given.pop()}=)")
    return function


def beside(functions: list[Function], named: Collection[str] = ()) -> dict[str, str]:
    """What freezes or sets a state, is not ``named`` and is asked by no workflow, with how."""
    others = [
        function
        for function in functions
        if not function.of_workflow and function.name not in named
    ]
    freezing, more = set(FREEZING), True
    while more:
        found = {
            function.name
            for function in others
            if function.calls & freezing and not function.name.endswith(".")
        }
        more = not found <= freezing
        freezing |= found
    wrong = {}
    for function in others:
        outside = function.name.endswith(".")
        by = function.calls & (FREEZING if outside else freezing)
        if by and not _is_asked(function, functions):
            wrong[function.name] = f"freezes by {', '.join(sorted(by))}"
        if function.sets:
            wrong[function.name] = "; ".join(function.sets)
    return wrong


def _is_asked(function: Function, functions: list[Function]) -> bool:
    """Whether another function asks it; what stands outside of all only lists it."""
    return any(
        function.name in other.calls
        for other in functions
        if other is not function and not other.name.endswith(".")
    )


@pytest.fixture(scope="module")
def house() -> list[Function]:
    """Every function of the portal outside the engine."""
    found = []
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if package != "publishing" and "migrations" not in path.parts:
                module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
                found += functions_of(module, ast.parse(path.read_text()))
    return found


def test_only_a_workflow_freezes_publishes_or_changes_a_state(house):
    assert beside(house, BESIDE) == {}


@pytest.mark.parametrize("name", BESIDE)
def test_what_is_named_as_beside_the_engine_still_is(house, name):
    assert beside(house, BESIDE.keys() - {name}) != {}


def test_every_workflow_is_drawn(house):
    made = {
        function.name.rsplit(".", 2)[-2]
        for function in house
        if function.of_workflow and not function.name.startswith("tests.")
    }
    drawn = {type(workflow).__name__ for workflow in WORKFLOWS.values()}
    assert made <= drawn
    assert all(isinstance(workflow, Workflow) for workflow in WORKFLOWS.values())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            "from publishing.freezing import freeze as keep\n"
            "def publish(paper): _write(paper)\n"
            "def _write(paper): keep([paper], 1)\n",
            {"made.publish": "freezes by made._write"},
        ),
        (
            "from publishing import freezing\ndef publish(paper): freezing.make_public([paper])\n",
            {"made.publish": "freezes by publishing.freezing.make_public"},
        ),
        ("def close(period): period.status = 'closed'\n", {"made.close": "line 1: .status ="}),
        (
            "def drop(uploads): uploads.filter(pk=1).update(state='dropped')\n",
            {"made.drop": "line 1: update(state=)"},
        ),
        (
            "from publishing.freezing import freeze\n"
            "class PaperWorkflow(Workflow[Paper]):\n"
            "    def freeze(self, step): _write(step.record)\n"
            "def _write(paper): freeze([paper], 1)\n",
            {},
        ),
    ],
)
def test_what_would_act_beside_the_engine_is_named(source, said):
    assert beside(list(functions_of("made", ast.parse(source)))) == said
