"""Uploaded files: what they are by their content, and whether they may be kept."""
