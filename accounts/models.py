"""People: accounts with an e-mail address, and guests without one."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from accounts import zones

MIN_TIME_FACTOR = Decimal("1.00")
MAX_TIME_FACTOR = Decimal("10.00")


class UserQuerySet(models.QuerySet["User"]):
    def guests(self) -> Self:
        return self.filter(is_guest=True)

    def accounts(self) -> Self:
        return self.filter(is_guest=False)

    def overdue(self, now: datetime) -> Self:
        """Guests whose days are over."""
        return self.guests().filter(guest_until__lte=now)


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; the database refuses a guest with an address and an account without one."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        return (email or "").strip().lower()

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=self.normalize_email(username))  # type: ignore[no-any-return]

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """An account; without a password it can only be entered by a password reset."""
        if not self.normalize_email(email):
            raise ValueError("An account needs an e-mail address.")
        user: User = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        return self.create_user(email, password, **fields | {"is_staff": True, "is_superuser": True})

    def create_guest(self, *, now: datetime, **fields: Any) -> "User":
        """Somebody who practises without an account, for settings.GUEST_DAYS; accounts.guests plans the erasure."""
        until = now + timedelta(days=settings.GUEST_DAYS)
        user: User = self.model(is_guest=True, guest_until=until, **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user


class User(AbstractBaseUser, PermissionsMixin):
    class Theme(models.TextChoices):
        SYSTEM = "system", "As my device"
        LIGHT = "light", "Light"
        DARK = "dark", "Dark"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField("e-mail address", unique=True, null=True, blank=True)
    display_name = models.CharField(max_length=80, blank=True)

    is_guest = models.BooleanField("guest", default=False, editable=False)
    guest_until = models.DateTimeField(null=True, blank=True, editable=False)

    time_zone = models.CharField(max_length=64, default=zones.DEFAULT, validators=[zones.validate])
    # Multiplies every length of time in a session; null: no limit.
    time_factor = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        default=MIN_TIME_FACTOR,
        null=True,
        blank=True,
        validators=[MinValueValidator(MIN_TIME_FACTOR), MaxValueValidator(MAX_TIME_FACTOR)],
    )
    theme = models.CharField(max_length=8, choices=Theme.choices, default=Theme.SYSTEM)

    is_active = models.BooleanField("active", default=True, help_text="Off: cannot sign in, and every row is kept.")
    is_staff = models.BooleanField("operator", default=False, help_text="May use this administration.")
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="guest_or_address",
                condition=models.Q(is_guest=True, email__isnull=True, guest_until__isnull=False)
                | models.Q(is_guest=False, email__isnull=False, guest_until__isnull=True),
                violation_error_message="An account needs an e-mail address; a guest has none.",
            ),
            models.CheckConstraint(
                name="email_in_lower_case",
                condition=models.Q(email__isnull=True) | models.Q(email=Lower("email")),
                violation_error_message="Write the e-mail address in lower case.",
            ),
            models.CheckConstraint(
                name="time_factor_1_to_10",
                condition=models.Q(time_factor__isnull=True)
                | models.Q(time_factor__gte=MIN_TIME_FACTOR, time_factor__lte=MAX_TIME_FACTOR),
                violation_error_message="The time factor lies between 1 and 10.",
            ),
        ]

    def __str__(self) -> str:
        return self.email or f"Guest {str(self.pk)[:8]}"

    def clean(self) -> None:
        # Not AbstractBaseUser.clean(): it would turn a guest's missing address into text.
        self.email = type(self).objects.normalize_email(self.email) or None

    def get_username(self) -> str:
        return self.email or ""

    @property
    def name(self) -> str:
        """How this person is called on a page."""
        if self.display_name:
            return self.display_name
        return "Guest" if self.is_guest or not self.email else self.email.partition("@")[0]

    @property
    def initials(self) -> str:
        """One or two capitals for the round mark in the app bar."""
        words = [word for word in self.name.replace(".", " ").replace("_", " ").split() if word[0].isalnum()]
        letters = words[0][0] + (words[-1][0] if len(words) > 1 else "") if words else self.name[:1]
        return letters.upper()
