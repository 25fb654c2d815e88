"""What waits, what is in no paper yet, and the rule's settings."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.roles import Permission
from bcfportal.lib import clock
from finance.models import OptionForChange, SavingsRule
from finance.savings.change_forms import CHANGE_KINDS
from finance.savings.collect import make_sheet
from finance.savings.forms import RuleForm
from publishing.pages import render_working_page, working_council
from typed.forms import one_form

CONFLICT = 409
either = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def manage(request, council):
    """Everything that is kept, what waits for a decision, and what is in no paper yet."""
    council, access = working_council(request, council)
    access.require(Permission.SEE_SAVINGS)
    sheet = make_sheet(council, as_at=clock.today())
    options = OptionForChange.objects.filter(council=council).select_related("written_by")
    writers = {option.slug: option.written_by for option in options}
    return render_working_page(
        request,
        "finance/savings/manage.html",
        council,
        access,
        "savings-work",
        sheet=sheet,
        options=[(option, writers.get(option.slug)) for option in sheet.options],
        waiting=[change for change in sheet.changes if change.status == "requested"],
        drafts=[change for change in sheet.changes if change.status == "draft"],
        decided=[change for change in sheet.changes if change.status not in ("draft", "requested")],
        kinds=[(name, label) for name, (_, label, _) in CHANGE_KINDS.items()],
        may_keep=access.may(Permission.KEEP_SAVINGS),
        may_propose=access.may(Permission.PROPOSE_SAVINGS),
        may_agree=access.may(Permission.AGREE_CHANGES),
    )


@either
def rule(request, council):
    """The settings of the rule that rates savings; published papers keep those they had."""
    council, access = working_council(request, council)
    access.require(Permission.ADMINISTER)
    settings = SavingsRule.objects.filter(council=council).first() or SavingsRule(council=council)
    form = one_form(request, lambda data: RuleForm(data, instance=settings))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(
            request, "Saved. Savings in papers published from now on are rated this way."
        )
        return redirect("reporting:savings-rule", council.slug)
    return render_working_page(
        request,
        "finance/savings/form.html",
        council,
        access,
        "administration",
        form=form,
        title="How savings are rated",
        parent=(reverse("administration:start", args=[council.slug]), "Administration"),
        whole=True,
    )
