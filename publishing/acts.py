"""What a council has published and withdrawn so far: a mark that is the same until it does more.

What everyone sees of a council follows from its versions, from which of them are public and from
what was withdrawn of them. It is worked out once for each mark, and kept in this process: see
``publishing.version_cache``.
"""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

from django.contrib.postgres.aggregates import StringAgg
from django.db.models import CharField, F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast, Concat

from projects.models import Council
from publishing import version_cache
from publishing.models import Publication, Version, VersionSnapshot, Withdrawal

P = ParamSpec("P")
R = TypeVar("R")


class Acts(NamedTuple):
    """The end of the council's chain, which covers every version in it, and what became of them."""

    council: int
    # The last version's place, fingerprint and link to the one before; empty without versions.
    end: str
    # Which versions are withdrawn, when and why; empty where none is.
    withdrawals: str
    # The last publication of any council, and the last report that any version was given: both
    # are written after the version.
    published: int
    last_shown: int


def with_acts(councils: QuerySet[Council]) -> QuerySet[Council]:
    """The councils, each with what ``acts_shown`` reads."""
    versions = Version.objects.filter(council=OuterRef("pk")).order_by("-place")
    said = Concat("place", Value(" "), "fingerprint", Value(" "), "previous", output_field=_TEXT)
    said_of_each: dict[str, Subquery] = {
        "acts_end": Subquery(versions.annotate(said=said).values("said")[:1]),
        "acts_withdrawals": _withdrawals(),
        "acts_published": _last(Publication.objects.all()),
        "acts_shown": _last(VersionSnapshot.objects.all()),
    }
    return councils.annotate(**said_of_each)


def has_acts(council: Council) -> bool:
    """Whether the council is of ``with_acts``."""
    return hasattr(council, "acts_end")


def acts_shown(council: Council) -> Acts:
    """What a council had published and withdrawn when it was fetched.

    One query for a council that is not of ``with_acts``.
    """
    if not has_acts(council):
        return acts_of(council.pk)
    end, withdrawals = council.acts_end, council.acts_withdrawals
    return Acts(
        council.pk,
        end or "",
        withdrawals or "",
        council.acts_published or 0,
        council.acts_shown or 0,
    )


def acts_of(council_pk: int) -> Acts:
    """What the council has published and withdrawn by now; nothing of one that is not kept.

    One query.
    """
    council = with_acts(Council.objects.filter(pk=council_pk)).first()
    return acts_shown(council) if council else Acts(council_pk, "", "", 0, 0)


def kept(reading: Callable[Concatenate[Acts, P], R]) -> Callable[Concatenate[Acts, P], R]:
    """Lets this process do a ``reading`` once for each mark, while the cache keeps its answer."""

    @wraps(reading)
    def once(acts: Acts, *args: P.args, **kwargs: P.kwargs) -> R:
        return version_cache.answer(reading, (acts, *args), kwargs)

    return once


_TEXT = TextField()


def _withdrawals() -> Subquery:
    confirmed = Withdrawal.objects.filter(
        version__council=OuterRef("pk"), decision=Withdrawal.Decision.CONFIRMED
    )
    said = Concat(
        Cast("version_id", CharField()),
        Value(" "),
        Cast("decided_at", CharField()),
        Value(" "),
        F("reason"),
        output_field=_TEXT,
    )
    listed = confirmed.order_by().values("version__council")
    return Subquery(listed.annotate(said=StringAgg(said, "; ", order_by="pk")).values("said"))


def _last(rows: QuerySet) -> Subquery:
    return Subquery(rows.order_by("-pk").values("pk")[:1])
