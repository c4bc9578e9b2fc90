"""Who may do what with issued letters."""

import rules

from core.documents.models import IssuedLetter
from core.people.rules import is_administrator, reads_all


@rules.predicate
def may_read_letter(user, letter) -> bool:
    return letter is None or IssuedLetter.objects.visible_to(user).filter(pk=letter.pk).exists()


rules.add_perm("core.see_letters", reads_all)
rules.add_perm("core.run_letters", is_administrator & may_read_letter)
