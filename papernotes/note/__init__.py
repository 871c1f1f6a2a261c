"""A note, from its text to the model and back, and the library of all pages."""
