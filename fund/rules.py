"""Who may do what with calls, money and awards."""

import rules

from core.people.rules import is_administrator, is_finance, reads_all
from fund.models.funds import SOURCE


@rules.predicate
def holds_award(user, award) -> bool:
    if not user.is_authenticated:
        return False
    if award.investigator_id == user.pk:
        return True
    return award.pk is not None and award.holders.filter(pk=user.pk).exists()


@rules.predicate
def is_free_of_interest_in_award(user, award) -> bool:
    if not user.is_authenticated:
        return False
    mine = user.declarations.recusing().filter(subject_type=SOURCE, subject=award.source_key)
    return not mine.exists() and not holds_award(user, award)


rules.add_perm("fund.run_call", is_administrator)
rules.add_perm("fund.see_calls", reads_all)
rules.add_perm("fund.keep_ledger", is_administrator | is_finance)
rules.add_perm("fund.offer_award", is_administrator & is_free_of_interest_in_award)
rules.add_perm("fund.answer_offer", holds_award)
rules.add_perm("fund.run_award", (is_administrator | is_finance) & is_free_of_interest_in_award)
rules.add_perm("fund.see_awards", reads_all | is_finance)
