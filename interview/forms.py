"""What a request must look like. Whether it is allowed now is for flow and drafts to say."""

from typing import Any

from django import forms

from catalog.steps import STEPS
from interview.clock import Mode
from interview.parts import MAX_CHARS, Part

STEP_CHOICES = [(step.key, step.title) for step in STEPS]
MAX_QUESTION = 500  # characters; what is longer is a text and no question


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

    def __init__(self, fits: int = MAX_CHARS[Part.TEXT]) -> None:
        super().__init__(required=False, strip=False)
        self.fits = fits

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.fits:
            over, fits = len(value) - self.fits, self.fits
            raise forms.ValidationError(f"This is {over:,} character{'' if over == 1 else 's'} too long; {fits:,} fit.")

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\x00", "")


class VersionField(forms.IntegerField):
    """Which version of a draft a text was typed on, as large as the database keeps one."""

    def __init__(self, *, required: bool = True) -> None:
        super().__init__(min_value=0, max_value=2**31 - 1, required=required)


class SaveForm(forms.Form):
    """A draft as it stands; `part` says how much of it there may be."""

    text = TypedField()
    base = VersionField()
    # Without script one button saves and goes on, another saves and hands over.
    go = forms.ChoiceField(choices=STEP_CHOICES, required=False)
    hand_over = forms.BooleanField(required=False)

    def __init__(self, data: Any, *, part: str = Part.TEXT) -> None:
        super().__init__(data)
        self.fields["text"] = TypedField(MAX_CHARS[Part(part)])


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=STEP_CHOICES)


class PreviewForm(forms.Form):
    text = TypedField()


class QuestionField(TypedField):
    """What somebody asks: blanks around it say nothing, and a line end is one character, as the browser counts it."""

    def validate(self, value: str) -> None:
        super().validate(value)
        if not value:
            raise forms.ValidationError("Write your question first.")

    def to_python(self, value: Any) -> str:
        return super().to_python(value).replace("\r\n", "\n").strip()


class AskForm(forms.Form):
    text = QuestionField(MAX_QUESTION)


class ListenForm(forms.Form):
    """The page has gone quiet. `known`: how much of what was said it shows, so that a second tab can catch up."""

    step = forms.ChoiceField(choices=STEP_CHOICES)
    idle = forms.FloatField(min_value=0)
    known = forms.IntegerField(min_value=0, required=False)


class HintForm(forms.Form):
    """The answer to an offer: the hint that was offered, taken or not."""

    criterion = forms.CharField(max_length=100)
    step = forms.ChoiceField(choices=STEP_CHOICES)
    answer = forms.ChoiceField(choices=[("take", "Give me the hint"), ("no", "No")])


class SettleForm(forms.Form):
    key = forms.CharField(max_length=100)
    how = forms.ChoiceField(choices=[("answered", "Answered"), ("skip", "Skip")])


class SheetForm(forms.Form):
    """The lines of the sheet; `sheet_base` comes where they are to be saved, without script."""

    sheet = TypedField(MAX_CHARS[Part.SHEET])
    sheet_base = VersionField(required=False)


class MermaidForm(forms.Form):
    text = TypedField()


class SceneForm(forms.Form):
    scene = TypedField(MAX_CHARS[Part.BOARD])
