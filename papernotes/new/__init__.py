"""The beginnings of a note about a new paper."""
