"""What functions say of their types: mypy reads it, and it may only grow."""

import ast

from tests import untyped


def test_functions_that_leave_types_out_only_become_fewer():
    assert untyped.too_many() == []


def test_a_new_function_without_types_is_refused_with_its_package_and_modules(monkeypatch):
    package, modules = next(iter(untyped.untyped().items()))
    fewer = untyped.kept() | {package: modules.total() - 1}
    monkeypatch.setattr(untyped, "kept", lambda: fewer)
    (sentence,) = untyped.too_many()
    assert sentence.startswith(f"{package}: {modules.total()} functions leave types out")
    assert all(module in sentence for module in modules)


def test_a_count_that_has_risen_is_not_written_down(monkeypatch, tmp_path):
    package, modules = next(iter(untyped.untyped().items()))
    monkeypatch.setattr(untyped, "KEPT", tmp_path / "untyped.txt")
    untyped.KEPT.write_text(f"{package} {modules.total() - 1}\n")
    untyped.lower()
    assert untyped.kept() == {package: modules.total() - 1}


def test_what_leaves_out_a_type_is_found():
    source = """
def whole(a: int, *b: str) -> None: ...
def no_return(a: int): ...
def no_argument(a) -> None: ...
class Thing:
    def whole(self, a: int) -> None: ...
    def open_ended(self, **more) -> None: ...
    @staticmethod
    def of(a) -> None: ...
"""
    names = [function.name for function in untyped.untyped_in(ast.parse(source))]
    assert names == ["no_return", "no_argument", "open_ended", "of"]
