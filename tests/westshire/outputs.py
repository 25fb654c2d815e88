"""All outputs in which a figure stands, by the names of their addresses, and their words."""

import io
import re

import openpyxl
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from pypdf import PdfReader

from bcfportal.lib.periods import period_of
from outcomes.definitions import definition_in
from outcomes.rules import Tolerance, rate
from programme.programme import programme_for
from tests.addresses import addresses
from tests.text import words_of
from tests.westshire.shown import person

# Results of a project's measures; of the council's own; ratings and names of the programme's
# projects; what is typed of both.
RESULTS, SIGNS, PROJECTS, TYPED = "results", "signs", "projects", "typed"
MONEY, SAVINGS, RISKS = "money", "savings", "risks"
STANDS = {
    "project": (RESULTS, PROJECTS),
    "project-pdf": (RESULTS, PROJECTS),
    "progress-update": (RESULTS, PROJECTS),
    "download": (RESULTS, PROJECTS),
    "overview": (PROJECTS,),
    "projects": (PROJECTS,),
    "condition": (PROJECTS,),
    "summary-overview": (PROJECTS,),
    "papers": (PROJECTS,),
    "vital-signs": (SIGNS,),
    "vital-signs-csv": (SIGNS,),
    "report-card": (SIGNS,),
    "performance": (SIGNS,),
    "exceptions": (SIGNS,),
    "outcomes-framework": (SIGNS,),
    "outcomes-framework-csv": (SIGNS,),
    "care-quality": (SIGNS,),
    "care-quality-csv": (SIGNS,),
    "section": (TYPED,),
    "check": (TYPED,),
    "review": (TYPED,),
    **dict.fromkeys(
        (
            *("allocations", "capital", "finance", "finance-pdf", "reserves", "money-csv"),
            *("money-xlsx", "money-lines", "money-reserves", "money-capital", "money-report"),
            *("ledger", "ledger-csv", "ledger-xlsx", "ledger-upload", "ledger-marked"),
        ),
        (MONEY,),
    ),
    **dict.fromkeys(
        (
            *("savings", "savings-csv", "savings-xlsx", "options", "option", "posts", "change"),
            *("savings-work", "edit-saving", "edit-option", "edit-post", "edit-change"),
        ),
        (SAVINGS,),
    ),
    **dict.fromkeys(("risks", "risk", "risks-csv", "risks-pdf", "reconciliation"), (RISKS,)),
}
# Forms, lists of work and what only acts: no published figure stands in them but what the form
# itself asks about, or the frozen content as it is (tests/test_versions.py works its mark out).
NO_FIGURE = {
    *("about", "accessibility", "home", "data", "health", "theme", "version", "version-content"),
    *("period-version", "publications", "publish", "quarter", "periods", "period", "open-month"),
    *("my-returns", "return", "carry", "submit", "withdraw", "approve-many", "make-current"),
    *("checks", "checks-csv", "add-break", "set-target", "measure", "add-measure", "follow-up"),
    *("project-measures", "project-measure", "project-target"),
    *("report-back", "money-reports", "money-publish", "money-about"),
    *("ledger-uploads", "ledger-apply", "ledger-drop"),
    *("ledger-continue", "savings-papers", "savings-rule", "add-saving", "add-change", "add-post"),
    *("correct-paper", "take-decision-back"),
    *("add-option", "decide-option", "new-risk", "publish-risks", "add-risk-task", "assess-risk"),
    *("close-risk", "reopen-risk", "link-risk", "reword-risk", "risk-progress"),
    # Figures of papers, as the papers state them.
    *("stated", "stated-csv", "stated-xlsx", "place"),
    # Of meetings: what was said and decided, in the words of the minutes.
    *("meetings", "meeting", "asked-for", "meetings-csv", "meetings-xlsx"),
    *("meetings-work", "add-committee", "edit-committee", "add-meeting", "prepare-meeting"),
    *("meeting-details", "meeting-attendance", "meeting-reported", "order-items", "add-item"),
    *("edit-item", "item-business", "publish-meeting", "correct-meeting"),
    # Of papers: what was written, with figures of the versions that the papers name.
    *("committee-paper", "committee-paper-pdf", "paper-work", "write-paper", "paper-head"),
    *("paper-section", "add-paper-section", "arrange-paper", "paper-figures"),
    # What was said to come, in words; its days are no figures of a measure.
    *("promises", "promises-csv", "promises-xlsx", "promises-work", "add-promise"),
    *("answer-promise", "add-return-promise", "answer-return-promise"),
    # Of partnerships: amounts and weights as partners agreed them, rated by nothing.
    *("partnerships", "partnerships-csv", "partnerships-xlsx", "pools", "pool"),
    *("integration-programme", "joint-outcomes", "arrangement-pdf", "arrangement"),
    *("add-arrangement", "edit-arrangement", "decide-function", "add-outcome", "edit-outcome"),
    # What was typed once, as it was typed.
    *("saves", "save", "money-saves", "money-save"),
    # The bytes of a fingerprint, and questions about a file of the ledger.
    *("withdraw-published", "frozen-content", "ledger-answer", "ledger-back", "ledger-questions"),
}
RATED = re.compile(r'govuk-visually-hidden">(Green|Amber|Red): </span>([^<]+)<')


def outputs(*kinds):
    """The names of the outputs in which one of these kinds of figure stands."""
    return sorted(name for name, held in STANDS.items() if set(held) & set(kinds))


def content(client, name, query="", /, **arguments):
    """What is sent at the address of that name, as Westshire's officer where it is not public."""
    found = next(each for each in addresses(**arguments) if each.name == f"reporting:{name}")
    reader = client if found.public else Client()
    if not found.public or name == "section":
        reader = Client()
        reader.force_login(person("performance"))
    response = reader.get(f"{found.path}{query}")
    assert response.status_code == 200, (found.path, response.status_code)
    sent = b"".join(response.streaming_content) if response.streaming else response.content
    return sent, response.headers["Content-Type"]


def words(client, name, query="", /, **arguments):
    """The words of an output, of whatever kind of file it is."""
    sent, kind = content(client, name, query, **arguments)
    if "html" in kind:
        return words_of(sent.decode())
    return " ".join(_decoded(sent, kind).split())


def as_text(answer):
    """All that an answer sends, with the marks of its pages, of whatever kind of file it is."""
    sent = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return _decoded(sent, answer.headers["Content-Type"])


def _decoded(sent, kind):
    if "pdf" in kind:
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(sent)).pages)
    if "spreadsheet" in kind:
        book = openpyxl.load_workbook(io.BytesIO(sent))
        cells = (
            each for sheet in book for row in sheet.iter_rows(values_only=True) for each in row
        )
        return " ".join(str(each) for each in cells if each is not None)
    return sent.decode("utf-8-sig")


def joined(text):
    """Words without spaces and hyphens at line ends, as papers break them."""
    return re.sub(r"[\s\u00ad]|(?<=\w)-\s", "", text)


def programme(westshire, key):
    return programme_for(AnonymousUser(), westshire.slug, key)


def own_target(measure, key):
    """The target of the period in its unit, or the standing one before any had its own."""
    when = period_of(key)
    unit = definition_in(measure.known_definitions, when).unit
    in_unit = {
        each.period: each
        for each in getattr(measure, "known_targets", measure.targets)
        if definition_in(
            measure.known_definitions, period_of(each.period) if each.period else None
        ).unit
        == unit
    }
    if key in in_unit:
        return in_unit[key]
    later = [period_of(each) for each in in_unit if each]
    return in_unit.get("") if all(when < each for each in later) else None


def expected(measure, key, value, tolerance):
    """The rating of a figure against the target of its own period, and no other."""
    then, target = (
        definition_in(measure.known_definitions, period_of(key)),
        own_target(measure, key),
    )
    if then.tolerance is not None:
        tolerance = Tolerance(then.tolerance, then.tolerance_kind)
    return rate(value, target.value if target else None, then.direction, tolerance).rating


def in_file(result):
    """The part that a result is of, as the download names it."""
    if result.provider in ("", result.segment):
        return result.segment
    return f"{result.segment} ({result.provider})"
