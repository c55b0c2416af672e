"""Forms for people. django-allauth's are used as they are, in our clothes and words."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth
from django import forms

from accounts import zones
from accounts.models import MAX_TIME_FACTOR, MIN_TIME_FACTOR, User

if TYPE_CHECKING:  # generic for the type checker only
    _UserForm = forms.ModelForm[User]
else:
    _UserForm = forms.ModelForm

HINT = "At least 8 characters. Not a common password, not only digits, not like your address."
NO_LIMIT = "none"
TIME_FACTOR_STEP = Decimal("0.25")


class DressedMixin:
    """Our field classes on every widget, and labels instead of placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():  # type: ignore[attr-defined]
            _dress(field)


def _dress(field: forms.Field) -> None:
    field.widget.attrs.pop("placeholder", None)
    if isinstance(field.widget, forms.RadioSelect | forms.CheckboxInput | forms.HiddenInput):
        return
    field.widget.attrs["class"] = "select" if isinstance(field.widget, forms.Select) else "input"


class SignInForm(DressedMixin, allauth.LoginForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = "E-mail address"
        # Password managers look for the name of the account under "username".
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].help_text = ""


class SignUpForm(DressedMixin, allauth.SignupForm):  # type: ignore[misc]
    # Filled by timezone.js; without it the zone stays the default.
    time_zone = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-zone-here": ""}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"
        self.fields["password1"].help_text = HINT

    def clean_time_zone(self) -> str:
        return zones.offered(self.cleaned_data["time_zone"])


class NewAddressForm(DressedMixin, allauth.AddEmailForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "New e-mail address"
        self.fields["email"].help_text = "We write to it. It becomes yours once you open the link in that mail."


class PasswordForm(DressedMixin, allauth.ChangePasswordForm):  # type: ignore[misc]
    password2 = None  # one field: password managers fill both anyway, and there is a way back by mail

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = "Current password"
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = HINT


class ResetForm(DressedMixin, allauth.ResetPasswordForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = "E-mail address"


class NewPasswordForm(DressedMixin, allauth.ResetPasswordKeyForm):  # type: ignore[misc]
    password2 = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = "New password"
        self.fields["password1"].help_text = HINT


class ConfirmItIsYouForm(DressedMixin, allauth.ReauthenticateForm):  # type: ignore[misc]
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class ProfileForm(DressedMixin, _UserForm):
    time_factor = forms.TypedChoiceField(
        label="Time factor",
        coerce=lambda value: None if value == NO_LIMIT else Decimal(value),
        help_text="Multiplies every length of time in a session: at 1.5× the 20-minute step has 30 minutes. "
        "It is shown beside the clock, and applies to a running session at once.",
    )

    class Meta:
        model = User
        fields = ("display_name", "time_zone", "time_factor", "theme")
        widgets = {
            "display_name": forms.TextInput(attrs={"autocomplete": "name"}),
            "time_zone": forms.TextInput(
                attrs={"list": "zones", "autocomplete": "off", "spellcheck": "false", "data-zone": ""}
            ),
            "theme": forms.RadioSelect,
        }
        labels = {"display_name": "Name", "time_zone": "Time zone", "theme": "Theme"}
        help_texts = {
            "display_name": "Shown to people you share a result with. May be empty.",
            "time_zone": "Type a city or region, and pick from the list. Every time on this site is shown in it.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # As text: the model's validator speaks for unknown zones, whatever the spelling's case.
        self.fields["time_zone"].validators = []
        current = self.instance.time_factor
        self.fields["time_factor"].choices = _time_factors(current)  # type: ignore[attr-defined]
        self.initial["time_factor"] = NO_LIMIT if current is None else _plain(current)

    def clean_time_zone(self) -> str:
        return zones.find(self.cleaned_data["time_zone"])


class ErasureForm(DressedMixin, forms.Form):
    """Deleting takes the password; somebody without one (a guest) ticks a box."""

    password = forms.CharField(
        label="Your password",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    sure = forms.BooleanField(
        label="Delete everything listed here",
        error_messages={"required": "Tick the box to delete."},
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        del self.fields["sure" if user.has_usable_password() else "password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise forms.ValidationError("This is not your password.")
        return password


def _time_factors(current: Decimal | None) -> list[tuple[str, str]]:
    steps = int((MAX_TIME_FACTOR - MIN_TIME_FACTOR) / TIME_FACTOR_STEP)
    offered = {MIN_TIME_FACTOR + TIME_FACTOR_STEP * n for n in range(steps + 1)} | {current or MIN_TIME_FACTOR}
    return [*((_plain(factor), f"{_plain(factor)}×") for factor in sorted(offered)), (NO_LIMIT, "No limit")]


def _plain(factor: Decimal) -> str:
    """1.50 as "1.5", 10.00 as "10"."""
    return f"{factor:.2f}".rstrip("0").rstrip(".")
