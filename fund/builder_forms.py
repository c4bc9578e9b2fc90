"""The shapes of what is typed in the form builder: sections, new questions, another form to start from, a reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.files.field import UploadField
from core.forms.models import FormVersion
from core.web.forms import LinesField
from fund.building.kinds import KINDS
from fund.building.lines import MOST_LINES, lines_of
from fund.models import Call

MOST_FORMS = 20
LARGEST = 2**20


class SectionForm(forms.Form):
    """A section's title and what stands above its questions."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=120)
    intro = LinesField(
        label=gettext_lazy("Introduction"), required=False, max_length=2000,
        help_text=gettext_lazy("What applicants read before the first question."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class FormStartForm(forms.Form):
    """Which form a call starts from."""

    form = forms.ChoiceField(label=gettext_lazy("Form"))

    def __init__(self, data: Any = None, *, call: Call) -> None:
        super().__init__(data)
        used = FormVersion.objects.filter(calls__isnull=False).exclude(pk__in=[call.form_id, call.next_form_id or 0])
        newest = [(str(each.pk), str(each)) for each in used.distinct().order_by("-made_at", "-pk")[:MOST_FORMS]]
        self.fields["form"].choices = [  # type: ignore[attr-defined]
            ("standard", _("The standard form for research on online safety")),
            ("empty", _("An empty form")),
            *newest,
        ]


class FormFileForm(forms.Form):
    """A form from a file, or as the text of one."""

    file = UploadField(
        label=gettext_lazy("File"), required=False, widget=forms.FileInput(attrs={"accept": ".json"}), most=LARGEST,
        error_messages={
            "too_large": gettext_lazy(
                "This file has %(has)s MB, too large to be a form: the limit is %(limit)s MB. Choose the JSON file that "
                "was downloaded."
            ),
        },
    )  # fmt: skip
    text = forms.CharField(
        label=gettext_lazy("… or its text"), required=False, max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "dir": "ltr"}),
    )  # fmt: skip
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """Read the file as text."""
        file, text = self.cleaned_data.get("file"), self.cleaned_data.get("text", "")
        if "file" in self.errors:
            return self.cleaned_data
        if file is not None:
            try:
                text = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("This file is not text. Choose the JSON file that was downloaded."))
        elif not text.strip():
            self.add_error("file", _("Choose a file, or put its text into the box."))
        return self.cleaned_data | {"content": text}


class NoteForm(forms.Form):
    """Why the form of an open call changes."""

    note = LinesField(
        label=gettext_lazy("Why does the form change?"), max_length=300,
        help_text=gettext_lazy("Everyone who is writing reads it. At most 300 characters."),
        widget=forms.Textarea(attrs={"rows": 3, "data-limit-chars": 300}),
    )  # fmt: skip
    use_required_attribute = False


class NewQuestionsForm(forms.Form):
    """Questions to add to a section, one a line."""

    lines = forms.CharField(
        label=gettext_lazy("Questions, one a line"), max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind, where a line does not say it"),
        choices=[(str(kind), words) for kind, words in KINDS.items()],
    )

    def clean_lines(self) -> str:
        """Take no more lines than are read."""
        text: str = self.cleaned_data["lines"]
        if len(lines_of(text)) > MOST_LINES:
            raise forms.ValidationError(_("Add at most %(most)d lines at a time.") % {"most": MOST_LINES})
        return text
