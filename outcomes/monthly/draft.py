"""A month of the council's measures, being written: its figures and its report cards."""

from collections.abc import Iterable
from functools import cached_property

from bcfportal.lib import clock
from outcomes.entry import grid as entry
from outcomes.entry.draft import Draft, TypedBox
from outcomes.models import Month
from outcomes.monthly import report_cards as cards_entry
from outcomes.vital_signs.content import VitalSigns
from publishing.models import ReportingPeriod, SectionName, Snapshot
from publishing.version_cache import sheets_by_period


class MonthDraft(Draft):
    """A month: its measures, and the cards of those that need words."""

    report: Month

    @cached_property
    def last(self) -> VitalSigns | None:
        """What was published last before this month; None where nothing was."""
        period = (
            ReportingPeriod.objects.filter(
                council_id=self.report.period.council_id, key__lt=self.report.period.key
            )
            .of_vital_signs()
            .published()
            .order_by("-key")
            .first()
        )
        if period is None:
            return None
        snapshots = Snapshot.objects.published([period])
        return next(iter(sheets_by_period(snapshots, VitalSigns).get(period.pk, [])), None)

    @cached_property
    def cards(self) -> list[cards_entry.CardRow]:
        typed = self.typed(SectionName.CARDS)
        return cards_entry.card_rows(self.report, typed, self.grid.rows, clock.today())

    def fields(self, name: str) -> Iterable[str]:
        if name == SectionName.CARDS:
            return cards_entry.card_fields(self.cards)
        return super().fields(name)

    def labels(self, name: str) -> dict[str, str]:
        if name == SectionName.CARDS:
            return cards_entry.card_labels(self.cards)
        return super().labels(name)

    def said_last(self, field: str) -> str:
        """What last time said in a box of words; nothing where it said nothing."""
        for row in self.cards:
            for _, box, said in row.beside_last:
                if box.field == field:
                    return said
        return ""

    def boxes_in_words(self, name: str) -> list[TypedBox]:
        return [
            TypedBox(box.field, f"{row.measure.name}: {box.label.lower()}", box.text)
            for row in self.cards
            for box in row.all_boxes
            if box.text
        ]

    @cached_property
    def changed(self) -> list[str]:
        names = [row.name for row in self.grid.rows if entry.differs_from_last(row)]
        said = cards_entry.carried_cards(self.cards)
        return names + [
            f"{row.measure.name}: {box.label.lower()}"
            for row in self.cards
            for box in row.all_boxes
            if box.text and box.text != said.get(box.field, "")
        ]

    def problems(self, name: str) -> list[tuple[str, str]]:
        if name == SectionName.CARDS:
            return cards_entry.card_problems(self.cards)
        return super().problems(name)

    def write(self, *, unchanged: bool) -> None:
        """Writes the results and the cards of the month. Call within a transaction."""
        self.report.unchanged = unchanged
        self.report.save()
        entry.save_results(self.report, self.grid)
        cards_entry.save_cards(self.report, self.cards)
        self.report.sections.update(asked="")

    def carried(self) -> dict[str, dict]:
        """Last time's words for the cards. A month's figures are never carried."""
        return {SectionName.CARDS: cards_entry.carried_cards(self.cards)}
