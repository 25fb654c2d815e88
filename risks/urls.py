"""Addresses of the risk register."""

from django.contrib.auth.decorators import login_not_required as public
from django.urls import path

from risks.views import manage as risk_keeping
from risks.views import publishing
from risks.views import register as risks

patterns = [
    path("risks/", public(risks.risks), name="risks"),
    path("risks/risks.csv", public(risks.risks_csv), name="risks-csv"),
    path("risks/reconciliation/", public(risks.reconciliation), name="reconciliation"),
    path("risks/new/", risk_keeping.new_risk, name="new-risk"),
    path("risks/publish/", publishing.publish, name="publish-risks"),
    path("risks/<slug:reference>/", public(risks.risk), name="risk"),
    path("risks/<slug:reference>/assess/", risk_keeping.assess, name="assess-risk"),
    path("risks/<slug:reference>/details/", risk_keeping.reword, name="reword-risk"),
    path("risks/<slug:reference>/links/", risk_keeping.set_links, name="link-risk"),
    path("risks/<slug:reference>/tasks/", risk_keeping.add_task, name="add-risk-task"),
    path("risks/<slug:reference>/progress/", risk_keeping.add_progress, name="risk-progress"),
    path("risks/<slug:reference>/close/", risk_keeping.close, name="close-risk"),
    path("risks/<slug:reference>/reopen/", risk_keeping.reopen, name="reopen-risk"),
    path("reports/risks.pdf", public(risks.risks_pdf), name="risks-pdf"),
]
