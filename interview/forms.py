"""What a request must look like. Whether it is allowed now is for flow and drafts to say."""

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


class SaveForm(forms.Form):
    # What a user typed is sacred: no stripping, and line ends as they came.
    text = forms.CharField(required=False, strip=False, max_length=MAX_CHARS)
    base = forms.IntegerField(min_value=0)


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=STEP_CHOICES)


class PreviewForm(forms.Form):
    text = forms.CharField(required=False, strip=False, max_length=MAX_CHARS)
