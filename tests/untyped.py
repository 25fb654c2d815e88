"""Which functions do not say all their types, by package: a count that may only fall.

``tests/untyped.txt`` keeps a line a package. ``make queries`` lowers it, and never raises it.
"""

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "tests" / "untyped.txt"


def packages() -> list[str]:
    """The packages that mypy reads whole."""
    with open(ROOT / "pyproject.toml", "rb") as file:
        return tomllib.load(file)["tool"]["mypy"]["packages"]


def untyped() -> dict[str, Counter[str]]:
    """By package, how many functions of each module do not say all their types."""
    found: dict[str, Counter[str]] = {}
    for name in packages():
        for path in sorted((ROOT / name).rglob("*.py")):
            count = sum(1 for _ in untyped_in(ast.parse(path.read_text())))
            if count and "migrations" not in path.parts:
                module = path.relative_to(ROOT)
                package = ".".join(module.parent.parts)
                found.setdefault(package, Counter())[module.stem] = count
    return found


def untyped_in(
    tree: ast.AST, *, of_class: bool = False
) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions that leave out the type of an argument or of what they return."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if _leaves_types_out(node, of_class=of_class):
                yield node
            yield from untyped_in(node)
        else:
            is_class = isinstance(node, ast.ClassDef)
            yield from untyped_in(node, of_class=is_class or of_class)


def _leaves_types_out(function: ast.FunctionDef | ast.AsyncFunctionDef, *, of_class: bool) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    named += [more for more in (given.vararg, given.kwarg) if more]
    if of_class and given.args and _is_bound(function):
        named.remove(given.args[0])
    return function.returns is None or any(each.annotation is None for each in named)


def _is_bound(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Whether the first argument is the object or its class."""
    return not any(
        isinstance(mark, ast.Name) and mark.id == "staticmethod" for mark in function.decorator_list
    )


def kept() -> dict[str, int]:
    """By package, the most functions that may leave types out."""
    lines = KEPT.read_text().splitlines()
    return {package: int(count) for package, count in (line.split() for line in lines)}


def too_many() -> list[str]:
    """A sentence for each package that has more of them than are kept, with the modules."""
    allowed = kept()
    return [
        f"{package}: {modules.total()} functions leave types out, {allowed.get(package, 0)} may. "
        f"Give those that are new their types: {', '.join(sorted(modules))}."
        for package, modules in untyped().items()
        if modules.total() > allowed.get(package, 0)
    ]


def lower() -> None:
    """Writes the counts of today; a package whose count has risen keeps the lower one."""
    allowed = kept() if KEPT.exists() else None
    counts = {package: modules.total() for package, modules in untyped().items()}
    if allowed is not None:
        counts = {name: min(count, allowed.get(name, 0)) for name, count in counts.items()}
    lines = [f"{package} {count}\n" for package, count in sorted(counts.items()) if count]
    KEPT.write_text("".join(lines))


if __name__ == "__main__":
    lower()
