"""What a version of a quarter calls funds and what projects serve: one name for each.

Reports of one quarter are made at different times, and what they name may be renamed between. A
quarter keeps the names that it was first published with; one that is published for the first time
has those of the day. Sheets stay as approved: the version says which names it shows instead.
"""

from collections.abc import Iterable

import msgspec

from projects.models import Council
from returns.content import FundName, Sheet
from returns.period_versions.content import Names, ProgrammeContents, Served
from returns.period_versions.published import shown_sheets


def with_names(
    contents: ProgrammeContents, before: ProgrammeContents | None, council: Council
) -> ProgrammeContents:
    """The contents with the names that are not those of the reports, where there are any.

    ``before`` is the version of the same quarter that stands. Two queries, or none where every
    fund and everything served has one name.
    """
    unnamed = msgspec.structs.replace(contents, names=None)
    sheets = shown_sheets(unnamed)
    first = shown_sheets(before) if before else []
    funds = _of_funds([*first, *sheets])
    served = _of_served([*first, *sheets])
    if all(len(set(said)) == 1 for said in funds.values()) and all(
        len(set(said)) == 1 for said in served.values()
    ):
        return unnamed
    known_funds, known_served = _of_funds(first), _of_served(first)
    for fund in council.funds.all():
        name = FundName(slug=fund.slug, name=fund.name, label=fund.label)
        known_funds.setdefault(fund.slug, [name])
    for condition in council.conditions.all():
        known_served.setdefault(condition.number, [condition.title])
    names = Names(
        funds=[
            known_funds.get(slug, said)[0] for slug, said in funds.items() if len(set(said)) > 1
        ],
        served=[
            Served(number, known_served.get(number, said)[0])
            for number, said in served.items()
            if len(set(said)) > 1
        ],
    )
    return msgspec.structs.replace(unnamed, names=names)


def _of_funds(sheets: Iterable[Sheet]) -> dict[str, list[FundName]]:
    names: dict[str, list[FundName]] = {}
    for sheet in sheets:
        for fund in sheet.funds:
            names.setdefault(fund.slug, []).append(fund)
    return names


def _of_served(sheets: Iterable[Sheet]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {}
    for sheet in sheets:
        names.setdefault(sheet.condition_number, []).append(sheet.condition_title)
    return names
