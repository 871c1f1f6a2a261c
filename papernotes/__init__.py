"""Annotated papers: quotes with their place, answers with an owner and a status."""
