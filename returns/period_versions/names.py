"""What a version of a quarter calls funds, providers and what projects serve: one name for each.

Reports of one quarter are made at different times, and what they name may be renamed between. A
quarter keeps the names that it was first published with; one that is published for the first time
has those of the day. Sheets stay as approved: the version says which names it shows instead.
"""

from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from projects.models import Council
from returns.content import FundName, Sheet
from returns.period_versions.content import Names, ProgrammeContents, ProviderName, Served
from returns.period_versions.published import shown_sheets

K = TypeVar("K", str, int)
N = TypeVar("N", FundName, str)


def with_names(
    contents: ProgrammeContents, before: ProgrammeContents | None, council: Council
) -> ProgrammeContents:
    """The contents with the names that are not those of the reports, where there are any.

    ``before`` is the version of the same quarter that stands. Three queries, or none where one
    stands and every fund, every provider and everything served has one name.
    """
    unnamed = msgspec.structs.replace(contents, names=None)
    first = shown_sheets(before) if before else []
    sheets = [*first, *shown_sheets(unnamed)]
    funds, served, providers = _of_funds(sheets), _of_served(sheets), _of_providers(sheets)
    if before and not (_differ(funds) or _differ(served) or _differ(providers)):
        return unnamed
    funds_now = {
        fund.slug: FundName(slug=fund.slug, name=fund.name, label=fund.label)
        for fund in council.funds.all()
    }
    served_now = {condition.number: condition.title for condition in council.conditions.all()}
    providers_now = {provider.slug: provider.name for provider in council.providers.all()}
    names = Names(
        funds=list(_chosen(funds, _of_funds(first), funds_now).values()),
        served=[
            Served(number, title)
            for number, title in _chosen(served, _of_served(first), served_now).items()
        ],
        providers=[
            ProviderName(slug, name)
            for slug, name in _chosen(providers, _of_providers(first), providers_now).items()
        ],
    )
    return unnamed if names == Names() else msgspec.structs.replace(unnamed, names=names)


def _differ(said: Mapping[K, list[N]]) -> bool:
    return any(len(set(names)) > 1 for names in said.values())


def _chosen(
    said: Mapping[K, list[N]], first: Mapping[K, list[N]], now: Mapping[K, N]
) -> dict[K, N]:
    """One name for each of which reports say another: that of ``first``, or else of the day."""
    chosen = {
        key: first[key][0] if key in first else now.get(key, names[0])
        for key, names in said.items()
    }
    return {key: name for key, name in chosen.items() if set(said[key]) != {name}}


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


def _of_providers(sheets: Iterable[Sheet]) -> dict[str, list[str]]:
    """By name in addresses; sheets of before schema 4 do not say it."""
    names: dict[str, list[str]] = {}
    for sheet in sheets:
        for name, slug in sheet.provider_slugs.items():
            names.setdefault(slug, []).append(name)
    return names
