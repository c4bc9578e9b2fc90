"""Who there is: people, organisations, roles and personal tokens."""
