"""Forms join label, hint, error, control and counter, and say what to do."""

import re
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from core.web.forms import Fault, FilesField, MoneyField, ScaleSelect, summary_of


class AnswerForm(forms.Form):
    lead = forms.CharField(label="Safeguarding lead", help_text="A named person.")
    plan = forms.CharField(
        label="If a child tells of abuse",
        required=False,
        widget=forms.Textarea(attrs={"data-limit-words": 4}),
    )
    part = forms.ChoiceField(
        label="Do children take part?", widget=forms.RadioSelect, choices=[("n", "No"), ("y", "Yes")]
    )
    merit = forms.ChoiceField(label="Merit", widget=ScaleSelect, choices=[("1", "1"), ("2", "2")])
    sure = forms.BooleanField(label="This is true.")


def test_hint_and_error_stand_before_the_control_and_are_joined_to_it() -> None:
    html = AnswerForm({})["lead"].as_field_group()

    places = [html.index(part) for part in ("<label", 'id="id_lead_helptext"', 'id="id_lead_error"', "<input")]
    assert places == sorted(places)
    assert 'aria-describedby="id_lead_helptext id_lead_error"' in html
    assert 'aria-invalid="true"' in html


def test_the_counter_counts_what_was_typed_and_is_joined_too() -> None:
    html = AnswerForm({"plan": "Two of us are trained."})["plan"].as_field_group()

    assert (
        '<output id="id_plan_count" for="id_plan" data-pattern="{so_far} of {most} words" class="is-over">5 of 4 words</output>'
        in html
    )
    assert 'aria-describedby="id_plan_count"' in html


def test_only_what_is_not_needed_is_marked() -> None:
    form = AnswerForm()

    assert ["(optional)" in form[name].as_field_group() for name in ("lead", "plan", "sure")] == [False, True, False]


def test_choices_stand_in_a_fieldset_with_a_legend() -> None:
    html = AnswerForm()["part"].as_field_group()

    assert html.startswith('<fieldset class="field"')
    assert "<legend>Do children take part?</legend>" in html
    assert html.count('<div class="choice">') == 2


def test_scores_are_native_radio_buttons_in_one_row() -> None:
    html = AnswerForm()["merit"].as_field_group()

    assert '<div class="scale">' in html
    assert html.count('type="radio"') == 2
    assert "checked" not in html


def test_the_summary_leads_to_the_first_control_of_each_wrong_answer() -> None:
    assert summary_of(AnswerForm({})) == [
        Fault("id_lead", "Safeguarding lead", "Fill this in."),
        Fault("id_part_0", "Do children take part", "Choose an answer."),
        Fault("id_merit_0", "Merit", "Choose an answer."),
        Fault("id_sure", "This is true", "Tick this box to go on."),
    ]


def test_the_summary_of_a_form_that_nobody_sent_is_empty() -> None:
    assert Template("{% error_summary form %}").render(Context({"form": AnswerForm()})).strip() == ""


def test_a_form_draws_its_summary_unless_the_page_did() -> None:
    form = AnswerForm({})
    alone = str(AnswerForm({}))
    above = Template("{% error_summary form %}").render(Context({"form": form}))

    assert [html.count("data-error-summary") for html in (alone, above, str(form))] == [1, 1, 0]


@pytest.mark.parametrize(
    ("field", "advice"),
    [
        (forms.CharField(), ["What you typed is still here."]),
        (forms.FileField(), ["What you typed is still here. Choose your files again: a browser does not keep them."]),
        (forms.CharField(widget=forms.PasswordInput), []),
    ],
)
def test_the_summary_promises_to_keep_only_what_a_browser_keeps(field: forms.Field, advice: list[str]) -> None:
    form = type("OneForm", (forms.Form,), {"answer": field})({})
    html = Template("{% error_summary form %}").render(Context({"form": form}))

    assert re.findall('<p class="small">(.*?)</p>', html) == advice


def test_every_link_of_the_summary_has_its_target_on_the_page() -> None:
    form = AnswerForm({})
    html = str(form)

    assert [fault.target for fault in summary_of(form) if f'id="{fault.target}"' not in html] == []


@pytest.mark.parametrize(
    ("typed", "amount"), [("158,700", "158700"), ("USD 12 500.50", "12500.50"), (" 20000 ", "20000")]
)
def test_an_amount_is_read_as_people_type_it(typed: str, amount: str) -> None:
    assert MoneyField().clean(typed) == Decimal(amount)


@pytest.mark.parametrize("typed", ["-5", "much", "1.234", "1e30"])
def test_an_amount_that_cannot_be_is_refused_and_stays_as_typed(typed: str) -> None:
    class AmountForm(forms.Form):
        amount = MoneyField(label="Amount")

    form = AmountForm({"amount": typed})

    assert not form.is_valid()
    assert f'value="{typed}"' in str(form)


def test_a_stored_amount_is_shown_in_figures() -> None:
    class AmountForm(forms.Form):
        amount = MoneyField(label="Amount", initial=Decimal("158700.000"))

    assert 'value="158,700"' in str(AmountForm())


def test_no_files_are_an_empty_list() -> None:
    assert FilesField(required=False).clean([]) == []


def test_placeholders_give_way_to_labels() -> None:
    class HintedForm(forms.Form):
        email = forms.EmailField(label="E-mail", widget=forms.EmailInput(attrs={"placeholder": "E-mail"}))

    assert "placeholder" not in str(HintedForm())
