"""A segment holds sentences; a sentence is one (RoBERTa §4.2, p. 5)."""

segment = ["One sentence.", "Another one."]
print(len(segment), "sentences in a segment")
assert len(segment) > 1
