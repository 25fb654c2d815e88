"""Addresses of the ledger: what it holds, and uploads of actuals."""

from django.urls import path

from finance.ledger.views import lines as ledger
from finance.ledger.views import questions as ledger_questions
from finance.ledger.views import uploads as ledger_uploads

patterns = [
    path("finance/ledger/", ledger.ledger, name="ledger"),
    path("finance/ledger/lines.csv", ledger.ledger_csv, name="ledger-csv"),
    path("finance/ledger/lines.xlsx", ledger.ledger_xlsx, name="ledger-xlsx"),
    path("finance/ledger/uploads/", ledger_uploads.uploads, name="ledger-uploads"),
    path("finance/ledger/uploads/<int:number>/", ledger_uploads.upload, name="ledger-upload"),
    path(
        "finance/ledger/uploads/<int:number>/marked/", ledger_uploads.marked, name="ledger-marked"
    ),
    path(
        "finance/ledger/uploads/<int:number>/questions/<slug:kind>/",
        ledger_questions.questions,
        name="ledger-questions",
    ),
    path(
        "finance/ledger/uploads/<int:number>/answer/",
        ledger_questions.answer,
        name="ledger-answer",
    ),
    path("finance/ledger/uploads/<int:number>/back/", ledger_questions.back, name="ledger-back"),
    path("finance/ledger/uploads/<int:number>/apply/", ledger_uploads.apply, name="ledger-apply"),
    path("finance/ledger/uploads/<int:number>/drop/", ledger_uploads.drop, name="ledger-drop"),
    path(
        "finance/ledger/uploads/<int:number>/continue/",
        ledger_uploads.go_on,
        name="ledger-continue",
    ),
]
