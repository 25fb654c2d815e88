"""Blocks that place without a question, and words that say something else, put in at each place."""

# A row and its figures by the screen: heads, (name, figures) of two rows.
BASES = {
    "urgent-response": [
        (("Measure", "Result"), ("Visits within two hours", "82"), ("Who stayed at home", "71")),
        (
            ("Measure", "Target", "Actual"),
            *(("Visits within two hours", "80", "82"), ("Who stayed at home", "70", "71")),
        ),
        (
            ("Indicator", "Q2", "Q3 2026/27"),
            *(("Visits within two hours", "80", "82"), ("Who stayed at home", "70", "71")),
        ),
    ],
    "vital-signs": [
        (
            ("Measure", "Jan-27"),
            *(("Average discharge delay", "3.4"), ("Back in hospital within 30 days", "14")),
        ),
    ],
    "lines": [
        (
            ("Area", "Budget", "Forecast"),
            *(("Mental health", "16.8", "17"), ("Physical disabilities", "18", "19")),
        ),
    ],
    "reserves": [
        (
            ("Reserve", "Balance on 1 April", "Planned use or addition", "Use or addition"),
            *(("Transformation fund", "2", "-1", "-1"), ("Winter pressures", "3", "-1", "-1.5")),
        ),
    ],
    "capital": [
        (
            ("Scheme", "Budget 2026/27", "Forecast 2026/27"),
            *(("Extra care housing, Westport", "4", "4.1"), ("Case management system", "1", "1.2")),
        ),
    ],
}
PERIODS = (
    *("2025/26", "FY25/26", "2025-26", "Q2 2025/26", "Q2", "Quarter 2", "2nd quarter", "Qtr 2"),
    *("30 September 2026", "As at 30 September 2026", "30/09/2026", "July to September 2026"),
    *("Sept 2026", "September", "Sep-26", "Month 6", "P6", "M6 2026/27", "Month 9 of 2026/27"),
    *("April to September", "Apr-Sep 2026", "Q2 2025/26 performance", "Figures are for Quarter 2"),
    *("Data relate to Q2 2026/27.", "Last year", "Prior year", "last quarter", "Previous month"),
    *("Year to date", "YTD", "cumulative", "Source: month 9 report", "Quarter two", "2024"),
    *("December 2025", "Q3 2025/26", "Outturn 2025/26", "Performance in 2025/26", "1 April 2025"),
    *("Updated 30 September 2026", "Q2 2026/27, published 20 February 2027"),
)
PLACES = (
    *("England", "Lakeshire", "East Midlands", "national average", "Statistical neighbours"),
    *("Lakeshire only", "North ward", "England performance"),
)
BASIS = (
    *("target", "plan", "gross", "draft", "provisional", "excluding self-funders", "over 65s"),
    *(
        "unpaid carers",
        "carers only",
        "men",
        "per 1,000",
        "rank",
        "variance",
        "Trajectory",
        "baseline",
    ),
    *("weekly", "new clients", "benchmark", "adjusted", "sample of cases", "Wombles"),
)
FOREIGN = (*PERIODS, *PLACES, *BASIS)


def _title(lines, word):
    return [[word], *lines]


def _title_over_all(lines, word):
    return [[word] * len(lines[0]), *lines]


def _below(lines, word):
    return [*lines, [word]]


def _below_after_a_gap(lines, word):
    return [*lines, [""], [word]]


def _between(lines, word):
    return [lines[0], [word], *lines[1:]]


def _over_the_names(lines, word):
    return [[word, *lines[0][1:]], *lines[1:]]


def _beside_the_head_of_names(lines, word):
    return [[f"{lines[0][0]} ({word})", *lines[0][1:]], *lines[1:]]


def _in_heads(lines, word):
    return [[lines[0][0], *(f"{head} {word}" for head in lines[0][1:])], *lines[1:]]


def _in_brackets_of_heads(lines, word):
    return [[lines[0][0], *(f"{head} ({word})" for head in lines[0][1:])], *lines[1:]]


def _over_heads(lines, word):
    return [["", *([word] * (len(lines[0]) - 1))], *lines]


def _behind_names(lines, word):
    return [lines[0], *([f"{line[0]} ({word})", *line[1:]] for line in lines[1:])]


def _after_names(lines, word):
    return [lines[0], *([f"{line[0]}, {word}", *line[1:]] for line in lines[1:])]


def _beside_names(lines, word):
    heads, *rows = lines
    return [[heads[0], "", *heads[1:]], *([name, word, *more] for name, *more in rows)]


def _beside_names_with_a_head(lines, word):
    heads, *rows = lines
    return [[heads[0], "Type", *heads[1:]], *([name, word, *more] for name, *more in rows)]


def _right_of_figures(lines, word):
    return [[*lines[0], ""], *([*line, word] for line in lines[1:])]


POSITIONS = {
    place.__name__.strip("_").replace("_", " "): place
    for place in (
        *(_title, _title_over_all, _below, _below_after_a_gap, _between, _over_the_names),
        *(_beside_the_head_of_names, _in_heads, _in_brackets_of_heads, _over_heads),
        *(_behind_names, _after_names, _beside_names, _beside_names_with_a_head),
        _right_of_figures,
    )
}
# What may stand around figures and says nothing of them.
HARMLESS = (
    *("Westshire County Council", "Table 3", "Page 2 of 5", "Better Care Fund", "Performance"),
    *("Performance report", "Appendix A", "Westshire", "Report", "Adult social care"),
    *("Published 20 February 2027", "Next update: April 2027"),
)
POSITIONS_OF_HARMLESS = [
    POSITIONS[name] for name in ("title", "title over all", "below", "below after a gap", "between")
]
