import base64
import json

from papernotes.export import fingerprints
from papernotes.fingerprint.fingerprint import load
from tests.conftest import PROJECT


def test_the_site_has_each_fingerprint_without_what_a_browser_does_not_need() -> None:
    written = dict(fingerprints.files(PROJECT))
    sketches = json.loads(written.pop(fingerprints.SKETCHES))
    for path, text in written.items():
        source = PROJECT / "fingerprints" / path.rpartition("/")[2]
        made, given = json.loads(text), json.loads(source.read_text("utf-8"))
        assert {"pdf", *made} == set(given)
        assert [
            {**page, "words": own["words"]}
            for page, own in zip(made["hashes"], given["hashes"], strict=True)
        ] == given["hashes"]
        grams = base64.b64decode(sketches[made["id"]])
        own = b"".join(base64.b64decode(page["grams"]) for page in given["hashes"][:4])
        pairs = [own[at : at + 2] for at in range(0, len(own), 2)]
        assert all(grams[at : at + 2] in pairs for at in range(0, len(grams), 2))
        assert len(grams) == 2 * 16 * min(4, len(load(source).hashes))
