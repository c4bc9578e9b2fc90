"""Predicates on people that the apps' own rules are made of."""

import rules

from core.people.models import Role


@rules.predicate
def is_administrator(user, obj=None) -> bool:
    return user.is_authenticated and user.has_role(Role.ADMINISTRATOR)


@rules.predicate
def is_finance(user, obj=None) -> bool:
    return user.is_authenticated and user.has_role(Role.FINANCE)


@rules.predicate
def is_auditor(user, obj=None) -> bool:
    return user.is_authenticated and user.has_role(Role.AUDITOR)


reads_all = is_administrator | is_auditor

rules.add_perm("core.give_roles", is_administrator)
rules.add_perm("core.see_people", reads_all)
rules.add_perm("core.see_audit", reads_all)
rules.add_perm("core.run_jobs", is_administrator)
rules.add_perm("core.see_mail", reads_all)
rules.add_perm("core.send_mail", is_administrator)
