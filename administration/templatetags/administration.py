"""Who does what in a council, in words."""

from django import template

register = template.Library()


@register.simple_tag
def leads_words(project, leads):
    """Who reports on a project, by post; if nobody can, who used to.

    ``leads`` are the people by project, as ``returns.owed.leads_by_project`` finds them.
    """
    able = leads.get(project.pk, [])
    if able:
        return ", ".join(map(str, able))
    gone = [str(assignment.user) for assignment in project.assignments.all()]
    if not gone:
        return "Nobody yet"
    return f"Nobody: {', '.join(gone)} cannot report any more"
