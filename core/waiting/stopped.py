"""What stopped and waits for an administrator: letters that are held, and work that failed and has no batch."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import waiting
from core.documents.models import IssuedLetter
from core.jobs.failures import known_failures
from core.people.models import User
from core.waiting import Waiting


@waiting.provider
def stopped(user: Any) -> Iterator[Waiting]:
    """Name how many letters are held and how many pieces of work failed; in one query."""
    if not user.has_perm("core.run_letters") or not user.has_perm("core.run_jobs"):
        return
    letters = IssuedLetter.objects.visible_to_fund(user).filter(state=IssuedLetter.State.HELD)
    numbers = User.objects.filter(pk=user.pk).values_list(_number_of(letters), _number_of(known_failures(user)))
    held, failed = numbers.get()
    if held:
        what = ngettext("%(number)s letter is held", "%(number)s letters are held", held) % {"number": held}
        yield Waiting(what, _("Register of letters"), reverse("letters:register") + "?state=held")
    if failed:
        what = ngettext(
            "See to %(number)s piece of work that failed", "See to %(number)s pieces of work that failed", failed
        )
        yield Waiting(what % {"number": failed}, _("Background work"), reverse("jobs:batches") + "#failed")


def _number_of(rows: QuerySet) -> Subquery:
    count = Func("pk", function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().values(number=count))
