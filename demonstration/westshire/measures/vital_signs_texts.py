"""Words about the council's measures: why they matter, what explains them, what is to be done."""

# The standard actions that the board chooses from.
FOLLOW_UP_ACTIONS = (
    ("Agree the actions on the report card", "The board agrees what the report card proposes."),
    ("Ask for more actions", "The lead comes back with more, or faster, actions."),
    ("Ask for a detailed report", "A report on the measure comes to the next meeting."),
    ("Ask the lead to attend", "The lead answers the board's questions at the next meeting."),
    ("Set up a short review", "Two members and the lead look into the measure together."),
    ("Refer to the integrated care board", "The matter is raised with health partners."),
)

WHY = {
    "emergency-admissions-65": "A stay in hospital that could have been avoided costs an older "
    "person strength and confidence, and the system a bed.",
    "discharge-delay": "Every day that somebody who is ready waits in hospital makes it less "
    "likely that they go home.",
    "residential-admissions-65": "Most people want to grow old at home. Fewer admissions to "
    "residential care mean that help at home works.",
    "home-care-48-hours": "Care that begins quickly keeps people out of short-term beds.",
    "urgent-response-wait": "A quick visit at home is the alternative to an ambulance.",
    "serious-incidents": "No serious incident is acceptable: the target is none.",
    "carers-assessed": "Carers do more care than all paid services together.",
    "visits-on-time": "Medicines and meals depend on a visit at the right time.",
    "reablement-independent": "Reablement is worth its money when people need no care after it.",
    "technology-net-savings": "Technology has to pay for itself by the end of its second year.",
    "ready-beds": "It shows on one day what delays do to a hospital.",
}

# By measure: what explains an exception, what is to be done, and who does it, by post.
CARDS = {
    "emergency-admissions-65": (
        "Respiratory illness was higher than planned for, above all in Westport city.\n"
        "Two practices had no frailty clinic in the month.",
        "Run the frailty clinics at weekends until the pressure falls",
        "Head of community care",
    ),
    "discharge-delay": (
        "People who need a double-handed care package wait longest.",
        "Bring the equipment review forward to the day of admission",
        "Head of hospital discharge",
    ),
    "weekend-discharges": (
        "Transport and pharmacy are thin on Saturdays and closed on Sundays.",
        "Pay for a Sunday pharmacy round at both hospitals",
        "Head of hospital discharge",
    ),
    "ready-beds": (
        "Delays are falling, and are still above what was planned.",
        "Keep the daily call of all partners until the target is met",
        "Head of hospital discharge",
    ),
    "assessed-in-28-days": (
        "Social workers were moved to the hospital front door.",
        "Fill two posts in the discharge to assess team",
        "Head of hospital discharge",
    ),
    "readmitted-in-30-days": (
        "More people leave earlier, and follow-up calls have not kept pace.",
        "Call everybody aged 80 and over within two days of leaving hospital",
        "Discharge hub manager",
    ),
    "reablement-independent": (
        "People now come to reablement with higher needs than a year ago.",
        "Offer reablement to everybody who asks for home care for the first time",
        "Head of community care",
    ),
    "home-care-48-hours": (
        "Packages for people with complex needs wait for a second care worker.",
        "Ask each provider to keep one round free for discharges",
        "Commissioning manager, home care",
    ),
    "urgent-response-wait": (
        "Referrals rose faster than the team.",
        "Answer calls about the urgent response in one place",
        "Head of community care",
    ),
    "home-care-hours": (
        "Hours follow the number of people who wait to leave hospital.",
        "Review packages of four visits a day six weeks after they began",
        "Commissioning manager, home care",
    ),
    "equipment-five-days": (
        "Beds and hoists were short; small items came in time.",
        "Hold ten beds in reserve at each store",
        "Equipment contract manager",
    ),
    "technology-installed": (
        "Two of five installers left, and their posts are filled.",
        "Train reablement workers to install the simple kits",
        "Commissioning manager, assistive technology",
    ),
    "technology-net-savings": (
        "The kit is paid for in the month that it is installed; the care that it avoids comes "
        "later.",
        "Report the savings of people whose kit is older than a year apart",
        "Commissioning manager, assistive technology",
    ),
    "falls-admissions": (
        "Admissions after a fall rose with the cold spell.",
        "Offer a strength and balance class to everybody who calls the falls service twice",
        "Public health lead, prevention",
    ),
    "falls-response-hour": (
        "Calls doubled in three hot weeks, and one vehicle was off the road.",
        "Agree a second vehicle for days with a heat warning",
        "Falls service manager",
    ),
    "adaptations-done": (
        "Builders' prices rose, and level-access showers wait for a part.",
        "Agree a second framework of builders",
        "Home adaptations manager",
    ),
    "adaptations-days": (
        "Surveys wait for occupational therapists.",
        "Train four assessors for small adaptations",
        "Home adaptations manager",
    ),
    "carers-assessed": (
        "The new carers' contract began in April, and its first weeks were spent on training.",
        "Offer assessments at the memory clinics",
        "Head of prevention and carers",
    ),
    "carers-breaks": (
        "Fewer sitters were found than planned.",
        "Let carers use the money for a break of their own choice",
        "Head of prevention and carers",
    ),
    "carers-contacted": (
        "A campaign brought twice as many carers as expected.",
        "Ask the Carers' Alliance to make the first call",
        "Head of prevention and carers",
    ),
    "urgent-safeguarding": (
        "Few concerns are urgent: one that waited to the next day changes the figure much.",
        "Keep a duty manager until eight in the evening",
        "Head of safeguarding and quality",
    ),
    "enquiries-in-28-days": (
        "Enquiries in two care homes took longer than the rest.",
        "Meet weekly on every enquiry that is older than three weeks",
        "Head of safeguarding and quality",
    ),
    "serious-incidents": (
        "The incidents were at different providers; both are looked into.",
        "Share what was learned at the providers' forum",
        "Head of safeguarding and quality",
    ),
    "missed-visits": (
        "Most missed visits were of one round in Forest and Downs.",
        "Move the round to a provider nearby",
        "Commissioning manager, home care",
    ),
    "care-vacancies": (
        "Shops and warehouses pay more than care does at entry.",
        "Open the care academy's second intake",
        "Market development manager",
    ),
    "waiting-for-home-care": (
        "Providers handed back rounds, and new ones are not yet built up.",
        "Buy two rounds of guaranteed hours in Vale and Northmoor",
        "Market development manager",
    ),
    "admissions-change": (
        "The months of the year before were unusually quiet.",
        "Look at admissions from care homes with the integrated care board",
        "Commissioning manager, hospital discharge",
    ),
    "direct-payments": (
        "Personal assistants are hard to find outside the city.",
        "Open a register of personal assistants",
        "Market development manager",
    ),
}
# Of one month only.
CARDS_IN = {
    ("home-care-48-hours", "2026-27-m03"): (
        "One provider counted from the day that it accepted a package. Counted from the day of "
        "asking, 36 more of its packages began late.",
        "Count every package from the day of asking, and check it each month",
        "Commissioning manager, home care",
    ),
    ("falls-admissions", "2026-27-m07"): (
        "Admissions after a fall rose with the first cold weeks, as all emergency admissions did.",
        "Open the falls clinics on Saturdays until March",
        "Public health lead, prevention",
    ),
    ("carers-assessed", "2026-27-m01"): (
        "The year's count has just begun: 110 carers in April. The target of 2026/27 is not yet "
        "agreed, and the one of March for the whole year before stands until it is.",
        "Agree the year's target, month by month",
        "Head of prevention and carers",
    ),
}
OTHERWISE = (
    "The figure moved with the pressures of the month.",
    "Look into it with the providers and come back next month",
    "Performance and insight lead",
)
SUCCESS = {
    "Home from hospital": "People leave hospital on the day that they are ready, and go home.",
    "Independent at home": "People are helped early, and need less help for longer.",
    "Carers": "Carers are known, and have a life beside caring.",
    "Safe care": "Nobody comes to harm in care that the council buys.",
    "Care market and workforce": "There is enough good care at a fair price.",
}
SENT_BACK = {
    "measures": "Please look at the hours handed back: the paper of the providers' forum says "
    "about a hundred more. And say in a comment what the nil returns are.",
    "cards": "The card on people who wait for home care needs an owner outside commissioning.",
}
