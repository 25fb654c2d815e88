"""What a version of a monitoring report says differently from the version before it."""

from collections.abc import Iterator
from decimal import Decimal

from bcfportal.lib import present
from bcfportal.lib.money import millions
from bcfportal.lib.periods import financial_year_label
from bcfportal.lib.versions import Correction
from finance.monitoring.content import Statement
from finance.monitoring.tree import Node, tree, variance_word

AMOUNTS = ("budget", "outturn", "last_year_actual", "last_year_variance", "next_budget")


def corrections(before: Statement, after: Statement) -> tuple[Correction, ...]:
    """Every figure and explanation that differs: areas from the whole down, then the rest."""
    return (*_areas(before, after), *_reserves(before, after), *_capital(before, after))


def _areas(before, after) -> Iterator[Correction]:
    old = {node.slug: node for node in tree(before).walk()}
    new = {node.slug: node for node in tree(after).walk()}
    for slug in dict.fromkeys((*new, *old)):
        was, now = old.get(slug), new.get(slug)
        name = present(now or was).name
        if _figures(was) != _figures(now):
            yield Correction(name, said(was), said(now))
        if _previous(was) != _previous(now):
            moved = [_moved(node, of) for node, of in ((was, before), (now, after))]
            yield Correction(f"{name}, movement since the report before", *moved)
        texts = [node.area.explanation if node else "" for node in (was, now)]
        if texts[0] != texts[1]:
            yield Correction(
                f"{name}, explanation", *(f"“{text}”" if text else "" for text in texts)
            )


def _figures(node):
    """What is compared: the variance by what stands, so that a whole changes with its parts."""
    if node is None:
        return None
    return (node.variance, *(getattr(node, figure) for figure in AMOUNTS))


def _previous(node):
    return node.previous_variance if node else None


def _moved(node, statement) -> str:
    """ "(£0.003)m, after an overspend of £0.864m in Month 8 of 2026/27, version 2"."""
    variance = _previous(node)
    if variance is None:
        return ""
    word = variance_word(variance, income=node.is_income)
    size = "" if word == "on budget" else f" £{millions(abs(variance))}m"
    return f"{_pounds(node.movement) or 'none'}, from {word}{size} in {statement.previous_label}"


def said(node: Node | None) -> str:
    """An area in a few words: "overspend £0.326m, forecast 28.041, budget 27.715"."""
    if node is None:
        return ""
    parts = []
    if node.variance is not None:
        on_budget = node.word == "on budget"
        parts.append(node.word if on_budget else f"{node.word} {_pounds(abs(node.variance))}")
    parts += [
        f"{label} {millions(amount)}"
        for label, amount in (("outturn or forecast", node.outturn), ("budget", node.budget))
        if amount is not None
    ]
    return ", ".join(parts)


def _reserves(before, after) -> Iterator[Correction]:
    fields = (
        ("opening", "balance on 1 April"),
        ("planned", "planned use or addition"),
        ("movement", "use or addition"),
    )
    old = {line.slug: line for line in before.reserves}
    new = {line.slug: line for line in after.reserves}
    yield from _lines(old, new, fields, lambda line: line.name)


def _capital(before, after) -> Iterator[Correction]:
    fields = (("budget", "capital budget"), ("outturn", "capital outturn or forecast"))
    old = {(line.slug, line.year): line for line in before.capital}
    new = {(line.slug, line.year): line for line in after.capital}
    yield from _lines(
        old, new, fields, lambda line: f"{line.name}, {financial_year_label(line.year)}"
    )


def _lines(old, new, fields, name) -> Iterator[Correction]:
    for key in dict.fromkeys((*new, *old)):
        was, now = old.get(key), new.get(key)
        for figure, label in fields:
            amounts = [getattr(line, figure) if line else None for line in (was, now)]
            if amounts[0] != amounts[1]:
                yield Correction(f"{name(now or was)}, {label}", *map(_pounds, amounts))


def _pounds(amount: Decimal | None) -> str:
    return "" if amount is None else f"£{millions(amount)}m"
