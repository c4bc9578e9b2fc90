"""Who may do what with an application."""

import rules

from applications.models import Application, TeamMember
from core.people.rules import is_administrator


def _access(user, application) -> str | None:
    if not user.is_authenticated:
        return None
    return application.access_of(user)


@rules.predicate
def is_owner(user, application) -> bool:
    return _access(user, application) == TeamMember.Access.OWNER


@rules.predicate
def can_write(user, application) -> bool:
    return _access(user, application) in {TeamMember.Access.OWNER, TeamMember.Access.EDITOR}


@rules.predicate
def is_signatory(user, application) -> bool:
    return _access(user, application) == TeamMember.Access.SIGNATORY


@rules.predicate
def is_on_team(user, application) -> bool:
    return _access(user, application) is not None


@rules.predicate
def is_free_of_interest(user, application) -> bool:
    if not user.is_authenticated:
        return False
    return not Application.objects.shut_to(user).filter(pk=application.pk).exists()


@rules.predicate
def is_not_of_its_team(user, attachment) -> bool:
    return user.is_authenticated and not is_on_team(user, attachment.application)


@rules.predicate
def has_no_interest_in_it(user, incident) -> bool:
    return type(incident).objects.visible_to(user).filter(pk=incident.pk).exists()


@rules.predicate
def lets_editors_submit(user, application) -> bool:
    return application.editors_may_submit


runs_it = is_administrator & is_free_of_interest

rules.add_perm("applications.edit_application", can_write)
rules.add_perm("applications.submit_application", is_owner | (can_write & lets_editors_submit))
rules.add_perm("applications.sign_application", is_signatory)
rules.add_perm("applications.withdraw_application", is_owner)
rules.add_perm("applications.invite_application", is_owner)
rules.add_perm("applications.screen_application", runs_it)
rules.add_perm("applications.extend_application", runs_it)
rules.add_perm("applications.give_application", runs_it)
rules.add_perm("applications.decide_application", runs_it)
rules.add_perm("applications.report_attachment", is_not_of_its_team)
rules.add_perm("applications.keep_incident", is_administrator & has_no_interest_in_it)
rules.add_perm("applications.be_on_team", is_on_team)
