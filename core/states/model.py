"""A model whose state only changes by its table, with an audit row for each step."""

from typing import Any, ClassVar, Self

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import models
from django.utils.translation import gettext as _

from core import audit
from core.states.table import StateTable, Wording, WrongState


class Stateful(models.Model):
    """Adds `take`, the one guarded step, to a model with a `state` column and a `TABLE`."""

    TABLE: ClassVar[StateTable]
    state: Any

    class Meta:
        abstract = True

    @classmethod
    def lock(cls, pk: Any) -> Self:
        """Read the row again under a lock; only inside a transaction.

        The lock leaves the key alone: a full one would stop the check of every foreign key that points here, and
        that check comes at the other transaction's commit, where it turns the order of locks round.
        """
        return cls._default_manager.select_for_update(of=("self",), no_key=True).get(pk=pk)

    @property
    def wording(self) -> Wording:
        """What the present state is called."""
        return self.TABLE.wordings[self.state]

    def can(self, action: str, by: AbstractBaseUser) -> bool:
        """Whether this person may take the action now: for buttons; `take` asks again under the lock."""
        step = self.TABLE.transitions[action]
        return self.state in step.sources and not step.system_only and by.has_perm(step.permission, self)  # type: ignore[attr-defined]

    def actions_for(self, by: AbstractBaseUser) -> list[str]:
        """Return the actions that this person may take now, in the table's order."""
        return [name for name in self.TABLE.actions_from(self.state) if self.can(name, by)]

    def take(self, action: str, *, by: AbstractBaseUser | None, **data: Any) -> None:
        """Move this locked row by one action and write its audit row; `by=None` is the system itself.

        Asks who first (PermissionDenied, 403), then the state (WrongState, 409). `data` goes to the audit row:
        keys and neutral words only, no personal data.
        """
        step = self.TABLE.transitions[action]
        if by is not None and (step.system_only or not by.has_perm(step.permission, self)):  # type: ignore[attr-defined]
            raise PermissionDenied(
                _("“%(action)s” is not open to you here.") % {"action": step.label or _spoken(action)}
            )
        if self.state not in step.sources:
            raise WrongState(self._refusal(action))
        before, self.state = str(self.state), step.target
        self.save(update_fields=["state"])  # type: ignore[misc]
        audit.record(f"{self._meta.model_name}:{action}", by=by, subject=self, before=before, after=step.target, **data)

    def _refusal(self, action: str) -> str:
        # The applicant's wording: a refusal must not tell an applicant what staff call the state.
        word = self.wording.applicant
        step = self.TABLE.transitions[action].label or _spoken(action)
        return _("This is at “%(state)s” now, where “%(action)s” is not possible. Reload the page.") % {
            "state": word,
            "action": step,
        }


def _spoken(action: str) -> str:
    return action.replace("_", " ").replace("-", " ").capitalize()
