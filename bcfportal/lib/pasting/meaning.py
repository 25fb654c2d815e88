"""What a pasted column is: a column of the grid, something that is left out, or a question."""

import re
from dataclasses import dataclass, replace

from bcfportal.lib.pasting.grids import Column, Grid, word_set
from bcfportal.lib.pasting.heads import OTHER, OWN, PERHAPS, Head, When, together
from bcfportal.lib.pasting.names import fold

OUT = "out"
SO_FAR = "of the year so far"
# Words of a head that make its figures something else than a result, by what they are then.
_ELSE = (
    (
        "a target",
        "target targets goal goals plan planned trajectory ambition threshold standard aim "
        "expected tolerance baseline profile profiled tgt targ",
    ),
    (
        "an earlier figure",
        "last previous prev prior earlier before ly historic historical preceding py",
    ),
    (
        SO_FAR,
        "ytd cumulative cum date running rolling so far committed",
    ),
    (
        "a change or variance",
        "variance variances var change changes movement difference diff travel dot direction trend "
        "over under overspend underspend overspent underspent growth +",
    ),
    ("a rating", "rag rating ratings status rated colour brag"),
    (
        "of other places",
        "england national nationally region regional eastern midlands "
        "neighbours neighbour comparator comparators benchmark peers family cipfa similar",
    ),
    (
        "no figure of this return",
        "weight weighting rank ranking priority confidence limit upper lower",
    ),
    ("a balance at the end", "closing carried"),
)
KINDS = {word: kind for kind, phrase in _ELSE for word in phrase.split()}
# Two words that are one: "to date" is of the year so far, "update" is not.
_PHRASES = re.compile(r"\b(year to|to date|so far|since april)\b")
# Heads that say no more than that figures stand below.
_LITTLE = word_set("amount amounts data quarter month period year this total")
FILLING = word_set("the of in for at as by to and a on is figure figures m k")
# Words of heads that say what else is counted in a table beside its results.
_COUNTED_BESIDE = word_set(
    "cohort cohorts population populations sample samples denominator numerator base caseload "
    "budget cost costs spend staff fte wte beds capacity note notes comments outcome outcomes "
    "measure measures total average mean trust trusts hospital hospitals"
)
_OTHER_MONEY = word_set("original expenditure income gross")


@dataclass(frozen=True)
class Meaning:
    """``choice`` is one of the grid's, OUT, or "" where it is not known; ``why`` is a sentence."""

    choice: str
    why: str = ""
    # Whether the head itself says so, rather than that nothing else was left.
    sure: bool = True
    asked: bool = False
    # The column and part that it could be, where that is asked.
    like: str = ""
    # Whether its figures are added up since April.
    so_far: bool = False
    # Whether a person said so.
    is_said: bool = False
    # Whether it may be the result itself, so that it is asked about beside a head that is known.
    rivals: bool = False


def meaning_of(head: Head, context: Head, grid: Grid, column: str = "") -> Meaning:
    """What the column under the head holds; ``column`` is the key of the one that is named."""
    phrase, part = without_part(head.phrase, grid)
    if not head.text:
        return Meaning("", "It has no heading.", sure=False)
    if head.is_letter and not part:
        return Meaning("", "One letter does not say what it is.", sure=False)
    if head.unit in grid.other_units:
        return Meaning(OUT, f"It is {grid.other_units[head.unit]}.")
    ended = _year_ended(head.when, grid)
    exact = grid.column(column) if column else _exact(phrase, head, grid)
    kind = "" if exact or _is_own_word(phrase, head, grid) else something_else(phrase)
    if grid.is_so_far and (kind == SO_FAR or (not kind and _is_since_april(head.when, grid))):
        return _so_far(head, part, grid)
    if kind and not (kind == SO_FAR and ended):
        return Meaning(OUT, f"It is {kind}.")
    columns = [exact] if exact else _by_words(phrase, head, grid)
    if not columns and (alone := of_year(phrase, head, grid)):
        why = "It says a year, and not what its figures are."
        return Meaning("", why, sure=False, like=alone.key)
    if not columns:
        rivals = may_be_result(phrase, grid)
        return Meaning("", "That heading is not known here.", sure=False, rivals=rivals)
    if head.when:
        columns, fits = _of_head(columns, head.when, grid, exact)
    else:
        columns, fits = _in_period(columns, context.when, grid, exact)
    if fits == OTHER and head.when:
        up_to = "the year up to " if grid.of_year and head.when.is_end else ""
        return Meaning(OUT, f"It is of {up_to}{head.when.written}.")
    choice = _choice(columns, part)
    when = _with_context(head.when, context.when, columns, grid)
    if fits == OWN and head.when and context.when and not (when and ended):
        fits = _in_period(columns, when, grid, exact)[1] if when else OTHER
    when = when or context.when
    if len(columns) > 1 or fits != OWN:
        why = (
            "It may be any of several columns."
            if len(columns) > 1
            else f"It may be of {_which(when)}{_says(when)}."
        )
        return Meaning("", why, sure=False, like=choice)
    return Meaning(choice)


def meaning_beside(head: Head, said: Head, column: str, context: Head, grid: Grid) -> Meaning:
    """What the column under the head holds in a line whose words are ``said``.

    ``column`` is the key of the column that the words name, if they do.
    """
    when = together(head.when, said.when)
    if when is None:
        return Meaning(OUT, f"It is of {said.when.written}.")
    own = column_of(head, grid) if head.phrase else None
    phrase = f"{head.phrase} {said.phrase}"
    if column and (own is None or own.key == grid.default) and _says_little(head.phrase, grid):
        phrase = said.phrase
    elif column and own and own.key != column:
        return Meaning("", "The line and the heading say two things.", sure=False)
    text = " ".join(filter(None, (head.text, said.text)))
    is_letter = head.is_letter or said.is_letter
    if grid.of_year:
        # What the titles say is the report's month, and not that of its figures.
        above = Head(when=context.when)
    else:
        when, above = together(context.when, when) or when, Head()
    both = Head(text, when, head.unit or said.unit, phrase.strip(), is_letter)
    return meaning_of(both, above, grid, column=column)


def _says_little(phrase: str, grid: Grid) -> bool:
    """Whether the words of a head could belong to any result."""
    default = [column for column in grid.columns if column.key == grid.default]
    known = {word for column in default for word in column.core | column.beside}
    return set(phrase.split()) <= known | FILLING | _LITTLE


def _is_since_april(when: When, grid: Grid) -> bool:
    return when.until == grid.own[0].last_day.month


def _so_far(head: Head, part: str, grid: Grid) -> Meaning:
    """A column of the year so far, where some rows are added up since April."""
    when = head.when
    other = when and not when.until and all(when.is_of(own) == OTHER for own in grid.own)
    if other or (when.until and not _is_since_april(when, grid)):
        return Meaning(OUT, f"It is of {when.written}.")
    why = "It is of the year so far: it goes to what is counted since April."
    return Meaning(f"{grid.default}|{part}" if part else grid.default, why, so_far=True)


def _with_context(when: When, context: When, columns: list[Column], grid: Grid) -> When | None:
    """What a head and its titles say together; None where they say different periods.

    A head may say the day or the year of its own column, whatever the report is of.
    """
    of_columns = any(column.day or column.year is not None for column in columns)
    of_columns = of_columns or _year_ended(when, grid) is not None
    if not when or not of_columns:
        return together(context, when)
    if context and _best(context, grid) == OTHER:
        return None
    if when.year is None and not when.day and context.year is not None:
        return together(When(year=context.year, phrase=context.phrase), when)
    return when


def _which(when: When) -> str:
    return "all the time up to then" if when.is_end else "another period"


def _says(when: When) -> str:
    return f": it says {when.written}" if when.phrase else ""


def _choice(columns: list[Column], part: str) -> str:
    return f"{columns[0].key}|{part}" if part else columns[0].key


def without_part(phrase: str, grid: Grid) -> tuple[str, str]:
    """The words without the part that they name, and the part."""
    padded = f" {phrase} "
    for name in sorted(grid.part_names, key=len, reverse=True):
        if f" {name} " in padded:
            part = grid.part_names[name]
            rest = padded.replace(f" {name} ", " ", 1).strip()
            # A provider is often named with its place: "South (Metro)".
            again, same = without_part(rest, grid)
            return (again, part) if same == part else (rest, part)
    return phrase, ""


def _exact(phrase: str, head: Head, grid: Grid) -> Column | None:
    text = fold(head.text)
    return next(
        (
            column
            for column in grid.columns
            if text in column.folded or (phrase and phrase in column.folded)
        ),
        None,
    )


def of_year(phrase: str, head: Head, grid: Grid) -> Column | None:
    """The only column of the year that a head says, where it says no more."""
    columns = [column for column in grid.columns if column.year == head.when.year]
    alone = head.when.year is not None and not set(phrase.split()) - FILLING
    alone = alone and not head.when.is_end
    return columns[0] if alone and len(columns) == 1 else None


def may_be_result(phrase: str, grid: Grid) -> bool:
    """Whether words that are not known may head what corrects a known column: "Q3 revised".

    Of a result each may, unless they say what else is counted there. Of money they have a word of a
    column, or only words that stand beside one: "Forecast restated", "Revised".
    """
    said = set(phrase.split()) - FILLING
    if grid.default:
        return not said & _COUNTED_BESIDE
    if said & _OTHER_MONEY:
        return False
    of_columns = [column for column in grid.columns if not column.of_words]
    return any(said & column.core or said <= column.beside for column in of_columns)


def _is_own_word(phrase: str, head: Head, grid: Grid) -> bool:
    """Whether what would be something else elsewhere is the grid's own: a reserve's "Planned"."""
    said = set(phrase.split())
    return any(
        column.of_words or said & column.core & set(KINDS)
        for column in _by_words(phrase, head, grid)
        if said
    )


def something_else(phrase: str) -> str:
    """What it is, if it is not a result. A target for the year so far is a target."""
    kinds = [KINDS[word] for word in phrase.split() if word in KINDS and word not in _ONLY_PHRASED]
    others = [kind for kind in kinds if kind != SO_FAR]
    if others:
        return others[0]
    return SO_FAR if kinds or _PHRASES.search(phrase) else ""


_ONLY_PHRASED = frozenset({"date", "so", "far"})


def column_of(head: Head, grid: Grid) -> Column | None:
    """The column of the grid that a head's words mean, whatever its period; None for several."""
    if exact := _exact(head.phrase, head, grid):
        return exact
    columns = _by_words(head.phrase, head, grid) if head.phrase else []
    return columns[0] if len(columns) == 1 else None


def _by_words(phrase: str, head: Head, grid: Grid) -> list[Column]:
    """The columns that the words mean; without words, the column of results."""
    words_left = grid.without_units(phrase)
    said = {word for word in words_left.split() if word not in FILLING}
    if not said:
        # A unit alone heads the results of rows in that unit.
        says = head.when or phrase or grid.has_units or _names_part(head, grid)
        return [grid.column(grid.default)] if grid.default and says else []
    return [
        column
        for column in grid.columns
        if said & column.core and said <= column.core | column.beside
    ]


def _names_part(head: Head, grid: Grid) -> bool:
    return bool(without_part(head.phrase, grid)[1])


def _in_period(
    columns: list[Column], when: When, grid: Grid, exact: Column | None
) -> tuple[list[Column], str]:
    """The columns whose figures are of the period, and whether they are the grid's own."""
    on_day = any(column.day for column in columns)
    if when.differs:
        return columns, PERHAPS
    if not when:
        # A balance may be that of the year's beginning or of its end.
        return columns, PERHAPS if on_day and not exact else OWN
    if on_day and not (when.day or when.month):
        # Which end of the year it is, its name has to say.
        own = OWN if exact else PERHAPS
        year = grid.own[-1].start_year
        days = {year + (column.day[1] < 4) for column in columns if column.day}
        says = when.year == year if when.year is not None else when.calendar_year in days
        return columns, OTHER if not says else PERHAPS if when.is_end else own
    if on_day:
        return _on_day(columns, when, grid)
    if when.year is not None and any(column.year is not None for column in columns):
        time = replace(when, year=None)
        best = _best(time, grid) if time else OWN
        if best != OWN:
            return columns, best
        years = [column for column in columns if column.year == when.year]
        # "To 2028/29" may be all years up to it.
        own = PERHAPS if when.is_end and not time else OWN
        return (years, own) if years else (columns, OTHER)
    return columns, _best(when, grid)


def _of_head(
    columns: list[Column], when: When, grid: Grid, exact: Column | None
) -> tuple[list[Column], str]:
    """As ``_in_period``, of what a head itself says: a month of a year's figure is a part of it."""
    of_others = any(column.day or column.of_words for column in columns)
    if not grid.of_year or of_others or not (when.day or when.month or when.quarter):
        return _in_period(columns, when, grid, exact)
    ended = _year_ended(when, grid)
    if ended is not None:
        of_years = [column for column in columns if column.year is not None]
        years = [column for column in of_years if column.year == ended]
        is_own = bool(years) if of_years else ended == grid.own[-1].start_year
        return years or columns, OWN if is_own and not when.differs else OTHER
    return columns, OTHER if when.is_end or _best(when, grid) == OTHER else PERHAPS


def _year_ended(when: When, grid: Grid) -> int | None:
    """The year whose end a head says, by the year that it starts in: "to 31 March 2027"."""
    own = grid.own[-1]
    if not grid.of_year or not (when.until or when.day or when.month):
        return None
    if when.until:
        is_end = when.until == own.last_day.month
    elif when.day:
        is_end = (when.day.month, when.day.day) == (own.last_day.month, own.last_day.day)
    else:
        is_day = when.of_day == own.last_day.day
        is_end = when.month == own.last_day.month and (is_day or (when.is_end and not when.of_day))
    if not is_end:
        return None
    calendar_year = when.calendar_year
    if when.day and not when.until:
        calendar_year = when.day.year
    ended = calendar_year - 1 if calendar_year else when.year
    if when.year not in (None, ended):
        return None
    return own.start_year if ended is None else ended


def _best(when: When, grid: Grid) -> str:
    if grid.of_year and (when.day or when.month or when.quarter):
        # A report of money says up to when it is, and its figures are of the year.
        when = replace(when, is_end=False)
    fits = [when.is_of(own) for own in grid.own]
    return OWN if OWN in fits else PERHAPS if PERHAPS in fits else OTHER


def _on_day(columns: list[Column], when: When, grid: Grid) -> tuple[list[Column], str]:
    own = grid.own[-1]
    on_day = []
    day = when.month or (when.day.month if when.day else 0)
    calendar_year = own.start_year + (day < 4)
    another_year = when.year not in (None, own.start_year) or (
        when.calendar_year not in (None, calendar_year)
    )
    if another_year or when.quarter or when.until:
        return columns, OTHER
    for column in columns:
        if column.day is None:
            continue
        if when.day:
            fits = (when.day.day, when.day.month) == column.day and when.day == own.first_day
        else:
            fits = (when.of_day, when.month) == column.day
        if fits:
            on_day.append(column)
    return (on_day, OWN) if on_day else (columns, OTHER)
