"""pdf.js for the reader's browser: what draws a paper, as files of the site."""
