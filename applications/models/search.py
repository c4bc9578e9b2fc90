"""What the search looks in, and the searches that people keep."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Lower

from applications.models.application import Application
from applications.postgres import CONFIGURATION
from core import clock
from fund.models import Call


class Lexemes(Func):
    """The words of a folded text for PostgreSQL's index; nothing on other databases, which read the text itself."""

    arity = 1
    function = "to_tsvector"
    template = f"%(function)s('{CONFIGURATION}'::regconfig, %(expressions)s)"
    output_field = SearchVectorField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """Keep nothing."""
        return super().as_sql(compiler, connection, template="substr(%(expressions)s, 1, 0)", **context)


class StoredField(models.GeneratedField):
    """A stored column, whose check needs no database: Django would ask for its version because of virtual ones."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return the field as Django's own, which it is to a migration."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.GeneratedField", list(args), kwargs

    def _check_supported(self, databases: Any) -> list[Any]:
        return []


def _lexemes_of(column: str) -> models.GeneratedField:
    return StoredField(expression=Lexemes(column), output_field=SearchVectorField(), db_persist=True)


class SearchText(models.Model):
    """The folded texts of an application's submitted version; the database keeps their words in step by itself.

    What says who applies stands apart, since it is not searched for those from whom it is hidden.
    """

    application = models.OneToOneField(
        Application, models.CASCADE, primary_key=True, related_name="search_text", db_index=False
    )
    open_text = models.TextField()
    naming_text = models.TextField()
    title_text = models.CharField(max_length=600)
    investigator_text = models.CharField(max_length=400)
    host_text = models.CharField(max_length=600)
    open_words = _lexemes_of("open_text")
    naming_words = _lexemes_of("naming_text")

    class Meta:
        indexes = [models.Index(fields=["title_text"])]

    def __str__(self) -> str:
        return self.title_text


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Views that people keep, and who sees them."""

    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """Keep one's own; those shared by others for the people of the fund."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(Q(owner=user) | Q(is_shared=True)) if user.is_insider else self.filter(owner=user)


class SavedView(models.Model):
    """A search with its sorting and columns, under a name: it holds the address, never what was found."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="saved_views")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_views")
    name = models.CharField(max_length=60)
    address = models.CharField(max_length=1500)
    is_shared = models.BooleanField(default=False)
    kept_at = models.DateTimeField(default=clock.now)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        ordering = [Lower("name"), "pk"]
        constraints = [models.UniqueConstraint(fields=["call", "owner", "name"], name="saved_view_name_once")]

    def __str__(self) -> str:
        return self.name
