"""Counters that leave no gap: the row is locked last in the transaction that uses the number."""

from django.db import models
from django.db.models import F


class Counter(models.Model):
    """The last number given under a name."""

    name = models.CharField(max_length=60, unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"

    @classmethod
    def next(cls, name: str) -> int:
        """Return the next number; a rolled back transaction gives it back. Lock nothing after this."""
        return cls.take(name, 1)[0]

    @classmethod
    def take(cls, name: str, number: int) -> range:
        """Return so many next numbers at once, without a gap."""
        if not cls.objects.filter(name=name).update(last=F("last") + number):
            cls.objects.get_or_create(name=name)
            cls.objects.filter(name=name).update(last=F("last") + number)
        last = cls.objects.values_list("last", flat=True).get(name=name)
        return range(last - number + 1, last + 1)
