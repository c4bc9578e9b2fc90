"""Building a form: what can be done to its JSON, read from typed lines or a file, compared with what it was."""
