"""What each document says, gathered from the database as plain values."""
