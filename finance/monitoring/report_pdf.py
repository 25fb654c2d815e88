"""The finance paper: summary, detail, explanations, reserves and capital as an accessible PDF.

Every figure becomes words here; ``templates/pdf/finance.typ`` only lays them out.
"""

from typing import Any

from bcfportal.lib.money import million_pounds, millions
from bcfportal.lib.papers.paper import Paper, version_lines
from bcfportal.lib.periods import financial_year_label
from finance.monitoring.charts import finding
from finance.monitoring.compared import Since
from finance.monitoring.published import Money
from finance.monitoring.tables import CapitalTable, ReserveTable, capital_table, reserve_table
from finance.monitoring.tree import Node, movement_word

NONE = "–"
TOTALS_OF_SOURCE = (
    "Figures are as the source prints them. Where its lines add up to something else, that is "
    "shown below."
)
TOTALS_MADE_HERE = "Totals are worked out from their parts."


def kept_name(council_slug: str, since: Since) -> str:
    """The name that the paper is kept under: a statement does not say whose it is.

    It is printed again when something happens to the report compared with, and is as it was when
    that is taken back.
    """
    return "-".join(filter(None, (council_slug, "finance", since.name)))


def finance_paper(money: Money) -> bytes:
    """The paper of one monitoring report, dated as the report."""
    statement, root = money.statement, money.root
    title = f"Finance monitoring, {statement.versioned_label}"
    every_node = list(root.walk())
    paper = Paper(
        money.council,
        name=title,
        title=title,
        description=_lead(money),
        as_at=statement.as_at,
        version=version_lines(money.version),
    )
    content = {
        "title": title,
        "meeting": statement.meeting,
        "compared": money.compared_words,
        "draft": "" if money.listed.is_published else "Approved and not published yet.",
        "lead": _lead(money),
        "finding": finding([part for part in root.parts if part.variance is not None])
        if any(part.variance is not None for part in root.parts)
        else "",
        "heads": _heads(money, every_node),
        "summary": [_line(node, every_node, money) for node in (*root.parts, root)],
        "detail": [_line(node, every_node, money) for node in every_node[1:]],
        "explanations": [
            {
                "name": node.name,
                "variance": _said(node),
                "words": node.area.explanation,
            }
            for node in every_node
            if node.area.explanation
        ],
        "unexplained": [
            f"{node.name}, {_said(node)}"
            for node in every_node
            if not node.parts
            and node.is_beyond_tolerance
            and not any(line.area.explanation for line in (node, *root.path_to(node.slug)))
        ],
        "tolerance": f"{statement.tolerance.normalize():f}%",
        "differing": [
            f"{node.name}: {odd.sentence}." for node in every_node for odd in node.differing
        ],
        "reserves": _reserves(reserve_table(statement), statement),
        "capital": _capital(capital_table(statement), statement),
        "stated": [
            f"{node.name}, {other.what}: “{other.as_printed}” ({other.source})."
            for node in every_node
            for other in node.stated
        ],
        "next_year": _next_year(statement, every_node),
        "totals": TOTALS_OF_SOURCE if statement.source else TOTALS_MADE_HERE,
        "note": statement.note,
        "source": statement.source,
    }
    return paper.typeset("finance.typ", content)


def _next_year(statement, nodes):
    """The budget of the year after, where the source gives it."""
    rows = [node for node in nodes if node.next_budget is not None]
    if not rows:
        return None
    return {
        "label": financial_year_label(statement.year + 1),
        "rows": [
            {
                "name": node.name,
                "total": not node.depth,
                "indent": max(node.depth - 1, 0),
                "cells": [_with(node, figure) for figure in ("budget", "outturn", "next_budget")],
            }
            for node in (*rows[1:], rows[0])
        ],
        "heads": [
            f"Budget {statement.year_label}",
            f"{statement.outturn_word} {statement.year_label}",
            f"Budget {financial_year_label(statement.year + 1)}",
        ],
    }


def _with(node, figure):
    """A figure with what the portal works out beside it, where that is something else."""
    text, beside = _millions(getattr(node, figure)), node.beside(figure)
    return f"{text}\n{beside}" if beside else text


def _now(text: str, given: str) -> str:
    """A figure of the comparison with what it is now, where that is something else."""
    return f"{text}\nnow {given}" if given else text


def _lead(money: Money) -> str:
    root, statement = money.root, money.statement
    sentence = f"{statement.versioned_label}: {_said(root)}"
    if root.budget is not None:
        sentence += f" on a budget of £{millions(root.budget)}m"
    if root.percent is not None:
        sentence += f" ({root.percent_words})"
    if root.movement is not None:
        moved = movement_word(root.movement)
        by = "" if moved == "no change" else f"{million_pounds(abs(root.movement))} "
        than = "since" if moved == "no change" else "than at"
        sentence += f"; {by}{moved} {than} {money.compared_label}"
    compared = money.compared_now.get(root.slug)
    return " ".join(filter(None, (f"{sentence}.", compared.sentence if compared else "")))


def _said(node):
    if node.variance is None:
        return "no variance given"
    if node.word == "on budget":
        return node.word
    return f"{node.word} {million_pounds(abs(node.variance))}"


def _has(nodes, figure):
    return any(getattr(node, figure) is not None for node in nodes)


def _heads(money: Money, nodes: list[Node]) -> list[str]:
    statement = money.statement
    heads = ["Budget", statement.outturn_word, "Variance", "Over or under", "%"]
    if _has(nodes, "last_year_actual"):
        heads.insert(0, f"Actual {financial_year_label(statement.year - 1)}")
    if _has(nodes, "previous_variance"):
        heads += [f"Variance at {money.compared_label}", "Movement"]
    return heads


def _line(node: Node, nodes: list[Node], money: Money) -> dict[str, Any]:
    cells = [
        _with(node, "budget"),
        _with(node, "outturn"),
        _with(node, "variance"),
        node.word,
        node.percent_words or NONE,
    ]
    if _has(nodes, "last_year_actual"):
        cells.insert(0, _with(node, "last_year_actual"))
    if _has(nodes, "previous_variance"):
        moved = movement_word(node.movement)
        movement = f"{_millions(node.movement)} {moved}" if moved else NONE
        compared = money.compared_now.get(node.slug)
        cells += [
            _now(_millions(node.previous_variance), compared.variance if compared else ""),
            _now(movement, compared.movement if compared else ""),
        ]
    return {
        "name": node.name,
        "depth": node.depth,
        "whole": bool(node.parts),
        "total": node is money.root,
        "cells": cells,
    }


def _millions(amount):
    return NONE if amount is None else millions(amount)


def _reserves(table: ReserveTable | None, statement):
    if table is None:
        return None

    def row(entry, total=False):
        return {
            "name": entry.name,
            "total": total,
            "cells": [
                _millions(entry.opening),
                _millions(entry.planned),
                _millions(entry.movement),
                entry.movement_word,
                f"{_millions(entry.closing)} {entry.closing_word}".strip(),
            ],
        }

    rows, remarks = [], []
    for _, _, lines, whole in table.groups:
        rows += [row(line) for line in lines]
        rows += [row(whole, total=True)] if whole else []
        remarks += [
            f"{entry.name}: {remark}."
            for entry in (*lines, whole)
            if entry
            for remark in entry.printed
        ]
        remarks += [
            f"{entry.name}: {entry.line.note}" for entry in lines if entry.line and entry.line.note
        ]
    rows.append(row(table.whole, total=True))
    remarks += [f"{table.whole.name}: {remark}." for remark in table.whole.printed]
    agreed = [
        f"Agreed use, {_millions(other.value)}: “{other.as_printed}”" for other in table.agreed
    ]
    return {"year": statement.year, "rows": rows, "remarks": remarks + agreed}


def _capital(table: CapitalTable | None, statement):
    if table is None:
        return None
    label = financial_year_label(table.year)
    return {
        "heads": [
            f"Budget {label}",
            f"{statement.outturn_word} {label}",
            "Variance",
            *(f"Budget {financial_year_label(year)}" for year in table.later),
            "All years",
        ],
        "rows": [
            {
                "name": row["scheme"].name,
                "total": row["is_total"],
                "cells": [
                    _millions(row["budget"]),
                    _millions(row["outturn"]),
                    f"{_millions(row['variance'])} {row['word']}".strip(),
                    *(_millions(amount) for _, amount in row["later"]),
                    _millions(row["all_years"]),
                ],
            }
            for row in table.rows
        ],
        "remarks": [
            f"{row['scheme'].name}: {remark}."
            for row in table.rows
            for remark in row["scheme"].printed
        ],
    }
