"""What a request must look like. Whether it is allowed now is for flow and drafts to say."""

from typing import Any

from django import forms

from catalog.steps import STEPS
from interview.clock import Mode
from interview.drafts import MAX_CHARS

STEP_CHOICES = [(step.key, step.title) for step in STEPS]


class StartForm(forms.Form):
    mode = forms.ChoiceField(choices=[(mode.value, mode.value) for mode in Mode])
    step = forms.ChoiceField(choices=STEP_CHOICES, required=False)

    def clean(self) -> dict[str, object]:
        data = super().clean() or {}
        if data.get("mode") == Mode.ONE_STEP and not data.get("step"):
            self.add_error("step", "Choose the step to practise.")
        return data


class TypedField(forms.CharField):
    """What a user typed is sacred: no stripping, and line ends as they came.

    Except U+0000, which no keyboard makes and PostgreSQL cannot store: refusing the whole text for it would
    lose more than leaving it out.
    """

    def __init__(self) -> None:
        super().__init__(required=False, strip=False)

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > MAX_CHARS:
            over, fits = len(value) - MAX_CHARS, MAX_CHARS
            raise forms.ValidationError(f"This is {over:,} characters too long; {fits:,} fit into one step.")

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")


class SaveForm(forms.Form):
    text = TypedField()
    base = forms.IntegerField(min_value=0)
    # Without script one button saves and goes on, another saves and hands over.
    go = forms.ChoiceField(choices=STEP_CHOICES, required=False)
    hand_over = forms.BooleanField(required=False)


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=STEP_CHOICES)


class PreviewForm(forms.Form):
    text = TypedField()
