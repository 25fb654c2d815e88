"""A made-up programme as plain data, for tests that need no database."""

from datetime import date
from decimal import Decimal

from outcomes.project_measures.content import Measure, Result
from programme.programme import Programme
from projects.models import Council
from publishing.models import ReportingPeriod
from returns.content import FundName, Line, Sheet, Stream

CARE_ACT = FundName(slug="care-act", name="Care Act Allocation", label="BCF CA")
IBCF = FundName(slug="ibcf", name="Improved Better Care Fund", label="iBCF")


def make_measure(position=1, **changes):
    fields = {
        "number": str(position),
        "heading": "",
        "text": f"Measure of thing {position}.",
        "unit": "%",
        "direction": "neutral",
        "decimals": 0,
        "target_status": "set",
        "target": Decimal(95),
        "target_note": "",
        "results": [],
    }
    return Measure(position=position, **fields | changes)


def make_result(segment="", provider="", **changes):
    fields = {
        "period": "2016-17",
        "status": "reported",
        "value": Decimal(96),
        "numerator": None,
        "denominator": None,
        "unit": "%",
        "rating": "not rated",
    }
    return Result(segment=segment, provider=provider, **fields | changes)


def make_stream(fund=IBCF, **changes):
    lines = [Line(2017, Decimal(144798)), Line(2018, Decimal(51692)), Line(2019, None)]
    fields = {
        "title": "",
        "description": "",
        "share_percent": None,
        "share_note": "",
        "lines": lines,
        "stated_sums": [],
    }
    return Stream(fund=fund, **fields | changes)


def make_sheet(slug="walks", **changes):
    fields = {
        "kind": "reported",
        "title": f"The {slug} project",
        "short_title": slug.title(),
        "contents_entry": "",
        "contents_page": None,
        "condition_number": 1,
        "condition_title": "Meeting Needs",
        "description": "Walks for people.",
        "rationale": "Walking helps.",
        "method": "Two guides.",
        "performance": "Going well.",
        "rating": "green",
        "rating_text": "on course",
        "summary_description": "Short walks.",
        "summary_method": "Guides.",
        "summary_performance": "Well.",
        "summary_total_as_printed": "196K",
        "summary_total_note": "17% of the service",
        "measures_introduction": "",
        "providers": [],
        "streams": [make_stream()],
        "measures": [make_measure()],
        "notes": ["A note on the record."],
        "source": "Report, page 1",
    }
    return Sheet(slug=slug, **fields | changes)


def make_programme(*sheets):
    council = Council(slug="testshire", name="Testshire County Council", accent_colour="#1d5a8c")
    period = ReportingPeriod(
        council=council,
        key="2017-18-q3",
        title="Better Care Fund",
        subtitle="2017/18 update",
        as_at=date(2018, 2, 5),
    )
    return Programme(0, council.name, list(sheets), council, period, [period])
