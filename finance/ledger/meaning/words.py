"""Words in and around a ledger's rows that say what the amounts are, or are not."""

import re
from decimal import Decimal
from enum import Enum
from functools import lru_cache

from bcfportal.lib.text.invisible import in_plain_signs

_LONGEST = 200
_MINUS = str.maketrans("−–—", "---")


def _word_set(text: str) -> frozenset[str]:
    return frozenset(text.split())


MONTHS = _word_set("jan feb mar apr may jun jul aug sep oct nov dec")


class Sign(Enum):
    """What a word says of an amount's sign."""

    DEBIT = "debit"
    CREDIT = "credit"
    # A credit note or income: written with a minus in one system and without in another.
    PERHAPS_CREDIT = "perhaps a credit"


_SIGNS = {
    **dict.fromkeys(("dr", "debit", "debits", "+", "plus", "positive"), Sign.DEBIT),
    **dict.fromkeys(("cr", "credit", "credits", "-", "minus", "negative"), Sign.CREDIT),
}
# Words that say a sign in a column that is headed so, and anything elsewhere.
_SHORT_SIGNS = {
    **dict.fromkeys(("d", "db", "deb", "p", "pos", "s", "40", "1"), Sign.DEBIT),
    **dict.fromkeys(("c", "cred", "n", "neg", "h", "50", "-1"), Sign.CREDIT),
    **dict.fromkeys(("i", "inc"), Sign.PERHAPS_CREDIT),
    **dict.fromkeys(("e", "exp"), Sign.DEBIT),
}
_PERHAPS = re.compile(
    r"(?:(?:sales|purchase|supplier|customer|ap|ar) )?credit (?:notes?|memos?|adjustments?)"
    r"|income|refunds?|receipts?|reversals?|recover(?:y|ies)|rebates?"
)
_OF_DEBIT = frozenset({"dr", "d", "db", "deb", "debit", "debits", "plus", "positive", "pos"})
_OF_CREDIT = frozenset({"cr", "c", "cred", "credit", "credits", "minus", "negative", "neg"})
_OF_SIGN = frozenset({"sign", "signs", "dc", "cd", "drcr", "crdr", "dbcr", "dcind", "shkzg"})
_OF_PEOPLE = frozenset({"off", "by", "up", "date", "offs"})
_OF_INCOME = (frozenset({"income", "inc", "i"}), frozenset({"expenditure", "exp", "e"}))


def tokens(text: str) -> list[str]:
    """The words of a text in small letters, without figures and signs."""
    return re.findall(r"[a-z]+", in_plain_signs(text[:_LONGEST]).casefold().replace("'", ""))


def heads_signs(title: str) -> bool:
    """Whether a heading is that of a column of signs: "Dr/Cr", "+/-", "D/C indicator"."""
    raw = re.sub(r"\s", "", title.translate(_MINUS))
    if raw in ("+/-", "-/+", "±", "+-", "(+/-)"):
        return True
    said_words = set(tokens(title))
    if said_words & _OF_PEOPLE:
        return False
    income, cost = _OF_INCOME
    return bool(
        (said_words & _OF_DEBIT and said_words & _OF_CREDIT)
        or said_words & _OF_SIGN
        or {"posting", "key"} <= said_words
        or (said_words & income and said_words & cost)
    )


def sign_of(text: str, *, headed: bool) -> Sign | None:
    """What a whole cell says of its row's sign; ``headed`` where its column is one of signs."""
    plain = in_plain_signs(text).translate(_MINUS).casefold().strip().strip(".()[]").strip()
    if _PERHAPS.fullmatch(plain):
        return Sign.PERHAPS_CREDIT
    return _SIGNS.get(plain) or (_SHORT_SIGNS.get(plain) if headed else None)


# -- rows that are not what was spent

_NOT_SPENT = _word_set(
    "budget budgets budgeted bud bgt budg forecast forecasts fcst fct fcast reforecast commitment "
    "commitments committed cmt encumbrance encumbrances encumbered enc plan plans planned "
    "comm commit encumb est proj estimate estimates estimated target targets projection "
    "projections projected ytd cumulative cumul variance variances requisition requisitions "
    "virement virements obligation obligations outstanding unspent uncommitted allocation"
)
# The same in words of a sentence, where some of those above say something else.
_NOT_SPENT_AROUND = _NOT_SPENT - _word_set(
    "comm commit encumb est proj bud bgt budg fct cmt enc plan plans planned allocation "
    "outstanding target targets"
)
_PHRASES = re.compile(
    r"\b(?:year|month|period|quarter) to date\b|\bto date\b|\b(?:prior|previous|last) years?\b"
    r"|\b(?:financial|spending) plans?\b|\bon order\b|\bpurchase orders?\b"
    r"|\bnot yet (?:spent|paid)\b|\bopen orders?\b|\bfull year\b|\brunning totals?\b"
    r"|\bsince april\b"
)
_QUALIFIERS = _word_set(
    "original orig revised rev current latest working approved annual full year years total net "
    "gross open actual actuals fy q m p v version amount amounts value values data row rows entry "
    "line lines the of for to date prior previous last month period quarter balance type order "
    "orders purchase profile profiled phased adj adjusted only not yet on "
    "po adjustment adjustments transfer transfers upload journal journals amendment movement change"
)
_SPENT = _word_set(
    "actual actuals act spend spent expenditure paid posted invoiced accrual accruals accrued "
    "outturn cash"
)
_HEADS_OF_KINDS = re.compile(
    r"scenarios?|versions?|(?:value|balance|amount|figure|ledger|record|budget|data|measure|cost"
    r"|entry|actuals?|forecast) (?:type|kind|class|category|flag|basis|ind|indicator)"
    r"|actuals? (?:or|v|vs) (?:budget|forecast|plan)|actuals? (?:budget|forecast|plan)"
    r"|(?:budget|forecast|plan)s? (?:or|v|vs )?actuals?|basis|wrttp|versn|stage of spend"
)


def heads_kinds(title: str) -> bool:
    """Whether a heading is that of a column of kinds of rows: "Scenario", "Value type"."""
    return bool(_HEADS_OF_KINDS.fullmatch(" ".join(tokens(title))))


def is_of_another_kind(text: str) -> bool:
    """Whether a whole cell is a kind of row that is not spent: "Budget", "Original budget 2017"."""
    said_words = tokens(text)
    if not said_words or len(said_words) > 6:
        return False
    said = " ".join(said_words)
    other = bool(set(said_words) & _NOT_SPENT or _PHRASES.search(said))
    return other and set(said_words) <= _NOT_SPENT | _QUALIFIERS | _SPENT


def is_spent(text: str) -> bool:
    """Whether a whole cell is a kind of row that is spent: "Actual", "Actual spend"."""
    said_words = set(tokens(text))
    return bool(said_words & _SPENT) and said_words <= _SPENT | _QUALIFIERS


# Budgets in these words say nothing of the amounts.
OF_MANAGEMENT = re.compile(
    r"\bbudget(?:ary)? (?:monitoring|control|holders?|managers?|codes?|centres?|headings?)\b"
)
_SAYS_SPENT = re.compile(r"\b(?:actuals?|spend|spent|expenditure|outturn)\b")


def says_another_kind(text: str, *, amounts_are_spent: bool = False) -> bool:
    """Whether words around a table say that its amounts are not what was spent in each month.

    ``amounts_are_spent`` where the column's own heading says so: then a title of both is harmless.
    """
    said = OF_MANAGEMENT.sub(" ", " ".join(tokens(text)))
    if not (set(said.split()) & _NOT_SPENT_AROUND or _PHRASES.search(said)):
        return False
    return not (amounts_are_spent and _SAYS_SPENT.search(said))


# -- units and currencies

_UNITS = (
    (
        Decimal(1_000_000),
        re.compile(r"^mn?$|£\s*m(?:n|illions?)?\b|\bmillions?\b|['‘’]000,000", re.I),
    ),
    (
        Decimal(1_000),
        re.compile(
            r"£s?\s*[,'‘’]?000(?:['‘’]?s)?\b|£\s*k\b|['‘’]000|\bthousands?\b|\b000s\b", re.I
        ),
    ),
    (Decimal("0.01"), re.compile(r"^pence$|\b(?:in|as) pence\b|\bpence only\b", re.I)),
)
_GBP_THOUSANDS = re.compile(
    r"^k$|^0{3}s?$|\bgbp\s*['‘’]?(?:000s?|k)\b|\bin 000\b|\(000s?\)", re.IGNORECASE
)


def unit_said(text: str) -> Decimal | None:
    """How many pounds one is by the words: 1,000 of "Figures in £000"; None where they say none."""
    plain = in_plain_signs(text[:_LONGEST])
    if _GBP_THOUSANDS.search(plain):
        return Decimal(1_000)
    return next((scale for scale, unit in _UNITS if unit.search(plain)), None)


_OF_UNITS = _word_set("unit units uom scale denomination multiplier currency ccy curr in measure")
_POUND_SIGN = re.compile(r"£|gbp", re.IGNORECASE)
_WHOLE_UNIT = re.compile(
    r"(?:(?:figures|amounts?|all)? ?in )?(?:£|gbp)? ?['‘’]?"
    r"(?:000(?:['‘’]?s)?|k|mn?|thousands?|millions?|pence)(?: (?:of )?(?:pounds|gbp|£))?",
    re.IGNORECASE,
)


def is_unit(text: str, title: str) -> bool:
    """Whether a whole cell is a unit that is not the pound: "£000"; in a column of units "k"."""
    plain = in_plain_signs(text).strip().strip("()").strip()
    headed = bool(_OF_UNITS & set(tokens(title)))
    return bool(_WHOLE_UNIT.fullmatch(plain)) and (headed or bool(_POUND_SIGN.search(plain)))


CURRENCY = re.compile(
    r"[€$¥]|\b(?:eur|euros?|usd|us dollars?|dollars?|chf|jpy|yen|aud|cad|nok|sek|dkk|pln)\b", re.I
)
_POUNDS = re.compile(r"£|gbp|pounds?|pounds? sterling|sterling|ukp|stg", re.IGNORECASE)
_HEADS_CURRENCIES = re.compile(r"\b(?:currenc(?:y|ies)|curr?|ccy|crcy|waers)\b", re.IGNORECASE)


def heads_currencies(title: str) -> bool:
    """Whether a heading is that of a column of currencies."""
    return bool(_HEADS_CURRENCIES.search(title))


def is_another_currency(text: str, *, headed: bool) -> bool:
    """Whether a whole cell is a currency that is not the pound."""
    plain = text.strip()
    if headed and re.fullmatch(r"[A-Za-z]{3}", plain):
        return not _POUNDS.fullmatch(plain)
    return bool(CURRENCY.fullmatch(plain))


# -- rows that are counted in others

_PART = re.compile(
    r"(?:(?:of|in) which|o w|thereof|memo(?:randum)?|included (?:above|in)|comprising|made up of)"
    r"\b.*|.*\b(?:included|incl) (?:above|elsewhere|in (?:the )?(?:above|total))"
)
_ENDS = r"(?:[cb] ?[fd]|(?:carried|brought) (?:forward|down))"
_SUM = re.compile(
    r"(?:opening|closing) balances?\b.*"
    rf"|(?:balances?|bal) {_ENDS}\b.*"
    r"|(?:(?:grand|sub|net|gross|overall|running|page|check) )*"
    rf"(?:sums?|net|gross|balances?|bal|totals?|tot|ttl|gt|overall|variance|surplus|deficit|{_ENDS})"
    rf"(?: (?:{_ENDS}|expenditure|position|costs?|spend|spending|income|total|of .+))*"
)


_TOTAL = re.compile(
    r"(?:[a-z]{3,20}[\s-])?(?:sub|grand|overall)?[\s-]*totals?\b.*"
    r"|.*\b(?:sub)?totals?\s*:?",
    re.IGNORECASE,
)
# Words longer than this are no label of a total.
_LABEL = 80


def is_total_word(value: object) -> bool:
    """Whether a cell says that its row is a total: "Total", "Grand total", "Sub-total: Adults"."""
    if not isinstance(value, str) or len(value) > _LABEL or "t" not in value.casefold():
        return False
    return bool(_TOTAL.fullmatch(" ".join(in_plain_signs(value).split())))


def is_part_word(value: object) -> bool:
    """Whether a cell says that its row is a part of another: "of which agency"."""
    return isinstance(value, str) and not value.isdigit() and bool(_PART.fullmatch(_folded(value)))


def is_sum_word(value: object) -> bool:
    """Whether a cell says that its row is what others come to: "Sum", "Net", "Balance c/f"."""
    return isinstance(value, str) and not value.isdigit() and bool(_SUM.fullmatch(_folded(value)))


_TOTALS = _word_set(
    "total totals subtotal subtotals sum summary balance balances bal movement movements closing "
    "opening overall net gross"
)
_OF_TOTALS = _word_set(
    "grand sub control of above all pay non nonpay check running page the brought carried forward "
    "down b c f d bf cf bd cd as at on costs cost expenditure spend income position period year "
    "month end this in for to"
)


def says_no_more_than_total(value: object) -> bool:
    """Whether the words of a cell are all of a total or a balance: "Grand total", "Movement"."""
    if not isinstance(value, str) or len(value) > _LABEL:
        return False
    said = set(tokens(value))
    months = {word for word in said if word[:3] in MONTHS}
    whole = bool(said) and said <= _TOTALS | _OF_TOTALS | months
    return whole and (bool(said & _TOTALS) or is_sum_word(value))


# Codes and descriptions come again and again.
@lru_cache(maxsize=10_000)
def _folded(text: str) -> str:
    plain = in_plain_signs(text[:_LONGEST]).casefold()
    return " ".join(re.sub(r"[^a-z0-9]+", " ", plain).split())


# -- other councils

_COUNCIL = re.compile(
    r"\b((?!(?:The|Our|This|All|County|City|Borough|District) )"
    r"(?:[A-Z][\w'’-]+ (?:and |upon |on |of |with )?){1,4})"
    r"(?:(?:County|City|Borough|District|Metropolitan|Unitary|Town) )*"
    r"(?:Council|Borough|MBC|MDC|ICB|CCG)\b"
    r"|\b((?:London |Royal |Metropolitan )*Borough of [A-Z][\w'’-]+)"
)
_KINDS_OF_COUNCIL = re.compile(
    r"\b(?:county|city|borough|district|metropolitan|unitary|council|london|royal|of|the)\b",
    re.IGNORECASE,
)


def short_name(council: str) -> str:
    """A council's name without what kind of council it is: "Norfolk"."""
    return " ".join(_KINDS_OF_COUNCIL.sub(" ", council).split())


def names_another_council(text: str, own: str, others: list[str]) -> bool:
    """Whether words around a table name a council, and not the one whose ledger it is."""
    said = text[:_LONGEST]
    mine = short_name(own).casefold()
    if mine and mine in said.casefold():
        return False
    if any(re.search(rf"\b{re.escape(short_name(name))}\b", said, re.I) for name in others):
        return True
    return bool(_COUNCIL.search(said))
