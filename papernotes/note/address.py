"""Where a page or passage is published, and how the exports name it for good.

An address is that of the site as MkDocs and Zensical publish it, a folder a page; a copy for
reading from files (``make offline``) keeps these addresses in its exports.
"""

import re
from uuid import NAMESPACE_URL, uuid5

_NAME = re.compile(r"\w[\w-]{0,63}")


def published(path: str, id: str = "") -> str:
    """Return the address of a page under ``docs/``, or of a passage on it, below the site's."""
    page = path.removesuffix(".md") + "/" if path.endswith(".md") else path
    return f"{page}#{id}" if id else page


def alone(path: str, id: str) -> str | None:
    """Return the address of the page that holds a passage alone, which an export makes.

    None for an id that is no folder's name everywhere: ids may be anything but spaces.
    """
    return f"{path.removesuffix('.md')}/{id}/" if _NAME.fullmatch(id) else None


def identifier(site_url: str, path: str, id: str = "") -> str:
    """Return the IRI that names a page, passage or file for good.

    It is the published address. Where the site's own address is not known (``site_url`` empty),
    it is a URN made from the path (UUID version 5, RFC 9562): Atom wants an absolute IRI, and a
    relative one would name another thing in each folder that a file is copied to.
    """
    address = published(path, id)
    if site_url:
        return f"{site_url.rstrip('/')}/{address}"
    return uuid5(NAMESPACE_URL, f"papernotes:{address}").urn
