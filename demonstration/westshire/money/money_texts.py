"""Why areas of Westshire's budget miss it: when they cost more (or bring in less), and less."""

EXPLANATIONS = {
    "older-residential": (
        "More people need nursing care than planned, and the weekly price of a new placement is "
        "above the rate that the budget assumes.",
        "Fewer people moved into care homes than planned.",
    ),
    "older-home": (
        "Home support packages are larger: people come home from hospital needing two carers.",
        "Two providers could not staff all the hours that were bought.",
    ),
    "older-direct": (
        "More people chose a direct payment.",
        "Unspent balances of direct payments were called back after reviews.",
    ),
    "learning-residential": (
        "One placement out of the county costs more than was planned.",
        "Two people moved into homes of their own.",
    ),
    "learning-supported": (
        "The tender for supported living brought higher hourly rates from September, and the "
        "commitments of its second lot are now in the forecast.",
        "Vacancies in three shared houses took longer to fill than planned.",
    ),
    "learning-day": (
        "Transport to day opportunities costs more.",
        "Attendance has not come back to what it was, and one centre opens three days a week.",
    ),
    "physical-disabilities": (
        "Four people with very high needs were new this year.",
        "Fewer new packages were needed than planned.",
    ),
    "mental-health": (
        "More people leave hospital under section 117, where the council and the NHS share the "
        "cost, and joint funding of eleven people is not agreed yet.",
        "Joint funding was agreed for more people than planned.",
    ),
    "reablement": (
        "Agency staff cover vacancies.",
        "Posts in the reablement team stood vacant. Recruitment is under way in Vale and "
        "Harbourside.",
    ),
    "discharge": (
        "Beds for people who could leave hospital were bought for more weeks than planned.",
        "Fewer weeks in beds were bought than planned.",
    ),
    "equipment": (
        "Demand for equipment rose with discharges, and its price rose in April.",
        "More equipment was used a second time.",
    ),
    "social-work": (
        "Agency social workers cover vacancies.",
        "Vacancies among social workers, in part covered by agency staff.",
    ),
    "carers": ("More carers asked for a break.", "Fewer breaks were taken than were offered."),
    "voluntary": ("Grants were paid a year ahead.", "One grant was not taken up."),
    "technology": (
        "More people were given monitors.",
        "The roll-out began a quarter late.",
    ),
    "commissioning": (
        "The tender needed more legal advice.",
        "A post was vacant for part of the year.",
    ),
    "charges": (
        "Fewer people pay the full cost of their care, and more charges are under appeal.",
        "More people pay the full cost of their care.",
    ),
    "nhs-income": (
        "Less joint funding was agreed than planned.",
        "The NHS paid its share of more packages than planned.",
    ),
    "better-care": ("A grant came in part only.", "A grant came in that was not expected."),
}
