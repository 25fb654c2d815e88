"""The tables of what bench.work measures."""

from bench.figures import milliseconds, ratio, verdict
from bench.report import Table
from bench.work import FEW, MANY, Worked

SAVING_MS = 60
BOARD_QUERIES = 12
SIGNED_IN_QUERIES = 10


def tables(worked: Worked) -> list[Table]:
    return [_saving(worked.saving), _board(worked.board), _approving(worked), _signed_in(worked)]


def budgets(worked: Worked) -> list[list]:
    """Rows for the table of budgets: words, then the figure and its limit."""
    saving, board, signed_in = worked.saving, worked.board, worked.signed_in
    most = max(board.queries, board.other_queries)
    return [
        [
            "Median of saving a section",
            f"{SAVING_MS} ms",
            f"{milliseconds(saving.times.median)} ms",
            saving.times.median,
            SAVING_MS,
        ],
        [
            f"Queries of the board, {FEW} and {MANY} returns",
            f"{BOARD_QUERIES}, equal",
            f"{board.other_queries} and {board.queries}",
            # As many for few as for many, or it is over whatever the number.
            most if board.queries == board.other_queries else BOARD_QUERIES + 1,
            BOARD_QUERIES,
        ],
        [
            "Queries of the overview, signed in",
            f"{SIGNED_IN_QUERIES}",
            f"{signed_in.queries}",
            signed_in.queries,
            SIGNED_IN_QUERIES,
        ],
    ]


def _saving(saving):
    return Table(
        "Saving a section",
        [
            *("What", "Queries", "Median ms", "95th ms", "Bare ms", "Bare 95th", "Ratio"),
            "Budget",
        ],
        [
            [
                "Performance section, by itself",
                str(saving.queries),
                *saving.times.words,
                *saving.other.words,
                ratio(saving.times.median, saving.other.median),
                verdict(saving.times.median, SAVING_MS),
            ]
        ],
        f"A signed-in commissioner's autosave, {len(saving.times.seconds)} times: the whole "
        "middleware, the check against forged requests and the commit included. Each sends another "
        "text of a published length, with the version that the answer before gave. The bare view "
        "is posted to by the same person and makes "
        f"{saving.other_queries} queries in all; the two take turns. Queries include those that "
        f"begin and end a transaction. The budget is for the median: {SAVING_MS} ms.",
    )


def _board(board):
    return Table(
        f"The officers' board with {FEW} and with {MANY} returns",
        [
            *("Page", f"{FEW}: ms", "95th ms", f"{MANY}: ms", "95th ms", "Ratio"),
            *("Queries", "Equal", "Budget"),
        ],
        [
            [
                board.name,
                *board.other.words,
                *board.times.words,
                ratio(board.times.median, board.other.median),
                f"{board.other_queries} and {board.queries}",
                "equal" if board.queries == board.other_queries else "DIFFERS",
                verdict(max(board.queries, board.other_queries), BOARD_QUERIES),
            ]
        ],
        "Two made-up councils. Every return is a draft with someone assigned and its four sections "
        f"saved, and the board shows all of them. {len(board.times.seconds)} requests each by a "
        f"signed-in officer, in turn. The budget is {BOARD_QUERIES} queries, as many for {MANY} "
        f"returns as for {FEW}.",
    )


def _approving(worked):
    return Table(
        "A snapshot of one project",
        ["What", "Queries", "Median ms", "95th ms", "Repeats"],
        [
            [one.name, str(one.queries), *one.times.words, str(len(one.times.seconds))]
            for one in (worked.approving, worked.snapshot)
        ],
        "Approving a submitted return makes its snapshot. The other is the snapshot alone, of a "
        "return whose project has changed. Each is taken back, so the commit is not in the time. "
        "Queries include savepoints.",
    )


def _signed_in(worked):
    page = worked.signed_in
    return Table(
        "The overview, signed in",
        [
            *("Page", "Queries", "Median ms", "95th ms", "Everyone: queries", "Median ms"),
            *("95th ms", "Ratio", "Budget"),
        ],
        [
            [
                page.name,
                str(page.queries),
                *page.times.words,
                str(page.other_queries),
                *page.other.words,
                ratio(page.times.median, page.other.median),
                verdict(page.queries, SIGNED_IN_QUERIES),
            ]
        ],
        "As a performance officer sees it, who may also see what is approved but not published, "
        f"against what everyone sees, {len(page.times.seconds)} requests each, in turn. The budget "
        f"is {SIGNED_IN_QUERIES} queries.",
    )
