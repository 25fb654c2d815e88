"""What the projects of Westshire are, why and how: their own words, as the plan prints them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Texts:
    description: str
    rationale: str
    method: str


TEXTS = {
    "falls-prevention": Texts(
        "Strength and balance classes for people over 65 who have fallen or fear a fall. Each "
        "course lasts twenty weeks.",
        "One fall in three leads to another within a year, and a broken hip to a long stay.",
        "Instructors of the community trust hold classes in 34 halls. Northmoor Voluntary Action "
        "brings people there who cannot travel alone.",
    ),
    "handyperson": Texts(
        "Grab rails, key safes, steps and small repairs within seven days of asking.",
        "A rail that comes in time can save a fall, and a key safe a forced door.",
        "Two vans, each with a fitter and a stock of common parts. Referrals come by telephone, "
        "from hospital wards and from the falls classes.",
    ),
    "home-adaptations": Texts(
        "Level-access showers, stairlifts, ramps and extensions paid for by a grant. It takes in "
        "the mandatory grants and the council's discretionary ones.",
        "People whose homes fit them stay there longer and need less help with washing.",
        "Occupational therapists assess, the districts approve, and Orchard Living's agency "
        "oversees the works.",
    ),
    "assistive-technology": Texts(
        "Alarms, sensors and reminders in the homes of 4,100 people, with a response at any hour.",
        "Technology lets families know that all is well, and tells a responder where it is not.",
        "Equipment is fitted within five days. The co-operative answers calls and sends a "
        "responder where nobody else can go.",
    ),
    "community-equipment": Texts(
        "Beds, hoists, commodes and frames on loan, delivered, collected, cleaned and lent again.",
        "Without the right equipment on the day nobody leaves hospital and nobody dies at home.",
        "One store in Westport city serves the county. Urgent orders leave it the same day.",
    ),
    "neighbourhood-teams": Texts(
        "Nurses, therapists, social workers and voluntary sector workers in five localities, who "
        "plan together for the people most at risk of going into hospital.",
        "People with several conditions meet a dozen services; one team that knows them prevents "
        "crises that none of the dozen sees coming.",
        "Each team meets weekly with the practices of its locality and agrees one plan and one "
        "named worker for each person.",
    ),
    "winter-warmth": Texts(
        "Boiler repairs, draught proofing and advice on bills for people whose illness gets worse "
        "in the cold.",
        "Cold homes bring people to hospital with chest and heart trouble every January.",
        "Wardens visit people whom practices and district nurses name. The scheme ends with the "
        "grant that pays for it.",
    ),
    "social-prescribing": Texts(
        "Link workers who help people with long-term conditions to find company, exercise, advice "
        "and things to do near their home.",
        "Loneliness and worry about money bring people to their doctor who need something else.",
        "Practices refer; a link worker sees each person up to eight times.",
    ),
    "dementia-advisers": Texts(
        "An adviser for everyone who is told that they have dementia, and nineteen memory cafés.",
        "Families who know whom to ask cope for longer, and crises are fewer.",
        "The memory clinics refer on the day of diagnosis. An adviser rings within ten days and "
        "stays in touch for as long as the family wishes.",
    ),
    "tablets-at-home": Texts(
        "The loan of a tablet and patient lessons at home, so that people can see a clinician on "
        "a screen and their families too.",
        "Every second appointment can be on a screen, but a third of older people have none.",
        "Volunteers of the co-operative visit four times and can be rung afterwards.",
    ),
    "transfer-of-care-hub": Texts(
        "One team at both hospitals that arranges every discharge which needs help from others.",
        "Waits between services fill beds: a person who is well enough should leave the same day.",
        "Nurses, social workers and brokers sit in one room, seven days a week, with one list.",
    ),
    "reablement": Texts(
        "Up to six weeks of help at home that teaches people to manage again by themselves.",
        "Most people who have reablement after hospital need less care later, many none.",
        "Therapists set goals with each person in the first two days; two providers work to them.",
    ),
    "bridging-care": Texts(
        "Home care for up to ten days until a lasting package begins.",
        "Nobody should wait in a hospital bed for a rota to be written.",
        "Block hours are bought in each locality, in Welsh where people wish it. Brokers hand over "
        "to the lasting provider with the person present.",
    ),
    "step-down-beds": Texts(
        "Forty-two beds in five care homes for people who are well enough to leave hospital and "
        "not yet well enough to go home.",
        "Decisions about the rest of a life should not be taken in a hospital bed.",
        "Therapists visit daily; the aim is to be home within 28 days.",
    ),
    "seven-day-social-work": Texts(
        "Social workers on the wards on Saturdays, Sundays and bank holidays.",
        "Discharges fall by half at weekends, and Mondays are too full.",
        "Twelve social workers on a rota with the hub.",
    ),
    "trusted-assessors": Texts(
        "Assessors whom care homes trust to say whether a resident can come back or a new one in.",
        "Homes that send their own manager to the ward need three days; an assessor needs one.",
        "Three nurses assess for the 61 homes that have signed the agreement.",
    ),
    "settling-in": Texts(
        "A lift home, the heating on, milk in the fridge and a call the day after.",
        "People who come home to a cold house often come back to hospital.",
        "Volunteers and two paid drivers, every day until nine in the evening.",
    ),
    "urgent-response": Texts(
        "A nurse or therapist at the door within two hours when somebody at home gets worse.",
        "Many who are taken to hospital at night could have stayed at home with help by midnight.",
        "Crews in five localities take calls from 111, the ambulance service and care homes.",
    ),
    "mental-health-discharge": Texts(
        "Housing, money and support arranged before people leave a mental health ward.",
        "A fifth of the days on the wards are days of waiting for somewhere to live.",
        "Two housing officers and a benefits adviser join the ward rounds.",
    ),
    "fair-cost-of-care": Texts(
        "Fees to care homes and home care that move towards what care was found to cost.",
        "Providers that cannot pay enough lose staff, and then homes close and rounds stop.",
        "Uplifts are agreed each April from the cost of care exercise, wages and prices.",
    ),
    "care-workforce": Texts(
        "A recruitment campaign, an academy and travel help for people who work in care.",
        "One post in nine was empty when the scheme began, twice as many in Forest and Downs.",
        "Colleges teach the first six weeks; providers promise interviews to all who finish.",
    ),
    "quality-team": Texts(
        "Nurses and managers who help homes and home care that are rated as needing improvement.",
        "Moves between homes harm people; better homes do not need to be left.",
        "A plan with each provider, visits every fortnight, and a return to usual checks at the "
        "next rating.",
    ),
    "rural-home-care": Texts(
        "Home care rounds in villages that no provider could serve at the usual rate.",
        "Travel takes a third of a worker's day in Forest and Downs and was not paid.",
        "Two providers are paid by the round and not by the visit.",
    ),
    "health-in-care-homes": Texts(
        "A weekly round by a named clinician in every care home, and a plan for each resident.",
        "Residents are taken to hospital more often than others of their age, mostly at weekends.",
        "Practices hold the rounds; the community trust gives training and a telephone line.",
    ),
    "medicines-support": Texts(
        "Pharmacists who review what residents of care homes take and how it is given.",
        "Residents take nine medicines on average, and errors cause falls and confusion.",
        "Each home has a review a year, and every new resident one within six weeks.",
    ),
    "carers-breaks": Texts(
        "Breaks for people who look after somebody: an afternoon, a night or a week.",
        "A break is what carers ask for first, and what keeps many going.",
        "Carers hold a budget and choose; the Alliance keeps a list and books.",
    ),
    "carers-advice": Texts(
        "Assessments, advice, groups and training for adults who care for somebody.",
        "Carers who are known early ask for less later.",
        "The Alliance assesses for the council and keeps in touch by telephone.",
    ),
    "young-carers": Texts(
        "Help for people from 16 to 25 who look after a parent, brother or sister.",
        "They leave school earlier and have more trouble finding work than others of their age.",
        "Two workers in schools and colleges, a group in each locality, and a bursary.",
    ),
    "carers-emergency-plan": Texts(
        "A plan, a card and a number to ring for when a carer is suddenly ill.",
        "Half of the emergency placements followed a carer's own illness.",
        "Plans are made with the assessment. The on-call service stands in for up to 72 hours.",
    ),
    "shared-lives": Texts(
        "Short breaks and longer stays with trained hosts in their own homes.",
        "Some people rest better in a family home than in a care home, and so do their carers.",
        "Hosts are found, trained and visited by the co-operative.",
    ),
    "care-act-duties": Texts(
        "Advocacy, deferred payments, the safeguarding adults board and other duties that the "
        "Care Act gave to councils.",
        "",
        "",
    ),
    "contingency": Texts(
        "Money that is set aside with the NHS in case attendances at hospital rise above plan.",
        "",
        "",
    ),
    "homes-first-discharge": Texts(
        "A flat, a worker and a doctor for people who would leave hospital with nowhere to live.",
        "Forty people a year go back to the street or to a shelter from a ward.",
        "Six flats are leased for up to twelve weeks each. A worker meets people on the ward.",
    ),
}
