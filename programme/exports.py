"""The downloads: the columns of each, explained, and a generator of rows of plain values."""

from bcfportal.lib.exports import Export, by_name
from bcfportal.lib.periods import financial_year_label, period_of
from bcfportal.lib.ratings import COLOURS, Rating
from outcomes.definitions import SAME_UNIT
from outcomes.project_measures.content import Target
from outcomes.project_measures.table import rate_result, tolerance_of
from outcomes.targets import standing_until
from returns.period_versions.published import REPORTED

NO_RATING = (Rating.NOT_RATED, Rating.NOT_LEGIBLE)


def project_rows(programme):
    for sheet in programme.sheets:
        yield [
            sheet.slug,
            sheet.title,
            sheet.short_title,
            sheet.condition_number,
            " & ".join(fund.name for fund in sheet.funds),
            sheet.summary_total_as_printed,
            sheet.total,
            sheet.rating if _counts(sheet) else "",
            sheet.rating_text,
            sheet.description,
            sheet.rationale,
            sheet.method,
            sheet.performance,
            sheet.summary_description,
            sheet.summary_method,
            sheet.summary_performance,
            programme.period.key,
            "described only" if sheet.described_only else sheet.state,
            "" if _counts(sheet) or sheet.described_only else sheet.rating,
            sheet.period or programme.period.key,
            sheet.ended,
            "; ".join(correction.named_words for correction in programme.corrected(sheet.slug)),
            *_version(programme),
            sheet.approved_own,
        ]


def _counts(sheet):
    """Whether the sheet's rating is one of this period's."""
    return not sheet.described_only and sheet.state == REPORTED


def _version(programme):
    version = programme.version
    return [version.number, version.published_on] if version else ["", None]


def finance_line_rows(programme):
    for sheet in programme.sheets:
        for stream in sheet.streams:
            start = [sheet.slug, stream.title or sheet.title, stream.fund.name]
            for line in stream.lines:
                note = "; ".join(filter(None, (stream.share_note, line.note)))
                yield [*start, financial_year_label(line.year), line.allocation, note]
            for stated in stream.stated_sums:
                what = f"{stated.as_printed}: {stated.basis}, no year stated"
                note = "; ".join(filter(None, (what, stated.purpose, stated.note)))
                yield [*start, "", stated.amount, note]


def measure_rows(programme):
    for sheet in programme.sheets:
        for measure in sheet.measures:
            for then, target, until in _held_to(measure):
                tolerance = tolerance_of(sheet, then)
                yield [
                    sheet.slug,
                    measure.key,
                    then.text,
                    then.unit,
                    then.direction,
                    target.period,
                    target.value,
                    target.status,
                    "; ".join(filter(None, (measure.note, target.note))),
                    until,
                    then.since,
                    tolerance.amount,
                    tolerance.kind,
                ]


def _held_to(measure):
    """(definition, target, its last period) of everything that results are judged against.

    In the order of the definitions. A target of a period goes with the definition of that period.
    A standing target goes with every definition that is in its unit and begins while it holds. A
    definition without a target says so.
    """
    for then in measure.known_definitions:
        until = standing_until(measure.targets_in(then.since))
        ended = bool(until and then.since) and not _begins_by(then.since, until)
        targets = [
            target
            for target in measure.known_targets
            if (
                measure.definition_in(target.period) == then
                if target.period
                else measure.definition_in("").alike(then, SAME_UNIT) and not ended
            )
        ]
        for target in targets or [Target("", "no target", None)]:
            yield then, target, "" if target.period else until


def _begins_by(since, until):
    return period_of(since).first_day <= period_of(until).last_day


def result_rows(programme):
    for sheet in programme.sheets:
        corrected = programme.corrected_figures(sheet.slug)
        for measure in sheet.measures:
            for result in measure.results:
                target = measure.target_in(result.period)
                ruled = rate_result(sheet, measure, result).rating
                yield [
                    sheet.slug,
                    measure.key,
                    result.part_words,
                    result.period,
                    result.value,
                    result.unit,
                    result.numerator,
                    result.denominator,
                    result.status,
                    "" if result.rating in NO_RATING else result.rating,
                    target.value if target else None,
                    ruled if ruled in COLOURS else "",
                    result.note,
                    corrected.get((str(measure.position), result.period, result.segment), ""),
                ]


EXPORTS = by_name(
    Export(
        "projects",
        "Projects",
        "One row for each project, with its texts, money and rating.",
        [
            ("slug", "The project's name in addresses; the same in all downloads."),
            ("title", "The title on the project's own page."),
            ("short_title", "The title in the summary overview."),
            ("grant_condition", "The number of the purpose that it serves."),
            ("funds", "The funds that pay for it, joined by &."),
            ("summary_total_as_printed", "The £ total as the summary overview prints it."),
            (
                "total_pounds",
                "Pounds: the sum of its finance lines. Empty where there are none.",
            ),
            (
                "rating",
                "green, amber, red, not rated (a text stands in its place), not legible "
                "(a colour was printed and is lost), or empty for an entry that is "
                "described only.",
            ),
            ("rating_text", "The text beside the rating or in its place."),
            ("description", "What the project is."),
            ("rationale", "Why it is done."),
            ("method", "How it is done."),
            ("performance", "How it is doing, in full."),
            ("summary_description", "The shorter description of the summary overview."),
            ("summary_method", "The shorter method of the summary overview."),
            ("summary_performance", "The shorter performance of the summary overview."),
            ("period", "The reporting period: 2017-18-q3 is quarter 3 of 2017/18."),
            (
                "standing",
                "reported; not reported (shown as it last reported); ended; or described only.",
            ),
            ("earlier_rating", "The rating when it last reported, where it has not reported."),
            ("as_of", "The period of its report."),
            ("ended", "The last day of a project that has ended."),
            ("corrected", "What was corrected in this report, what it said before, when and why."),
            ("version", "Which version of the period's report this is."),
            ("published_on", "When that version was published."),
            ("approval", "Where who wrote the return approved it, that the council allows it."),
        ],
        project_rows,
    ),
    Export(
        "finance-lines",
        "Finance lines",
        "One row for each allocation: a project's stream, fund and financial year. Rows with "
        "no year are sums that the report states in words without saying for which years: "
        "leave them out of totals.",
        [
            ("project", "The project's slug."),
            ("stream", "The stream's own title, or the project's."),
            ("fund", "The fund that pays."),
            ("year", "The financial year, April to March."),
            ("amount_pounds", "Pounds. Empty where the report prints the year with no figure."),
            ("note", "What the report or its transcription says about the figure."),
        ],
        finance_line_rows,
    ),
    Export(
        "measures",
        "Measures",
        "One row for each target of an outcome measure: one if a single target applies to all "
        "its results, otherwise one for each period up to this one. A target that applies before "
        "and after the measure is redefined has a row for each definition.",
        [
            ("project", "The project's slug."),
            ("number", "The printed number, or the measure's position if none is printed."),
            ("text", "What is measured, as printed."),
            ("unit", "The unit of the target and, unless stated otherwise, of the results."),
            ("direction", "Whether a bigger or a smaller figure is better, or neither."),
            (
                "period",
                "The period of the target, as in results.csv; empty for a standing target, which "
                "applies until the first period with a target of its own.",
            ),
            ("target", "The target. Empty unless target_status is set."),
            (
                "target_status",
                "set; not yet set (printed χ); no target; or illegible in the source.",
            ),
            ("note", "What was lost or disagrees."),
            (
                "until",
                "The last period that a standing target applies to: as it was set, or the one "
                "before the first with a target of its own; empty if it has no end.",
            ),
            (
                "defined_from",
                "The first period in which the measure is defined as in this row, until the next "
                "row with another definition; empty if from the start.",
            ),
            ("tolerance", "How much worse than the target a result may be and still be amber."),
            (
                "tolerance_kind",
                "relative: per cent of the target; points; or absolute: in the unit.",
            ),
        ],
        measure_rows,
    ),
    Export(
        "results",
        "Results",
        "One row for each result of a measure in a period, for one provider or for all.",
        [
            ("project", "The project's slug."),
            ("measure_number", "The measure's number, as in measures.csv."),
            ("segment", "The locality and provider; empty for the total."),
            ("period", "2016-17 is a financial year, 2017-18-q3 a quarter of one."),
            ("value", "The figure. Empty where there is none."),
            ("unit", "The unit of the figure."),
            ("numerator", "How many, where printed."),
            ("denominator", "Out of how many, where printed."),
            ("status", "reported, or why there is no figure."),
            ("rating", "The colour declared for this result; empty for none."),
            (
                "target",
                "The target of the result's own period, in the measure's unit; empty for none.",
            ),
            (
                "rule_rating",
                "The colour that the rule gives the result against that target; empty for none.",
            ),
            ("note", "What was lost or disagrees."),
            (
                "corrected",
                "When the figure was corrected, what it was, why; what its own report gives.",
            ),
        ],
        result_rows,
    ),
)
