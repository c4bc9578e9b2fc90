"""What search needs of PostgreSQL: two extensions, a text search configuration, and the indexes.

Migrations call this. Without the right to make an extension the search still finds the same; it is slower where the
missing index would have helped.
"""

from typing import Any

from django.db import Error, transaction

CONFIGURATION = "fund_words"
"""`simple` after `unaccent`: words as they are written, without their accents."""
_EXISTS = "SELECT 1 FROM pg_extension WHERE extname = %s"
_INDEXES = {
    "search_open_words": "(open_words)",
    "search_naming_words": "(naming_words)",
}
_TRIGRAMS = {
    "search_open_trigrams": "(open_text gin_trgm_ops)",
    "search_naming_trigrams": "(naming_text gin_trgm_ops)",
    "search_title_trigrams": "(title_text gin_trgm_ops)",
    "search_investigator_trigrams": "(investigator_text gin_trgm_ops)",
}


def configure(apps: Any, schema_editor: Any) -> None:
    """Make the extensions, where that is allowed, and the configuration."""
    if schema_editor.connection.vendor != "postgresql":
        return
    has_unaccent = _extension(schema_editor, "unaccent")
    _extension(schema_editor, "pg_trgm")
    schema_editor.execute(f"CREATE TEXT SEARCH CONFIGURATION {CONFIGURATION} (COPY = simple)")
    if has_unaccent:
        schema_editor.execute(
            f"ALTER TEXT SEARCH CONFIGURATION {CONFIGURATION} "
            "ALTER MAPPING FOR hword, hword_part, word WITH unaccent, simple"
        )


def unconfigure(apps: Any, schema_editor: Any) -> None:
    """Take the configuration away; the extensions may serve others."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"DROP TEXT SEARCH CONFIGURATION IF EXISTS {CONFIGURATION}")


def make_indexes(apps: Any, schema_editor: Any) -> None:
    """Index the words, and three letters at a time for scripts without spaces."""
    if schema_editor.connection.vendor != "postgresql":
        return
    wanted = _INDEXES | (_TRIGRAMS if _has(schema_editor, "pg_trgm") else {})
    for name, columns in wanted.items():
        schema_editor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON applications_searchtext USING gin {columns}")


def drop_indexes(apps: Any, schema_editor: Any) -> None:
    """Take the indexes away."""
    if schema_editor.connection.vendor == "postgresql":
        for name in _INDEXES | _TRIGRAMS:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


def _extension(schema_editor: Any, name: str) -> bool:
    """Make an extension unless it is there; return whether it is, so that a refusal stops nothing."""
    try:
        with transaction.atomic(schema_editor.connection.alias):
            schema_editor.execute(f"CREATE EXTENSION IF NOT EXISTS {name}")
    except Error:
        return _has(schema_editor, name)
    return True


def _has(schema_editor: Any, name: str) -> bool:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_EXISTS, [name])
        return cursor.fetchone() is not None
