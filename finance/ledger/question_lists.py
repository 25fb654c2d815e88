"""The questions of an upload as the page shows them: a few of each kind, with what to answer."""

from dataclasses import dataclass, field

from django.db.models import Count, Q, Sum

from finance.ledger.questions import KEEP, KNOWN, MISSING_OPTIONS, NAMED, OWN, TAKE_OUT
from finance.models import LedgerQuestion, LedgerUpload

Kind = LedgerQuestion.Kind
# How many questions of a kind the preview shows; all others are on pages of their own.
QUESTIONS_SHOWN = 20
# Beyond this many choices they are a list to open, not buttons.
_MOST_RADIOS = 5
TITLES = {
    Kind.MARK: "Which sign stands before the pence?",
    Kind.UNIT: "Are the amounts in pounds?",
    Kind.WHAT: "What is this column?",
    Kind.SIGN: "Are these amounts less than nothing?",
    Kind.ROWS: "Are these rows what was spent?",
    Kind.YEAR: "Which financial year?",
    Kind.DAY: "Which year are these months in?",
    Kind.WRITTEN: "Which year or month is meant?",
    Kind.MONTH: "Which month are these rows of?",
    Kind.COLUMNS: "Which columns make the code?",
    Kind.AMOUNT: "Which column has the amounts?",
    Kind.CODE: "Are these codes new?",
    Kind.FUTURE: "Has this month begun?",
    Kind.MISSING: "In the ledger and not in this file",
}
EVERY = {
    Kind.MISSING: ((KEEP, "Keep all {} lines"), (TAKE_OUT, "Take all {} lines out")),
    Kind.FUTURE: (
        (LedgerQuestion.TAKE, "Apply the rows of all {} months"),
        (LedgerQuestion.LEAVE, "Leave out the rows of all {} months"),
    ),
    Kind.ROWS: (
        (LedgerQuestion.TAKE, "Apply all of them"),
        (LedgerQuestion.LEAVE, "Leave all of them out"),
    ),
    Kind.MONTH: ((NAMED, "Each is of the month that is named"),),
    Kind.CODE: ((KNOWN, "All {} are the known codes"), (OWN, "All {} are codes of their own")),
}


@dataclass
class Item:
    """One question with what may be answered."""

    question: LedgerQuestion
    options: list[tuple[str, str]]

    @property
    def name(self) -> str:
        return f"q-{self.question.pk}"

    @property
    def name_in_words(self) -> str:
        """What it asks about: a code, a month, or the words of the file."""
        question = self.question
        return question.code or question.period_label or question.description

    @property
    def answered(self) -> str:
        """The words of the answer."""
        return dict(self.options).get(self.question.answer, self.question.answer)

    @property
    def is_list(self) -> bool:
        return len(self.options) > _MOST_RADIOS


@dataclass
class Part:
    """The questions of one kind: how many there are and are open, and the first of them."""

    kind: Kind
    number: int
    open: int
    pounds: object
    items: list[Item] = field(default_factory=list)

    @property
    def title(self) -> str:
        return TITLES[self.kind]

    @property
    def every(self) -> list[tuple[str, str]]:
        """What can be answered to all at once: the answer and the words of its button."""
        if self.number < 2:
            return []
        return [
            (value, label.format(f"{self.number:,}")) for value, label in EVERY.get(self.kind, ())
        ]

    @property
    def is_of_file(self) -> bool:
        """Whether it is about the file or a sheet as a whole, not about a code or a month."""
        return self.kind not in (Kind.CODE, Kind.FUTURE, Kind.MISSING, Kind.ROWS)

    @property
    def several(self) -> bool:
        return self.number > 1


def item_of(question: LedgerQuestion) -> Item:
    """The question with its choices."""
    options = MISSING_OPTIONS if question.kind == Kind.MISSING else question.options
    return Item(question, [(value, label) for value, label in options])


def asked(upload: LedgerUpload) -> dict:
    """The questions for the page of an upload: the open kinds first."""
    counts = {
        row["kind"]: row
        for row in upload.questions.order_by()
        .values("kind")
        .annotate(number=Count("pk"), open=Count("pk", filter=Q(answer="")), sum=Sum("pounds"))
    }
    parts = []
    for kind in Kind:
        # Which lines are missing is known once all rows are read as they are meant.
        unsettled = kind == Kind.MISSING and (upload.asked or upload.wrong)
        if kind in counts and not unsettled:
            row = counts[kind]
            questions = upload.questions.filter(kind=kind).order_by("pk")[:QUESTIONS_SHOWN]
            items = [item_of(question) for question in questions]
            parts.append(Part(kind, row["number"], row["open"], row["sum"], items))
    return {"parts": parts}
