"""For each constraint of partnerships a record that breaks it."""

from partnerships.models import (
    Arrangement,
    BlueprintActivity,
    CapitatedBudget,
    CommissioningModel,
    Function,
    FunctionDecision,
    IssueArea,
    JointOutcome,
    OutcomeMeasure,
    OutcomeTension,
    Pool,
    PoolContribution,
    ProgrammeParagraph,
    RiskShare,
    ServiceElement,
)

ORDERED = (
    *(ServiceElement, BlueprintActivity, Function, IssueArea, ProgrammeParagraph),
    *(PoolContribution, CapitatedBudget, RiskShare, JointOutcome, OutcomeTension),
)


def breakers(copy_of):
    def like(model, **changes):
        return copy_of(model.objects.order_by("pk").first(), **changes)

    def elsewhere(model, **changes):
        """In a place that no other has."""
        return like(model, order=999, **changes)

    def itself():
        decision = FunctionDecision.objects.order_by("pk").first()
        decision.replaces = decision
        return decision

    def of_a_new(model, **changes):
        """Of an arrangement that has none yet."""
        arrangement = like(Arrangement, slug="new")
        arrangement.save()
        return like(model, arrangement=arrangement, **changes)

    return {
        "arrangement_slug_unique_in_kind": lambda: like(Arrangement),
        "arrangement_has_a_title": lambda: like(Arrangement, slug="other", title=""),
        "arrangement_kind_known": lambda: like(Arrangement, slug="other", kind="other"),
        "arrangement_status_known": lambda: like(Arrangement, slug="other", status="other"),
        **{
            f"{model._meta.model_name}_order_unique": lambda model=model: like(model)
            for model in ORDERED
        },
        "commissioning_model_has_a_name": lambda: of_a_new(CommissioningModel, name=""),
        "service_element_says_what_it_does": lambda: elsewhere(ServiceElement, what_it_does=""),
        "blueprint_activity_has_a_title": lambda: elsewhere(BlueprintActivity, title=""),
        "issue_area_has_a_title": lambda: elsewhere(IssueArea, title=""),
        "programme_paragraph_has_text": lambda: elsewhere(ProgrammeParagraph, text=""),
        "function_has_a_name": lambda: elsewhere(Function, name=""),
        "function_recommended_known": lambda: elsewhere(Function, recommended="other"),
        "function_decision_order_unique": lambda: like(FunctionDecision),
        "function_decision_says_why_and_who": lambda: elsewhere(FunctionDecision, reason=""),
        "function_decision_known": lambda: elsewhere(FunctionDecision, decision="other"),
        "function_decision_replaces_another": itself,
        "pool_level_known": lambda: of_a_new(Pool, level="other"),
        "pool_state_known": lambda: of_a_new(Pool, state="other"),
        "poolcontribution_not_negative": lambda: elsewhere(PoolContribution, amount=-1),
        "poolcontribution_basis_and_word_known": lambda: elsewhere(PoolContribution, basis="x"),
        "pool_contribution_has_a_partner": lambda: elsewhere(PoolContribution, partner=""),
        "capitatedbudget_not_negative": lambda: elsewhere(CapitatedBudget, year=2030, amount=-1),
        "capitatedbudget_basis_and_word_known": lambda: elsewhere(
            CapitatedBudget, qualifier="other"
        ),
        "capitated_budget_population_from_one": lambda: elsewhere(
            CapitatedBudget, year=2030, population=0
        ),
        "capitated_budget_once_a_year": lambda: elsewhere(CapitatedBudget),
        "risk_share_within_all": lambda: elsewhere(RiskShare, share=101),
        "risk_share_of_whom_and_what": lambda: elsewhere(RiskShare, partner=""),
        "joint_outcome_has_a_statement": lambda: elsewhere(JointOutcome, statement=""),
        "joint_outcome_weight_within_all": lambda: elsewhere(JointOutcome, weight=101),
        "outcome_measure_once": lambda: like(OutcomeMeasure),
        "outcome_measure_has_a_name": lambda: like(OutcomeMeasure, name=""),
        "outcome_tension_of_two": lambda: elsewhere(OutcomeTension, first=""),
    }
