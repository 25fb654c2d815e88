"""Which column of a file is what, by its heading, in any order and the usual spellings."""

import re
from dataclasses import dataclass, field

from bcfportal.lib.sentences import listed
from bcfportal.lib.spreadsheets import limits
from bcfportal.lib.spreadsheets.refusals import Refused
from bcfportal.lib.text.invisible import in_plain_signs

CODE, PERIOD, AMOUNT, YEAR = "code", "period", "amount", "year"
# In place of an amount: it is the debit less the credit.
DEBIT, CREDIT = "debit", "credit"
DESCRIPTION, FUNDING_SOURCE, AREA_CODE = "description", "funding_source", "area_code"
NEEDED = (CODE, PERIOD, AMOUNT)
NEEDED_WORDS = "Code, Period and Amount"

# The first spelling is the plainest; it wins where two columns could be the same thing.
SPELLINGS = {
    CODE: (
        *("code", "ledger code", "account code", "account", "cost code", "cost centre"),
        *("cost center", "budget code", "gl code", "nominal code", "nominal", "account number"),
        *("account no", "subjective code", "detail code", "finance code", "coding"),
    ),
    PERIOD: (
        *("period", "month", "accounting period", "financial period", "fiscal period"),
        *("posting period", "ledger period", "period name", "period number", "period no"),
        *("month name", "accounting month", "mth", "per"),
    ),
    AMOUNT: (
        *(
            "amount",
            "actual",
            "actuals",
            "actual amount",
            "net amount",
            "amount in pounds",
            "value",
            # As SAP heads the pounds of a council: in the currency of its own books.
            "amount in local currency",
            "amount in local cur",
            "amount in lc",
            "amount in loc curr",
            "amount in company code currency",
            "val in rep cur",
        ),
        *("net", "net value", "spend", "actual spend", "actual expenditure", "expenditure"),
        *("pounds", "gbp", "amount gbp", "actual gbp", "net actual", "total"),
    ),
    DEBIT: ("debit", "debits", "dr", "debit amount", "debit value"),
    CREDIT: ("credit", "credits", "cr", "credit amount", "credit value"),
    YEAR: ("year", "financial year", "fiscal year", "fin year", "fy", "accounting year"),
    DESCRIPTION: (
        *("description", "account description", "code description", "cost centre description"),
        *("details", "detail", "narrative", "account name", "code name", "name", "text"),
    ),
    FUNDING_SOURCE: (
        *("funding source", "source of funding", "fund", "funding", "fund code", "grant"),
        "source of fund",
    ),
    AREA_CODE: (
        *("area code", "area", "expenditure area", "service area", "service", "area of spend"),
        "service code",
    ),
}
NAMES = {CODE: "Code", PERIOD: "Period", AMOUNT: "Amount"}
# Each spelling with the parts that it may name, and how plainly it does.
_PARTS: dict[str, list[tuple[str, int]]] = {}
for _part, _spellings in SPELLINGS.items():
    for _rank, _name in enumerate(_spellings):
        _PARTS.setdefault(_name, []).append((_part, _rank))
# Where several columns can be these, the person is asked which, or their words are joined.
_SEVERAL = (CODE, DESCRIPTION)
# Amounts are asked about however plainly one of their columns is named.
_ASKED = (AMOUNT,)
_MOST_OF_A_PART = 3
# Letters of a heading that are looked at, and how many of those found are named.
_LONGEST = 200
_SHOWN = 6
_CURRENCY = re.compile(r"[€$¥]|\b(?:eur|euros?|usd|us dollars?|dollars?)\b", re.IGNORECASE)
_IN_THOUSANDS = re.compile(r"£\s*['‘’]?0{3}|£\s*[km]\b|\b0{3}s?\b|thousand|million", re.IGNORECASE)
_AMOUNT_LIKE = re.compile(r"amount|actual|spend|value|net|total|£|gbp|pounds|expenditure", re.I)


@dataclass(frozen=True)
class Heading:
    """The row that names the columns: what each place means, and the words in it."""

    number: int
    places: dict[str, int]
    titles: tuple[str, ...]
    # All places of a part that several columns can be: an account and its cost centre, two amounts.
    several: dict[str, tuple[int, ...]] = field(default_factory=dict)

    def word(self, part: str) -> str:
        """The heading of a part as the file spells it."""
        return self.titles[self.places[part]]


def folded(title: str) -> str:
    """A heading as it is compared: "Amount (£)" -> "amount", "Cost_Centre" -> "cost centre"."""
    title = in_plain_signs(title[:_LONGEST])
    plain = re.sub(r"[^0-9a-z]+", " ", title.casefold()).strip()
    return plain or ("pounds" if "£" in title else "")


def find_heading(
    number: int, cells: list, sheet: str, *, with_month: bool = True
) -> Heading | None:
    """The heading, where this row has all that are needed; None where it does not.

    A file of one month may have no column for it: ``with_month`` is False to find such a heading.
    Raises Refused where two columns could be the same thing, or amounts are not in pounds.
    """
    titles = _titles(cells)
    candidates = _candidates(titles)
    needed = [part for part in NEEDED if with_month or part != PERIOD]
    if AMOUNT not in candidates and {DEBIT, CREDIT} <= candidates.keys():
        needed.remove(AMOUNT)
    else:
        candidates = {part: of for part, of in candidates.items() if part not in (DEBIT, CREDIT)}
    places = {part: ranked[0][1] for part, ranked in candidates.items()}
    alike = {part: _alike(ranked) for part, ranked in candidates.items()}
    several = {
        part: tuple(sorted(of))
        for part, of in alike.items()
        if part in _SEVERAL and 1 < len(of) <= _MOST_OF_A_PART
    } | {
        part: tuple(sorted(place for _, place in candidates[part]))
        for part in _ASKED
        if len(candidates.get(part, ())) > 1
    }
    doubts = [
        (titles[place], titles[other])
        for part, (place, *others) in alike.items()
        if part not in several
        for other in others
    ]
    where = f"sheet {sheet}" if sheet else "the file"
    if any(part not in places for part in needed) and CODE in places and PERIOD in places:
        for word in titles:
            if _IN_THOUSANDS.search(word) and _AMOUNT_LIKE.search(word):
                raise Refused(
                    f"The column “{word[:40]}” of {where} is not in pounds. Give pounds in a "
                    "column that is named Amount."
                )
    if any(part not in places for part in needed):
        return None
    foreign = [titles[place] for place in places.values() if _CURRENCY.search(titles[place])]
    if foreign:
        raise Refused(
            f"The column “{foreign[0][:40]}” of {where} is in another currency. Give pounds in a "
            "column that is named Amount."
        )
    if doubts:
        first, second = doubts[0]
        raise Refused(
            f"The columns “{first[:40]}” and “{second[:40]}” of {where} could mean the same. "
            "Name the one that counts Code, Period, Amount, Year, Description, Funding source or "
            "Area code, or take the other out."
        )
    return Heading(number, places, titles, several)


def _alike(ranked: list[tuple[int, int]]) -> list[int]:
    """The places of the columns that can be a part, unless one is named as plainly as can be."""
    best = ranked[0][0]
    return [place for rank, place in ranked if best or not rank]


def heading_of(rows: list[tuple[int, list]], sheet: str) -> Heading | None:
    """The heading among the first rows of a sheet: the first with a month, or else without."""
    for with_month in (True, False):
        for number, cells in rows:
            if heading := find_heading(number, cells, sheet, with_month=with_month):
                return heading
    return None


def _titles(cells):
    return tuple(cell.strip() if isinstance(cell, str) else "" for cell in cells[: limits.COLUMNS])


def _candidates(titles):
    """For each part that could be named: (rank of the spelling, place), the plainest first."""
    candidates: dict[str, list[tuple[int, int]]] = {}
    for place, name in enumerate(map(folded, titles)):
        for part, rank in _PARTS.get(name, ()):
            candidates.setdefault(part, []).append((rank, place))
    return {part: sorted(candidates[part]) for part in SPELLINGS if part in candidates}


def nearest(rows: list[tuple[str, list]]) -> str:
    """Says of the row that comes nearest to a heading what it has: " Row 1 has Dept and Cost."

    ``rows`` are (place in words, cells). Empty where no row has several words.
    """
    best, said = (0, 1), ""
    for place, cells in rows:
        titles = [word for word in _titles(cells) if word]
        candidates = _candidates(titles)
        missing = [NAMES[part] for part in NEEDED if part not in candidates]
        rank = (len(NEEDED) - len(missing), len(titles))
        if rank <= best or len(titles) < 2:
            continue
        best = rank
        named = [word if len(word) <= 30 else f"{word[:29]}…" for word in titles[:_SHOWN]]
        if len(titles) > _SHOWN:
            named.append(f"{len(titles) - _SHOWN} more")
        lacks = f": none of these is read as {' or '.join(missing)}" if rank[0] else ""
        said = f" {place} has {listed(named)}{lacks}."
    return said
