"""What things are called: a name says what it holds."""

import ast
import re
from collections import Counter
from pathlib import Path

from tests import names

# Of a file that goes on where another was full, or takes what fits nowhere.
UNNAMED = re.compile(r"(part|more|misc|utils?|helpers?|common|various|stuff)\d*|.*[a-z]\d")


def test_names_that_say_nothing_only_become_fewer():
    assert names.too_many() == []


def test_a_new_name_that_says_nothing_is_refused_with_its_package(monkeypatch):
    package, count = next(iter(names.names().items()))
    fewer = names.kept() | {package: count.total() - 1}
    monkeypatch.setattr(names, "kept", lambda: fewer)
    (sentence,) = names.too_many()
    assert sentence.startswith(f"{package}: {count.total()} names say nothing")


def test_a_count_of_names_that_has_risen_is_not_written_down(monkeypatch, tmp_path):
    source = "each = 1\nfor one in (1, 2): print(one)\n"
    counts = {"risks": Counter(names.names_in(ast.parse(source)))}
    monkeypatch.setattr(names, "names", lambda: counts)
    monkeypatch.setattr(names, "KEPT", tmp_path / "names.txt")
    names.KEPT.write_text("risks 1\n")
    names.lower()
    assert names.kept() == {"risks": 1}


def test_what_is_bound_by_such_a_name_is_found():
    source = """
def words(one, other): found = one
class Work: pass
for each in other: print(each)
with_each = [figure for figure in other]
"""
    found = sorted(names.names_in(ast.parse(source)))
    assert found == ["Work", "each", "found", "one", "words"]


def test_no_module_is_named_for_its_place_in_a_row():
    paths = [
        path
        for package in names.PACKAGES
        for path in (names.ROOT / package).rglob("*.py")
        if "migrations" not in path.parts
    ]
    assert len(paths) > 300
    assert [str(path) for path in paths if UNNAMED.fullmatch(path.stem)] == []
    assert [name for name in ("part2", "more", "utils", "actions2") if UNNAMED.fullmatch(name)]
    assert not UNNAMED.fullmatch(Path("outcomes/vital_signs/parts.py").stem)
