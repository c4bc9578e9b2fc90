"""The part of a call's setup about submitting: grace period, declaration, and who may start."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.models import Call
from fund.models.calls import MOST_GRACE


class SubmittingForm(forms.ModelForm):
    """How an application comes in."""

    grace_minutes = forms.IntegerField(
        label=_("Grace period, in minutes"), min_value=0, max_value=MOST_GRACE,
        help_text=_(
            "How long after the deadline a draft that was marked as ready by then, and is unchanged, can still be "
            "submitted. Nothing else can. 0 for none."
        ),
    )  # fmt: skip

    class Meta:
        model = Call
        fields = ["grace_minutes", "declaration", "needs_signatory", "invited_only", "follows"]
        labels = {
            "declaration": _("Declaration"),
            "needs_signatory": _(
                "The signatory of the host organisation makes the declaration, on a page of their own"
            ),
            "invited_only": _("Only people who are invited can start an application"),
            "follows": _("Expressions of interest are in"),
        }
        help_texts = {
            "declaration": _("What whoever submits declares, word for word. Leave it empty to ask for none."),
            "follows": _(
                "The call from which people are invited to this one. Their answers to questions with the same keys, "
                "their team and their budget are taken over."
            ),
        }
        widgets = {"declaration": forms.Textarea(attrs={"rows": 4, "class": "is-reading"})}

    def __init__(self, *args: Any, instance: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs | {"instance": instance})
        others = Call.objects.exclude(pk=instance.pk).exclude(state=Call.State.CANCELLED)
        choices: Any = self.fields["follows"]
        choices.queryset = others.filter(Q(invited_only=False) | Q(pk=instance.follows_id))
        choices.empty_label = _("None: this call has one stage")
