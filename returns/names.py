"""What reports call funds, providers and what projects serve: by the day that they are as at."""

from collections.abc import Iterable, Mapping
from datetime import date

import msgspec
from django.db.models import QuerySet

from outcomes.project_measures.content import Measure
from projects.as_at import Name, name_of, name_on
from projects.models import Fund, GrantCondition, NameChange, Provider
from returns.content import FundName, Sheet

# What can be renamed: its kind, and its name in addresses or its number.
Thing = tuple[str, str | int]
FUND, SERVED, PROVIDER = "Fund", "Serves", "Provider"


class _Plain(msgspec.Struct, frozen=True, omit_defaults=True):
    pass


class Served(_Plain, frozen=True):
    """What projects serve, by its number in the council's list."""

    number: int
    title: str


class ProviderName(_Plain, frozen=True):
    """A provider, by its name in addresses."""

    slug: str
    name: str


class Names(_Plain, frozen=True):
    """What a version calls funds, providers and what projects serve, where its reports differ.

    Funds and providers are known by their ``slug``, what is served by its number. A sheet of
    before schema 4 does not know its providers by a slug: they keep their names.
    """

    funds: list[FundName] = []
    served: list[Served] = []
    providers: list[ProviderName] = []

    def of(self, sheet: Sheet) -> Sheet:
        """The same sheet with these names."""
        funds = {fund.slug: fund for fund in self.funds}
        served = {purpose.number: purpose.title for purpose in self.served}
        by_slug = {provider.slug: provider.name for provider in self.providers}
        providers = {
            name: by_slug[slug] for name, slug in sheet.provider_slugs.items() if slug in by_slug
        }
        return msgspec.structs.replace(
            sheet,
            providers=[providers.get(name, name) for name in sheet.providers],
            provider_slugs={
                providers.get(name, name): slug for name, slug in sheet.provider_slugs.items()
            },
            measures=[_with_providers(measure, providers) for measure in sheet.measures]
            if providers
            else sheet.measures,
            condition_title=served.get(sheet.condition_number, sheet.condition_title),
            streams=[
                msgspec.structs.replace(stream, fund=funds.get(stream.fund.slug, stream.fund))
                for stream in sheet.streams
            ],
        )


def _with_providers(measure: Measure, names: Mapping[str, str]) -> Measure:
    """The measure with other names of providers, by the names that its results have."""
    results = [
        msgspec.structs.replace(result, provider=names.get(result.provider, result.provider))
        for result in measure.results
    ]
    return msgspec.structs.replace(measure, results=results)


def with_what_they_name(changes: QuerySet[NameChange]) -> QuerySet[NameChange]:
    """The changes with what was renamed, by day and then as they were typed."""
    return changes.select_related("fund", "condition", "provider").order_by("on", "pk")


def renamed(change: NameChange) -> Fund | GrantCondition | Provider:
    """What the change is of."""
    record = change.fund or change.condition or change.provider
    if record is None:
        raise ValueError("A change of name is of one thing.")
    return record


def thing_of(change: NameChange) -> Thing:
    record = renamed(change)
    if isinstance(record, GrantCondition):
        return SERVED, record.number
    return (FUND if isinstance(record, Fund) else PROVIDER), record.slug


def named_in(sheet: Sheet) -> dict[Thing, Name]:
    """What the sheet calls all that can be renamed."""
    return {
        (SERVED, sheet.condition_number): Name(sheet.condition_title),
        **{(FUND, fund.slug): Name(fund.name, fund.label) for fund in sheet.funds},
        **{(PROVIDER, slug): Name(name) for name, slug in sheet.provider_slugs.items()},
    }


def names_on(
    changes: Iterable[NameChange], day: date, published: Mapping[Thing, Name] | None = None
) -> dict[Thing, Name]:
    """What everything that was ever renamed was called on the day.

    ``published`` are names that a version of that day has: what was changed from a later day on
    leaves them as they are.
    """
    by_thing: dict[Thing, list[NameChange]] = {}
    for change in changes:
        by_thing.setdefault(thing_of(change), []).append(change)
    called = {}
    for thing, own in by_thing.items():
        first = (published or {}).get(thing)
        known = [change for change in own if first is None or change.on is None or change.on <= day]
        called[thing] = name_on(known, day, first or name_of(renamed(own[0])))
    return called


def as_names(called: Mapping[Thing, Name]) -> Names:
    """The same, to put into sheets."""
    return Names(
        funds=[
            FundName(slug=str(key), name=name.name, label=name.short)
            for (kind, key), name in called.items()
            if kind == FUND
        ],
        served=[
            Served(int(key), name.name) for (kind, key), name in called.items() if kind == SERVED
        ],
        providers=[
            ProviderName(str(key), name.name)
            for (kind, key), name in called.items()
            if kind == PROVIDER
        ],
    )
