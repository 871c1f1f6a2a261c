"""From the model to HTML elements, one module a part of the page."""
