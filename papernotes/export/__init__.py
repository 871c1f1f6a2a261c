"""What is no page, written into a built site: one module a format."""
