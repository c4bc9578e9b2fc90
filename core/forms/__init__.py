"""Forms as data: their definition, its versions, and what is wrong with a set of answers."""
