"""A paper's fingerprint: made from its PDF, and asked whether a quotation is true."""
