"""People for operators; roles are Django's groups. One way in and out for everybody: ours."""

from typing import TYPE_CHECKING, Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.views import redirect_to_login
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from accounts import lifecycle, views
from accounts.models import User

if TYPE_CHECKING:  # generic for the type checker only
    _UserAdmin = UserAdmin[User]
    _CreationForm = AdminUserCreationForm[User]
    _ChangeForm = UserChangeForm[User]
else:
    _UserAdmin, _CreationForm, _ChangeForm = UserAdmin, AdminUserCreationForm, UserChangeForm


class AccountCreationForm(_CreationForm):
    class Meta:
        model = User
        fields = ("email",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].required = True


class AccountChangeForm(_ChangeForm):
    class Meta:
        model = User
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "email" in self.fields:
            self.fields["email"].required = True


@admin.register(User)
class AccountAdmin(_UserAdmin):
    form = AccountChangeForm
    add_form = AccountCreationForm
    ordering = ("-date_joined",)
    list_display = ("__str__", "display_name", "is_guest", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_guest", "is_staff", "is_active", "groups")
    search_fields = ("email", "display_name", "id")
    readonly_fields = ("is_guest", "guest_until", "date_joined", "last_login")
    filter_horizontal = ("groups", "user_permissions")
    fieldsets = (
        (None, {"fields": ("email", "password", "display_name")}),
        ("Preferences", {"fields": ("time_zone", "time_factor", "theme")}),
        ("Guest practice", {"fields": ("is_guest", "guest_until")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        guest = ("email", "password", "is_staff", "is_superuser") if obj and obj.is_guest else ()
        return (*self.readonly_fields, *guest)

    def save_model(self, request: HttpRequest, obj: User, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and "email" in form.changed_data:
            # The old address must not open the account any more; allauth adds the new one at the next sign-in.
            EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()
        if change and "time_factor" in form.changed_data:
            lifecycle.time_factor_changed(obj)

    def delete_model(self, request: HttpRequest, obj: User) -> None:
        lifecycle.erase(obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        for user in queryset:
            lifecycle.erase(user)


def _sign_in(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    """For the admin: anonymous people sign in on our page, everybody else finds nothing here."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"), str(settings.LOGIN_URL))
    if admin.site.has_permission(request):
        return redirect("admin:index")
    raise Http404


def _sign_out(request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
    return views.sign_out(request)


admin.site.site_header = "Fortyfive"
admin.site.site_title = "Fortyfive"
admin.site.index_title = "Administration"
admin.site.login = _sign_in  # type: ignore[method-assign]
admin.site.logout = _sign_out  # type: ignore[method-assign, assignment]
