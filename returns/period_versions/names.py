"""What a version of a quarter calls funds, providers and what projects serve: one name for each.

Reports of one quarter are made at different times, and what they name may be renamed between. A
quarter has the names of the day that it is as at, as ``NameChange`` keeps them. What was renamed
before those were kept has the name that the quarter was first published with; in one that is
published for the first time, that of today. Sheets stay as approved: the version says which names
it shows instead.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

import msgspec

from projects.as_at import (
    Thing,
    names_on,
    thing_of,
    with_what_they_name,
)
from projects.models import Council, Name, NameChange
from projects.models.names import typed_order
from publishing.period_versions.content import Corrected
from returns.collect import as_names, named_in
from returns.content import FundName, Names, ProviderName, Served, Sheet
from returns.period_versions.content import ProgrammeContents
from returns.period_versions.published import shown_sheets

K = TypeVar("K", str, int)
N = TypeVar("N", FundName, str)


def name_changes(council: Council) -> list[NameChange]:
    """All that is known of names in the council, by day and then as typed. One query."""
    return list(with_what_they_name(council.name_changes.all()))


def name_words(name: str, short: str, with_short: bool) -> str:
    """A name as a version says it, with the short name where that alone is another."""
    return Name(name, short if with_short else "").label


def corrections_of_names(
    before: ProgrammeContents | None, now: ProgrammeContents, changes: Sequence[NameChange]
) -> list[Corrected]:
    """What of all that was ever renamed a version calls otherwise than the one before.

    Of each project, with the reason of the change.
    """
    if before is None or not changes:
        return []
    of_thing: dict[Thing, list[NameChange]] = {}
    for change in changes:
        of_thing.setdefault(thing_of(change), []).append(change)
    stood = {sheet.slug: named_in(sheet) for sheet in shown_sheets(before)}
    corrections = []
    for sheet in shown_sheets(now):
        was = stood.get(sheet.slug, {})
        for thing, name in named_in(sheet).items():
            old = was.get(thing)
            if old is None or old == name or thing not in of_thing:
                continue
            why = _why(of_thing[thing], old.name, name.name)
            same = old.name == name.name
            then, title = name_words(*old, same), name_words(*name, same)
            corrections.append(
                Corrected(sheet.slug, thing[0], then, title, why, title=sheet.short_title)
            )
    return corrections


def _why(changes: Sequence[NameChange], before: str, after: str) -> str:
    """Why it is called otherwise: how a name was spelt that ``before`` is not is no reason."""
    typed = sorted(changes, key=typed_order)
    change = next((rename for rename in reversed(typed) if rename.after == after), None)
    while change and change.on is None and change.before != before:
        earlier = [past for past in typed if past.pk < change.pk and past.after == change.before]
        if not earlier:
            break
        change = earlier[-1]
    return change.why if change else ""


def with_names(
    contents: ProgrammeContents,
    before: ProgrammeContents | None,
    council: Council,
    changes: Sequence[NameChange],
    follows: date | None = None,
) -> ProgrammeContents:
    """The contents with the names that are not those of the reports, where there are any.

    ``before`` is the version of the same quarter that stands, ``follows`` as ``names_on`` has it.
    Three queries, or none where one stands and every fund, every provider and everything served
    has one name.
    """
    unnamed = msgspec.structs.replace(contents, names=None)
    first = shown_sheets(before) if before else []
    sheets = [*first, *shown_sheets(unnamed)]
    funds, served, providers = _of_funds(sheets), _of_served(sheets), _of_providers(sheets)
    published: dict[Thing, Name] = {}
    for sheet in reversed(first):
        published |= named_in(sheet)
    dated = as_names(names_on(changes, contents.as_at, published, follows))
    if (
        before
        and dated == Names()
        and not (_differ(funds) or _differ(served) or _differ(providers))
    ):
        return unnamed
    of_day_funds = {fund.slug: fund for fund in dated.funds}
    of_day_served = {purpose.number: purpose.title for purpose in dated.served}
    of_day_providers = {provider.slug: provider.name for provider in dated.providers}
    funds_now = {
        fund.slug: FundName(slug=fund.slug, name=fund.name, label=fund.label)
        for fund in council.funds.all()
    }
    served_now = {condition.number: condition.title for condition in council.conditions.all()}
    providers_now = {provider.slug: provider.name for provider in council.providers.all()}
    names = Names(
        funds=list(_chosen(funds, of_day_funds, _of_funds(first), funds_now).values()),
        served=[
            Served(number, title)
            for number, title in _chosen(
                served, of_day_served, _of_served(first), served_now
            ).items()
        ],
        providers=[
            ProviderName(slug, name)
            for slug, name in _chosen(
                providers, of_day_providers, _of_providers(first), providers_now
            ).items()
        ],
    )
    return unnamed if names == Names() else msgspec.structs.replace(unnamed, names=names)


def _differ(said: Mapping[K, list[N]]) -> bool:
    return any(len(set(names)) > 1 for names in said.values())


def _chosen(
    said: Mapping[K, list[N]],
    of_day: Mapping[K, N],
    first: Mapping[K, list[N]],
    now: Mapping[K, N],
) -> dict[K, N]:
    """One name for each of which reports say another: of the day, of ``first``, or of now."""
    chosen = {
        key: of_day.get(key) or (first[key][0] if key in first else now.get(key, names[0]))
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
