"""Names that say nothing of what they hold, by package: a count that may only fall.

``tests/names.txt`` keeps a line a package. ``make queries`` lowers it, and never raises it. What to
say instead: the noun of the field (a return, a figure, a version), or ``label``, ``reason``,
``sentence``, ``comment`` for words.
"""

import ast
from collections import Counter
from collections.abc import Iterator

from tests.packages import PACKAGES, ROOT

KEPT = ROOT / "tests" / "names.txt"
EMPTY = frozenset({"words", "each", "one", "found", "work", "shown", "standing", "keeping"})


def names_in(tree: ast.AST) -> Iterator[str]:
    """What is bound by one of these names: a variable, an argument, a function or a class."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = node.name
        elif isinstance(node, ast.arg):
            name = node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            name = node.id
        else:
            continue
        if name.lower() in EMPTY:
            yield name


def names() -> dict[str, Counter[str]]:
    """By package, how often each of these names is bound."""
    counts: dict[str, Counter[str]] = {}
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                of = ".".join(path.relative_to(ROOT).parent.parts)
                counts.setdefault(of, Counter()).update(names_in(ast.parse(path.read_text())))
    return {package: count for package, count in counts.items() if count}


def kept() -> dict[str, int]:
    """By package, how often they may be bound."""
    lines = KEPT.read_text().splitlines()
    return {package: int(count) for package, count in (line.split() for line in lines)}


def too_many() -> list[str]:
    """A sentence for each package that binds more of them than are kept, with the names."""
    allowed = kept()
    return [
        f"{package}: {count.total()} names say nothing of what they hold, "
        f"{allowed.get(package, 0)} "
        f"may. Name what is new by its noun: {', '.join(sorted(count))}."
        for package, count in names().items()
        if count.total() > allowed.get(package, 0)
    ]


def lower() -> None:
    """Writes the counts of today; a package whose count has risen keeps the lower one."""
    allowed = kept() if KEPT.exists() else None
    counts = {package: count.total() for package, count in names().items()}
    if allowed is not None:
        counts = {name: min(count, allowed.get(name, 0)) for name, count in counts.items()}
    lines = [f"{package} {count}\n" for package, count in sorted(counts.items()) if count]
    KEPT.write_text("".join(lines))


if __name__ == "__main__":
    lower()
