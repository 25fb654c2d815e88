"""Functions, contributions, budgets and outcomes of all arrangements published, as downloads."""

from collections.abc import Iterator, Sequence

from bcfportal.lib.exports import Export, by_name
from partnerships.content import ArrangementContent

Arrangements = Sequence[ArrangementContent]
_SOURCED = [
    ("paragraph", "The paragraph that says it, as printed."),
    ("source", "Where the row was taken from."),
    ("note", "What was lost or is not said in the source."),
    ("version", "The version of what it is part of."),
]


def function_rows(arrangements: Arrangements) -> Iterator[list]:
    """A row for each decision on a function, and one for each function without any."""
    for content in arrangements:
        for line in content.programme.functions if content.programme else ():
            in_force = line.in_force
            for decision in (*line.decisions, *([] if line.decisions else [None])):
                yield [
                    *(content.title, line.name, line.holder, line.position, line.recommended),
                    *(line.condition, line.advice_of),
                    decision.decision if decision else "undecided",
                    decision.decided_on if decision else None,
                    decision.decided_by if decision else "",
                    decision.reason if decision else "",
                    decision.condition if decision else "",
                    "" if decision is None else "yes" if decision in in_force else "no",
                    *(line.paragraph, line.source, line.note, content.number),
                ]


def contribution_rows(arrangements: Arrangements) -> Iterator[list]:
    """A row for each contribution."""
    for content in arrangements:
        for line in content.pool.contributions if content.pool else ():
            yield [
                *(content.title, line.partner, line.year_label, line.basis, line.qualifier),
                *(line.amount, line.fund),
                *(line.paragraph, line.source, line.note, content.number),
            ]


def budget_rows(arrangements: Arrangements) -> Iterator[list]:
    """A row for each year of each pool."""
    for content in arrangements:
        for line in content.pool.budgets if content.pool else ():
            yield [
                *(content.title, line.year_label, line.basis, line.qualifier, line.amount),
                content.pool.short_of(line) if content.pool else None,
                *(line.population, line.a_head, line.savings, line.savings_made, line.pressures),
                *(line.committed, line.forecast, line.actual),
                ", ".join(name for name, _ in line.alerts),
                *(line.paragraph, line.source, line.note, content.number),
            ]


def outcome_rows(arrangements: Arrangements) -> Iterator[list]:
    """A row for each measure of an outcome, and one for each outcome without any."""
    for content in arrangements:
        for line in content.framework.outcomes if content.framework else ():
            for measure in (*line.measures, *([] if line.measures else [None])):
                yield [
                    *(content.title, line.domain, line.statement, line.weight, line.priority),
                    line.target,
                    measure.name if measure else "",
                    measure.title if measure else "",
                    *(line.paragraph, line.source, line.note, content.number),
                ]


FUNCTIONS = Export(
    "functions",
    "Functions",
    "One row for each decision on a function of a programme, and for each function without one.",
    [
        ("programme", "The programme."),
        ("function", "What is done."),
        ("held_by", "Who holds it now; empty where it is not said."),
        ("position", "What the paper says of it."),
        ("recommended", "retain, delegate, share or undecided: what the paper recommends."),
        ("provided_that", "What has to be so for it, in the paper."),
        ("advice_of", "Whose advice is to be taken."),
        ("decision", "retain, delegate, share or undecided: what was decided."),
        ("decided_on", "The day; empty where nothing is decided."),
        ("decided_by", "The body or post."),
        ("reason", "Why."),
        ("decided_provided_that", "What has to be so for what was decided."),
        ("stands", "yes, or no where a later decision replaces it."),
        *_SOURCED,
    ],
    function_rows,
)
CONTRIBUTIONS = Export(
    "contributions",
    "Contributions",
    "One row for what a partner puts into a pool in a year.",
    [
        ("pool", "The pool."),
        ("partner", "Who puts it in."),
        ("year", "The financial year."),
        ("basis", "gross, net; empty where it is not said."),
        ("qualifier", "exact, or the word before the amount: about, over. Only exact ones add up."),
        ("amount", "In pounds."),
        ("fund", "Out of which fund."),
        *_SOURCED,
    ],
    contribution_rows,
)
BUDGETS = Export(
    "budgets",
    "Budgets",
    "One row for the budget of a pool in a year.",
    [
        ("pool", "The pool."),
        ("year", "The financial year."),
        ("basis", "gross, net; empty where it is not said."),
        ("qualifier", "exact, or the word before the amount."),
        ("amount", "In pounds."),
        ("short", "By how much contributions fall short; below 0: exceed. Empty: cannot be said."),
        ("population", "People in scope, of a capitated budget."),
        ("a_head", "Pounds a head of them, computed."),
        ("savings", "Savings that it has to make, in pounds."),
        ("savings_made", "Of them, made."),
        ("pressures", "Pressures that partners have agreed to meet, in pounds."),
        ("committed", "In pounds."),
        ("forecast", "In pounds."),
        ("actual", "In pounds."),
        ("alerts", "over commitment, overspend, under delivery, underspend: computed."),
        *_SOURCED,
    ],
    budget_rows,
)
OUTCOMES = Export(
    "outcomes",
    "Joint outcomes",
    "One row for each measure of a joint outcome, and for each outcome without one.",
    [
        ("framework", "The framework."),
        ("domain", "The heading."),
        ("outcome", "What is wanted."),
        ("weight", "In %; empty where none is given."),
        ("priority", "In words."),
        ("target", "In words."),
        ("measure", "Its name in the portal; empty where there is none."),
        ("measure_title", "Its title."),
        *_SOURCED,
    ],
    outcome_rows,
)
PARTNERSHIP_EXPORTS = by_name(FUNCTIONS, CONTRIBUTIONS, BUDGETS, OUTCOMES)
