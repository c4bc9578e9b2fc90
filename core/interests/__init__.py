"""A person's ties to what they judge: declared by themselves or raised by the system, and ruled upon."""
