"""Words and figures of the ledger: pounds and pence, thousands, the state of an upload."""

from decimal import ROUND_HALF_UP, Decimal

from django import template

from finance.models import LedgerUpload

register = template.Library()
State = LedgerUpload.State


@register.filter
def thousands(number):
    """A whole number with commas: 100000 -> "100,000"."""
    return f"{number:,}"


@register.filter
def pence(amount):
    """Pounds with pence and no sign, for a column whose head has it; negatives in brackets."""
    exact = Decimal(amount).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    return f"({-exact:,})" if exact < 0 else f"{abs(exact):,}"


@register.filter
def pounds_and_pence(amount):
    """1234.5 -> "£1,234.50"; -500 -> "(£500.00)"."""
    text = pence(amount)
    return f"(£{text[1:]}" if text.startswith("(") else f"£{text}"


@register.inclusion_tag("components/state.html")
def ledger_state(upload):
    """The state of an upload as a tag."""
    if hasattr(upload, "work"):
        return {"label": upload.work.get_doing_display(), "colour": "light-blue"}
    if upload.state == State.PREVIEWED and upload.wrong:
        return {"label": "In error", "colour": "red"}
    if upload.state == State.PREVIEWED and upload.unanswered:
        return {"label": "Has questions", "colour": "yellow"}
    if upload.state == State.APPLIED and upload.is_back:
        label = "Taken back in part" if upload.stands else "Taken back"
        return {"label": label, "colour": "grey"}
    if upload.state == State.PREVIEWED and not upload.changes:
        return {"label": "Nothing to apply", "colour": "grey"}
    colours = {State.READING: "light-blue", State.APPLIED: "green", State.REFUSED: "red"}
    return {"label": upload.get_state_display(), "colour": colours.get(upload.state, "yellow")}
