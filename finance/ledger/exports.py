"""The lines of the ledger as a download."""

from collections.abc import Iterator

from bcfportal.lib.exports import Export

# So many lines are read from the database at a time.
_AT_A_TIME = 5_000


def line_rows(lines) -> Iterator[list]:
    """A row for each line of the query set, as it comes from the database."""
    for line in lines.iterator(chunk_size=_AT_A_TIME):
        yield [
            *(line.code, line.period_label, line.period, line.amount),
            *(line.description, line.funding_source, line.area_code),
        ]


LINES = Export(
    "ledger",
    "Actuals",
    "One row for each code and month.",
    [
        ("Code", "The code of the ledger, as it was uploaded."),
        ("Month", "The month in words."),
        ("Period", "2017-18-m06 is month 6 of 2017/18, which is September 2017."),
        ("Amount", "Pounds and pence; income is negative."),
        ("Description", "As uploaded."),
        ("Funding source", "As uploaded."),
        ("Area code", "As uploaded."),
    ],
    line_rows,
    is_long=True,
)
