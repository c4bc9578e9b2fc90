"""Finding applications: the language of the search box, what it looks in, and the conditions that come of it."""
