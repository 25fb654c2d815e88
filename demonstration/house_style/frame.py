"""What every page of the gallery's frame has at once."""

from types import SimpleNamespace

from demonstration.house_style.made_up import COUNCIL, NAME, PERIOD, SENTENCE, UNPUBLISHED

FRAME = {
    "council": COUNCIL,
    "search_at": "/westshire/projects/",
    "kept_from_others": SENTENCE,
    "section": "programme",
    "navigation": [
        {"section": name, "label": label, "url": "/westshire/", "keeps_period": True}
        for name, label in (
            *(("overview", "Overview"), ("programme", "Projects of all partners")),
            *(("money", "Money and monitoring"), ("savings", "Savings"), ("risks", "Risks")),
            *(("vital-signs", "Vital signs"), ("papers", "Papers"), ("data", "Data")),
            *(("returns", "My returns"), ("quarter", "Quarter"), ("checks", "Discrepancies")),
            *(("work", "Manage savings"), ("reports", "Finance reports"), ("ledger", "Ledger")),
            *(("periods", "Reporting periods"), ("administration", "Administration")),
        )
    ],
    "programme": SimpleNamespace(
        council=COUNCIL, period=PERIOD, preview=True, periods=[PERIOD, UNPUBLISHED]
    ),
    "vital_signs": SimpleNamespace(
        month=SimpleNamespace(label="September 2026"),
        period=PERIOD,
        is_own_report=False,
        preview=True,
        choices=[("2026-09", "September 2026", True), ("2026-08", NAME, False)],
    ),
}
SAID = f"The return of {NAME} is submitted. {SENTENCE}"
