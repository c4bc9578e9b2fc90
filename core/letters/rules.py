"""Who may do what with issued letters."""

import rules

from core.documents.models import IssuedLetter
from core.people.rules import is_administrator, reads_all


@rules.predicate
def is_free_of_interest_in_letter(user, letter) -> bool:
    return letter is None or IssuedLetter.objects.visible_to_fund(user).filter(pk=letter.pk).exists()


rules.add_perm("core.see_letters", reads_all)
rules.add_perm("core.run_letters", is_administrator & is_free_of_interest_in_letter)
