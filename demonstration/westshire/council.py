"""The council itself: its funds, purposes, providers, localities and people, by post."""

from accounts.models import User
from accounts.roles import Role
from demonstration.accounts import PASSWORD
from demonstration.westshire.story import SLUG, moment
from projects.models import Council, Fund, GrantCondition, Membership, Provider

BEGINS = moment(2025, 4, 1, 9)

FUNDS = (
    ("nhs-minimum", "NHS minimum contribution", "NHS"),
    ("better-care-grant", "Local Authority Better Care Grant", "LA BCG"),
    ("disabled-facilities-grant", "Disabled Facilities Grant", "DFG"),
    ("additional-nhs", "Additional NHS contribution", "NHS+"),
    ("additional-council", "Additional council contribution", "LA+"),
)
PURPOSES = (
    "Keep people well and at home",
    "Get people home from hospital sooner",
    "Steady the care market",
    "Support carers",
)
PROVIDERS = (
    "Westshire Community Health NHS Trust",
    "Vale Hospitals NHS Foundation Trust",
    "Harbour Homecare",
    "Orchard Living",
    "Westshire Carers' Alliance",
    "Northmoor Voluntary Action",
    "Llwyn Gofal – Cymorth yn y Cartref",
    "Severnside Reablement Co-operative",
)
# Localities of the council, as results are split.
LOCALITIES = ("Northmoor", "Vale", "Harbourside", "Forest and Downs", "Westport city")

# Who is who: the key of the story, the post, the roles. The first five are the sign-ins that a
# demonstration prints; all have the same password.
PRINTED = {
    "commissioner": ("commissioner@demonstration.example", Role.COMMISSIONER),
    "performance": ("performance@demonstration.example", Role.PERFORMANCE_OFFICER),
    "finance": ("finance@demonstration.example", Role.FINANCE_OFFICER),
    "member": ("member@demonstration.example", Role.MEMBER),
    "administrator": ("administrator@demonstration.example", Role.ADMINISTRATOR),
}
OTHERS = {
    "hospital": ("Commissioning manager, hospital discharge", (Role.COMMISSIONER,)),
    "home": ("Commissioning manager, home care", (Role.COMMISSIONER,)),
    "carers": ("Commissioning manager, carers", (Role.COMMISSIONER,)),
    "market": ("Market development manager", (Role.COMMISSIONER,)),
    "prevention": ("Public health lead, prevention", (Role.COMMISSIONER,)),
    # Leaves in the story.
    "leaver": ("Commissioning manager, assistive technology", (Role.COMMISSIONER,)),
    "performance lead": ("Performance and insight lead", (Role.PERFORMANCE_OFFICER,)),
    "finance lead": ("Principal accountant", (Role.FINANCE_OFFICER,)),
    "chair": ("Chair of the Health and Wellbeing Board", (Role.MEMBER,)),
}


def make_council(accounts: dict[str, User]) -> tuple[Council, dict[str, User]]:
    """The council with its lists, and its people by the story's key."""
    council = Council.objects.create(
        slug=SLUG,
        name="Westshire County Council",
        made_up=True,
        publishes=True,
        accent_colour="#5b3a7d",
        money_style=Council.MoneyStyle.LOWER,
        purpose_word="Objective",
        programme_sentence="keep people well at home, get them home sooner and support carers",
        contact="Better Care Fund team (made up)",
    )
    for order, (slug, name, label) in enumerate(FUNDS, 1):
        Fund.objects.create(council=council, slug=slug, name=name, label=label, order=order)
    for number, title in enumerate(PURPOSES, 1):
        GrantCondition.objects.create(council=council, number=number, title=title)
    for number, name in enumerate(PROVIDERS, 1):
        provider = Provider.objects.create(council=council, slug=f"provider-{number}", name=name)
        council.segments.create(
            slug=f"provider-{number}", kind="provider", name=name, provider=provider, order=number
        )
    for number, name in enumerate(LOCALITIES, 1):
        slug = name.lower().replace(" ", "-")
        council.segments.create(slug=slug, kind="locality", name=name, order=number)
    return council, _people(council, accounts)


def _people(council, accounts):
    people = {}
    for key, (email, role) in PRINTED.items():
        people[key] = accounts[email]
        Membership.objects.create(user=people[key], council=council, role=role)
    for key, (post, roles) in OTHERS.items():
        email = f"{key.replace(' ', '-')}.westshire@demonstration.example"
        people[key] = User.objects.create_user(
            email, PASSWORD, post=f"{post} (demonstration)", is_demonstration=True
        )
        for role in roles:
            Membership.objects.create(user=people[key], council=council, role=role)
    return people
