"""Papers to an agenda item: headings with numbered paragraphs, written, approved and published."""

from datetime import date

import pgtrigger
from django.db import models
from django.db.models import Q

from bcfportal.lib.natural_keys import ByNaturalKey, depends_on
from bcfportal.lib.protection import Protect, never_emptied, tracked
from bcfportal.lib.provenance import Sourced
from bcfportal.lib.withdrawals import MayBeWithdrawn, Withdrawable
from meetings.models.business import OF_ITEM
from meetings.models.meetings import AgendaItem
from projects.models import Council
from publishing.models.events import Event, stays_with
from publishing.models.versions import Version

OF_PAPER = tuple(f"paper__{name}" for name in OF_ITEM)


class PaperState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    APPROVED = "approved", "Approved"
    PUBLISHED = "published", "Published"


@tracked()
class Paper(Sourced):
    """The paper of an agenda item: its head. What it recommends is the item's. By post, always."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="paper")
    title = models.CharField(max_length=300)
    author_post = models.CharField(max_length=120, help_text="Whose report it is: the post.")
    signatory_post = models.CharField(
        max_length=120, blank=True, help_text="The post that signs it, where it is another."
    )
    contact_post = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    strategic_impact = models.TextField(blank=True)
    divisions = models.CharField(
        max_length=300, blank=True, help_text="Electoral divisions and members affected."
    )
    status = models.CharField(max_length=10, choices=PaperState, default=PaperState.DRAFT)
    correction = models.TextField(
        blank=True, help_text="Why what is published is written again; its next version says so."
    )
    published_before = models.BooleanField(
        default=False, help_text="Whether it was published before it was held here."
    )

    objects = ByNaturalKey(*OF_ITEM)

    class Meta:
        ordering = ["item"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(author_post=""),
                name="paper_has_title_and_author",
                violation_error_message="Give the paper a title, and say by post whose it is.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @depends_on("meetings.agendaitem")
    def natural_key(self) -> tuple:
        return self.item.natural_key()

    @property
    def council(self) -> Council:
        return self.item.meeting.council

    @property
    def council_id(self) -> int:
        return self.item.meeting.council_id

    @property
    def record_name(self) -> str:
        """Its name in its council, which no other paper has."""
        return f"{self.item.meeting.record_name}/{self.item.number}"


@tracked()
class PaperSection(Sourced):
    """A heading of a paper, with what stands below it; in the order in which they are read."""

    class Kind(models.TextChoices):
        PURPOSE = "purpose", "Purpose"
        SUMMARY = "summary", "Executive summary"
        INFORMATION = "information", "Information"
        OPTIONS = "options", "Other options considered"
        REASONS = "reasons", "Reasons for the recommendations"
        IMPLICATION = "implication", "Implications"
        RECOMMENDATIONS = "recommendations", "Recommendations"
        COMMENT = "comment", "Comments of an officer"
        BACKGROUND = "background", "Background papers"

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="sections")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=15, choices=Kind)
    heading = models.CharField(max_length=300)
    level = models.PositiveSmallIntegerField(
        default=1, help_text="1 for a heading of the paper, 2 and 3 for those below it."
    )
    none = models.BooleanField(
        default=False, help_text="Implications: there are none, and the paper says so."
    )
    dated = models.DateField(null=True, blank=True, help_text="Of a comment: its day.")
    to_follow = models.BooleanField(
        default=False, help_text="Of a comment: it is announced and not given yet."
    )
    removed = models.BooleanField(
        default=False, help_text="Taken out of the paper; it can be put back."
    )

    objects = ByNaturalKey(*OF_PAPER, "order")

    class Meta:
        ordering = ["paper", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "order"],
                name="paper_section_order_unique",
                violation_error_message="Another heading has that place in the paper.",
            ),
            models.CheckConstraint(
                condition=~Q(heading="") & Q(level__gte=1, level__lte=3),
                name="paper_section_has_a_heading",
                violation_error_message="Give the heading, of the first, second or third level.",
            ),
            models.CheckConstraint(
                condition=Q(none=False) | Q(kind="implication"),
                name="paper_section_none_of_implications",
                violation_error_message="Only of implications it is said that there are none.",
            ),
            models.CheckConstraint(
                condition=Q(dated__isnull=True, to_follow=False) | Q(kind="comment"),
                name="paper_section_dated_of_comments",
                violation_error_message="Only comments have a day, or are to follow.",
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @depends_on("meetings.paper")
    def natural_key(self) -> tuple:
        return (*self.paper.natural_key(), self.order)


@tracked()
class Paragraph(models.Model):
    """One paragraph, bullet, line or table below a heading."""

    class Kind(models.TextChoices):
        NUMBERED = "numbered", "Numbered paragraph"
        LINE = "line", "Line without a number"
        BULLET = "bullet", "Bullet"
        SUBHEAD = "subhead", "Small heading"
        TABLE = "table", "Table"

    section = models.ForeignKey(PaperSection, models.CASCADE, related_name="paragraphs")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.NUMBERED)
    number = models.CharField(
        max_length=10, blank=True, help_text="As printed or typed; the portal counts the others."
    )
    text = models.TextField(
        help_text="Of a table: a line for each row, its cells with upright strokes between."
    )

    objects = ByNaturalKey(*(f"section__{name}" for name in (*OF_PAPER, "order")), "order")

    class Meta:
        ordering = ["section", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["section", "order"],
                name="paragraph_order_unique",
                violation_error_message="Another paragraph has that place below the heading.",
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="paragraph_has_text",
                violation_error_message="Say what the paragraph says.",
            ),
            models.CheckConstraint(
                condition=Q(number="") | Q(kind="numbered"),
                name="paragraph_number_of_numbered",
                violation_error_message="Only a numbered paragraph has a number.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text[:60]}".strip()

    @depends_on("meetings.papersection")
    def natural_key(self) -> tuple:
        return (*self.section.natural_key(), self.order)


@tracked()
class BackgroundPaper(Sourced):
    """What a paper relies on: its title, to whom it went and when, where it is not the paper's."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="background")
    order = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    body = models.CharField(max_length=200, blank=True, help_text="To which committee it went.")
    dated = models.DateField(null=True, blank=True)
    held = models.ForeignKey(
        Paper, models.SET_NULL, null=True, blank=True, related_name="+", help_text="The same, here."
    )

    objects = ByNaturalKey(*OF_PAPER, "order")

    class Meta:
        ordering = ["paper", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "order"],
                name="background_paper_order_unique",
                violation_error_message="Another background paper has that place.",
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="background_paper_has_a_title",
                violation_error_message="Give the title of the background paper.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @depends_on("meetings.paper")
    def natural_key(self) -> tuple:
        return (*self.paper.natural_key(), self.order)


@tracked()
class PaperFigure(models.Model):
    """A figure that a paper refers to, as the version gives it that is named beside it."""

    paper = models.ForeignKey(Paper, models.CASCADE, related_name="figures")
    number = models.PositiveSmallIntegerField(help_text="Stands in the text: [figure 1].")
    name = models.CharField(max_length=200, help_text="What its subject calls it.")
    label = models.CharField(max_length=300, help_text="Of what it is.")
    text = models.CharField(max_length=120, help_text="The figure with its unit.")
    period = models.CharField(max_length=120, blank=True, help_text="Of when it is, in words.")
    fingerprint = models.CharField(max_length=64, help_text="Of the version that gives it.")
    version = models.CharField(max_length=200, help_text="That version, in words.")
    address = models.CharField(max_length=300, help_text="Where that version is read.")

    objects = ByNaturalKey(*OF_PAPER, "number")

    class Meta:
        ordering = ["paper", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["paper", "number"],
                name="paper_figure_number_unique",
                violation_error_message="The paper already has a figure of that number.",
            ),
            models.CheckConstraint(
                condition=~Q(text="") & ~Q(label="") & ~Q(name="") & ~Q(fingerprint=""),
                name="paper_figure_says_which",
                violation_error_message="Say of what the figure is, and of which version.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text}"

    @depends_on("meetings.paper")
    def natural_key(self) -> tuple:
        return (*self.paper.natural_key(), self.number)


class PaperStep(Event):
    """One line of a paper's timeline."""

    KIND = "paper of a committee"

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="timeline")

    class Meta:
        ordering = ["paper", "at", "pk"]
        triggers = stays_with("paper_step")

    def record_name(self) -> str:
        return self.paper.record_name


class PaperVersion(MayBeWithdrawn, Version):
    """What a paper said when it was approved. Everyone reads it once it is published."""

    KIND = "paper of a committee"
    RECORD: tuple[str, ...] = ("paper__item__meeting__committee",)

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")

    objects = Withdrawable.as_manager()  # type: ignore[misc]

    class Meta:
        ordering = ["paper", "number"]
        triggers = [
            never_emptied("paper_version"),
            Protect(
                name="paper_version_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.paper}, version {self.number}"

    @property
    def day(self) -> date:
        return self.paper.item.meeting.day

    def record_name(self) -> str:
        return self.paper.record_name
