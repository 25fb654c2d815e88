"""Words about returns: states, due dates, next steps."""

from django import template

from accounts.roles import Permission
from bcfportal.lib import clock
from bcfportal.lib.sentences import day_words
from publishing.models import Return
from returns.board import due_in_words, is_late
from returns.owed import OWED, is_owed
from returns.review import submission_of
from returns.transitions import RETURNS
from typed.seen import mark_of

register = template.Library()

_TAGS = {
    Return.Status.NOT_STARTED: "blue",
    Return.Status.DRAFT: "light-blue",
    Return.Status.SUBMITTED: "purple",
    Return.Status.SIGNED: "purple",
    Return.Status.SENT_BACK: "yellow",
    Return.Status.APPROVED: "green",
    Return.Status.PUBLISHED: "green",
    Return.Status.NOT_NEEDED: "grey",
}
_STEPS = {
    Return.Status.NOT_STARTED: "Start",
    Return.Status.DRAFT: "Continue",
    Return.Status.SENT_BACK: "See what is asked",
}


@register.inclusion_tag("components/state.html")
def state(status):
    """The state of a return as a tag."""
    return {"label": Return.Status(status).label, "colour": _TAGS[Return.Status(status)]}


@register.filter
def submission_mark(report: Return) -> str:
    """What the board sends back of a return that waits: whether it is submitted again since."""
    return mark_of(submission_of(report))


@register.simple_tag
def due(report):
    """When the return is due, in words; nothing once it is done or where no day is set.

    Nothing is due for a project that has ended, or before a period opens. ``report``
    was read ``returns.due.with_end``.
    """
    opens, today = report.period.opens, clock.today()
    if report.status in OWED and report.ended_on:
        return f"Nothing is due: ended on {day_words(report.ended_on)}"
    if report.status in OWED and opens and today < opens:
        return f"Opens on {day_words(opens)}"
    if not is_owed(report, today) or report.period.due is None:
        return ""
    text = due_in_words(report.period.due, today)
    return text if is_late(report.period.due, today) else f"Due {text}"


@register.simple_tag
def next_step(report):
    """The one thing to do with a return: Start, Continue, See what is asked, View."""
    return _STEPS[report.status] if is_owed(report, clock.today()) else "View"


@register.inclusion_tag("returns/board_actions.html", takes_context=True)
def board_actions(context):
    """Approving several and publishing, for those who may; shown at the foot of the board."""
    access, period, rows = context["access"], context["period"], context["board"].rows
    approved = [row.report for row in rows if row.report.status == Return.Status.APPROVED]
    submitted = [
        row.report
        for row in rows
        if access.may(Permission.REVIEW) and RETURNS.next_decision(row.report) == "approve"
    ]
    own = context["own"]
    may_publish = access.may(Permission.RUN_PERIODS)
    return {
        "council": context["council"],
        "period": period,
        "csrf_token": context.get("csrf_token"),
        "submitted": [report for report in submitted if report not in own],
        "own": [report for report in submitted if report in own],
        "may_publish": may_publish,
        "approved": may_publish and approved,
        "changed": context["changed"],
    }


@register.simple_tag
def typed_boxes(draft, name):
    """The label and words of all boxes of a section that something is in, in the order of the page.

    What can be read is in the words that will be published; what cannot, as it was typed.
    """
    return draft.boxes_in_words(name)


@register.filter
def ends_with(text, last):
    """Whether last time's words stand at the end of what is typed."""
    last = (last or "").replace("\r\n", "\n").strip()
    return bool(last) and (text or "").replace("\r\n", "\n").rstrip().endswith(last)
