"""A live preview: nothing stops it, and every page says what is wrong."""
