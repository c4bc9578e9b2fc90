"""The language of letter templates: plain text with merge fields, conditions and named blocks.

Nothing here reads a database, runs code of a template, or knows a field that its kind of letter has not declared.
"""
