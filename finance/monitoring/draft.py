"""A monitoring report being written: its grids with what was typed, and what it comes to.

Nothing here writes. What was typed is kept as it was typed and read again each time.
"""

from dataclasses import dataclass
from functools import cached_property

from bcfportal.lib.money import million_pounds, millions, per_cent
from bcfportal.lib.periods import Period, financial_year_label
from finance.models import CapitalScheme, MonitoringReport, MonitoringSection, Reserve
from finance.monitoring import content as plain
from finance.monitoring.asked import asked_of_reserve, asked_of_row, lacking, questions, said_of
from finance.monitoring.collect import (
    areas_in_order,
    latest_statement,
    previous_figures,
    report_before,
)
from finance.monitoring.content import Statement
from finance.monitoring.entry import as_typed
from finance.monitoring.forms import EXPLANATION, RESERVE_FIELDS, capital_fields, line_fields
from finance.monitoring.tree import Node, tree
from typed.boxes import Box, RowForm

Name = MonitoringSection.Name
YEARS_AHEAD = 2


@dataclass(frozen=True)
class LineRow:
    """An area of the grid: boxes where it has no parts, and in every row room for words."""

    node: Node
    boxes: tuple[Box, ...]
    explanation: Box
    # The same area in the report before; None where there is none.
    last: Node | None
    needs_words: bool

    @property
    def summary(self) -> str:
        return variance_words(self.node)

    @property
    def last_words(self) -> str:
        return variance_words(self.last) if self.last else ""


@dataclass(frozen=True)
class BoxRow:
    """A reserve or a scheme of a grid."""

    slug: str
    name: str
    boxes: tuple[Box, ...]
    # What stood in each box in the report before.
    last: tuple[str, ...]
    summary: str
    # The errors that are of the row and of no one box in it.
    problem: str = ""

    @property
    def pairs(self):
        return list(zip(self.boxes, self.last, strict=True))


def variance_words(node: Node) -> str:
    """The variance of an area in a few words: "overspend £0.123m (0.2%)"; "" for none."""
    if node.variance is None:
        return ""
    if node.word == "on budget":
        return node.word
    share = "" if node.percent is None else f" ({per_cent(abs(node.percent))})"
    return f"{node.word} {million_pounds(abs(node.variance))}{share}"


@dataclass(frozen=True)
class Draft:
    """The report with its sections. What is read from the database is read once."""

    report: MonitoringReport

    @cached_property
    def sections(self) -> dict[str, MonitoringSection]:
        kept = {
            section.name: section for section in self.report.sections.select_related("saved_by")
        }
        return {
            name: kept.get(name) or MonitoringSection(report=self.report, name=name)
            for name in Name.values
        }

    def typed(self, name: str) -> dict:
        return self.sections[name].typed

    def labels(self, name: str) -> dict[str, str]:
        """What each box of the section is called on its page, by field."""
        rows = self._boxes_by_row(name)
        return {
            field: f"{title}: {box.label.lower()}{more}"
            for title, boxes in rows
            for box in boxes
            for field, more in ((box.field, ""), (box.right_field, ", this is right"))
        }

    def _boxes_by_row(self, name):
        if name == Name.LINES:
            return [(line.node.name, (*line.boxes, line.explanation)) for line in self.line_rows]
        rows = self.reserve_rows if name == Name.RESERVES else self.capital_rows
        return [(row.name, row.boxes) for row in rows]

    def boxes(self, name: str) -> list[Box]:
        """All boxes of the section, as they are read."""
        return [box for _, boxes in self._boxes_by_row(name) for box in boxes]

    @cached_property
    def compared_with(self) -> MonitoringReport | None:
        """The report looked back at: until approval the version that stands now."""
        if self.report.status in MonitoringReport.FROZEN:
            return self.report.compared_with
        return report_before(self.report.council, self.report.period)

    @cached_property
    def last(self) -> Statement | None:
        """The report before: of the same year, or else the outturn of the year before."""
        if self.compared_with:
            return latest_statement(self.compared_with)
        key = Period(self.report.year - 1).key
        before = MonitoringReport.objects.filter(council=self.report.council, period=key)
        outturn = before.approved().order_by("-version").first()
        return latest_statement(outturn) if outturn else None

    @cached_property
    def _last_nodes(self) -> dict[str, Node]:
        return {node.slug: node for node in tree(self.last).walk()} if self.last else {}

    @cached_property
    def _areas(self):
        return areas_in_order(self.report.council)

    @cached_property
    def _wholes(self) -> set[int]:
        return {area.parent_id for area in self._areas}

    @cached_property
    def _line_forms(self) -> dict[str, RowForm]:
        """The row of each area. One that has parts takes words alone: its sums are worked out."""
        kinds = {income: line_fields(self._outturn_word, income=income) for income in (False, True)}
        typed = self.typed(Name.LINES)
        return {
            area.slug: RowForm(
                typed,
                area.slug,
                {"explanation": EXPLANATION}
                if area.pk in self._wholes
                else kinds[area.kind == area.Kind.INCOME],
            )
            for area in self._areas
        }

    @property
    def _outturn_word(self) -> str:
        return "Outturn" if self.report.is_outturn else "Forecast"

    @cached_property
    def _line_boxes(self) -> dict[str, tuple[Box, ...]]:
        by_area = {}
        for area in self._areas:
            if area.pk in self._wholes:
                continue
            form = self._line_forms[area.slug]
            boxes = [form.box("budget"), form.box("outturn")]
            node = self._last_nodes.get(area.slug)
            last = [getattr(node, "budget", None), getattr(node, "outturn", None)]
            by_area[area.slug] = asked_of_row(boxes, last, form.data, self._last_time)
        return by_area

    def _explanation(self, area) -> Box:
        return self._line_forms[area.slug].box("explanation")

    @property
    def _last_time(self) -> str:
        return f"in {self.last.label} it was" if self.last else ""

    @cached_property
    def statement(self) -> Statement:
        """What the report would say with what is typed now."""
        before = previous_figures(self.compared_with)
        areas = []
        for area in self._areas:
            budget, outturn = self._line_boxes.get(area.slug, (None, None))
            areas.append(
                plain.Area(
                    slug=area.slug,
                    name=area.name,
                    parent=area.parent.slug if area.parent else "",
                    kind=area.kind,
                    budget=budget.value if budget else None,
                    outturn=outturn.value if outturn else None,
                    explanation=self._explanation(area).text,
                    **before.get(area.slug, {}),
                    **self._of_last_year(area.slug),
                )
            )
        return Statement(
            period=self.report.period,
            version=self.report.version,
            as_at=self.report.as_at,
            meeting=self.report.meeting,
            tolerance=self.report.council.variance_tolerance,
            previous=self.compared_with.period if self.compared_with else "",
            previous_version=self.compared_with.version if self.compared_with else 1,
            areas=areas,
        )

    def _of_last_year(self, slug):
        """Last year's figures: as in the report before, or from the outturn of that year."""
        node = self._last_nodes.get(slug)
        if node is None or self.last is None:
            return {}
        if self.last.year == self.report.year:
            return {
                "last_year_actual": node.area.last_year_actual,
                "last_year_variance": node.area.last_year_variance,
            }
        if node.parts:
            return {}
        return {"last_year_actual": node.area.outturn, "last_year_variance": node.variance}

    @cached_property
    def root(self) -> Node | None:
        return tree(self.statement) if self._areas else None

    @cached_property
    def line_rows(self) -> list[LineRow]:
        if self.root is None:
            return []
        nodes = {node.slug: node for node in self.root.walk()}
        return [
            LineRow(
                node=nodes[area.slug],
                boxes=self._line_boxes.get(area.slug, ()),
                explanation=self._explanation(area),
                last=self._last_nodes.get(area.slug),
                needs_words=self._needs_words(nodes[area.slug]),
            )
            for area in self._areas
        ]

    def _needs_words(self, node) -> bool:
        """Whether neither a line beyond tolerance nor anything it is part of has an explanation."""
        if node.parts or not node.is_beyond_tolerance:
            return False
        assert self.root  # noqa: S101 - a node comes from it
        return not any(line.area.explanation for line in (node, *self.root.path_to(node.slug)))

    @cached_property
    def reserve_rows(self) -> list[BoxRow]:
        typed = self.typed(Name.RESERVES)
        last = {line.slug: line for line in self.last.reserves} if self.last else {}
        return [
            self._reserve_row(reserve, typed, last.get(reserve.slug))
            for reserve in Reserve.objects.filter(council=self.report.council)
        ]

    def _reserve_row(self, reserve, typed, last):
        boxes = tuple(RowForm(typed, reserve.slug, RESERVE_FIELDS).boxes().values())
        closed = self.last is not None and self.last.year != self.report.year
        boxes = asked_of_reserve(boxes, last, typed, self._last_time, closed=closed)
        opening, _, movement = (box.value for box in boxes)
        problem, summary = "", ""
        if opening is not None and movement is not None:
            summary = f"£{millions(opening + movement)}m at the year’s end"
        elif any(box.text for box in boxes) and not any(box.error for box in boxes):
            problem = f"{reserve.name}: enter the balance on 1 April and the use or addition, or 0."
        return BoxRow(
            reserve.slug,
            reserve.name,
            boxes,
            tuple(as_typed(getattr(last, figure, None)) for figure in RESERVE_FIELDS),
            summary,
            problem,
        )

    @property
    def capital_years(self) -> list[int]:
        return [self.report.year + ahead for ahead in range(YEARS_AHEAD + 1)]

    @cached_property
    def capital_rows(self) -> list[BoxRow]:
        typed = self.typed(Name.CAPITAL)
        last: dict[tuple[str, int], plain.Capital] = {}
        if self.last:
            last = {(line.slug, line.year): line for line in self.last.capital}
        return [
            self._capital_row(scheme, typed, last)
            for scheme in CapitalScheme.objects.filter(council=self.report.council)
        ]

    @property
    def capital_columns(self) -> list[tuple[str, int, str]]:
        """(figure, year, heading) of each box of a scheme."""
        this, *later = self.capital_years
        word = self._outturn_word
        label = financial_year_label(this)
        return [
            ("budget", this, f"Budget {label}"),
            ("outturn", this, f"{word} {label}"),
            *(("budget", year, f"Budget {financial_year_label(year)}") for year in later),
        ]

    def _capital_row(self, scheme, typed, last):
        columns = self.capital_columns
        boxes = tuple(RowForm(typed, scheme.slug, capital_fields(columns)).boxes().values())
        before = [
            getattr(last.get((scheme.slug, year)), figure, None) for figure, year, _ in columns
        ]
        boxes = asked_of_row(boxes, before, typed, self._last_time, by_year=True)
        budget, outturn = boxes[0], boxes[1]
        summary, problem = "", ""
        if budget.value is not None and outturn.value is not None:
            node = Node(
                plain.Area(
                    scheme.slug, scheme.name, "", "", budget=budget.value, outturn=outturn.value
                ),
                (),
                0,
            )
            summary = variance_words(node)
        elif any(box.text for box in boxes) and not (budget.error or outturn.error):
            problem = f"{scheme.name}: enter {columns[0][2].lower()} and {columns[1][2].lower()}."
        return BoxRow(
            scheme.slug,
            scheme.name,
            boxes,
            tuple(
                as_typed(getattr(last.get((scheme.slug, year)), figure, None))
                for figure, year, _ in columns
            ),
            summary,
            problem,
        )

    def problems(self, name: str) -> list[tuple[str, str]]:
        """(field, sentence) for all that keeps the section from being submitted."""
        if name != Name.LINES:
            rows = self.reserve_rows if name == Name.RESERVES else self.capital_rows
            problems = []
            for row in rows:
                problems += [
                    (box.field, f"{row.name}: {box.error}") for box in row.boxes if box.error
                ]
                problems += questions(row.name, row.boxes)
                problems += [(row.boxes[0].field, row.problem)] if row.problem else []
            return problems
        problems = []
        for line in self.line_rows:
            for box in line.boxes:
                error = box.error or ("" if box.text else f"enter the {box.label.lower()}, or 0.")
                problems += [(box.field, f"{line.node.name}: {error}")] if error else []
            problems += questions(line.node.name, line.boxes)
            field = line.explanation.field
            if line.explanation.error:
                problems.append((field, f"{line.node.name}: {line.explanation.error}"))
            elif line.needs_words:
                tolerance = f"{self.report.council.variance_tolerance.normalize():f}%"
                problems.append(
                    (field, f"{line.node.name}: say why: {line.summary} is more than {tolerance}.")
                )
        return problems if self._areas else [("lines", "The council has no budget areas yet.")]

    @cached_property
    def asked_in_words(self) -> list[str]:
        """For the approver: what is unusual about amounts, and whether it is said to be right."""
        rows = [row for name in Name.values for row in self._boxes_by_row(name)]
        return said_of(rows)

    @cached_property
    def without_figures(self) -> list[str]:
        """For the approver: which lines, rows and totals have no figure."""
        names = (Name.RESERVES, Name.CAPITAL)
        return lacking(self.root, {name.label: self._boxes_by_row(name) for name in names})

    @cached_property
    def all_problems(self) -> dict[str, list[tuple[str, str]]]:
        return {name: self.problems(name) for name in Name.values}

    @property
    def is_complete(self) -> bool:
        return not any(self.all_problems.values())
