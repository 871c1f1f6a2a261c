"""Python for the reader's browser: Pyodide, numpy and matplotlib, as files of the site."""
