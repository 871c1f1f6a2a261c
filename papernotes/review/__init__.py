"""What a change does, for the person who reviews it."""
