"""Draws the app's icons from the favicon: ``python -m tests.icons``."""

from PIL import Image

from tests.browser import launch
from tests.conftest import ROOT

ICONS = ROOT / "overrides" / "assets" / "icons"
SIZES = {"180": (180, 1.0), "192": (192, 1.0), "512": (512, 1.0), "512-maskable": (512, 0.9)}
"""Side in px, and the share of it that the mark takes: a launcher may cut 10% off each edge of a
maskable icon (W3C, Web Application Manifest, "Icon masks and safe zone")."""


def main() -> None:
    """Write each icon; those that launchers do not mask keep the favicon's round corners."""
    favicon = (ROOT / "overrides" / "assets" / "favicon.svg").read_text("utf-8")
    ICONS.mkdir(exist_ok=True)
    with launch() as chrome:
        for name, (side, share) in SIZES.items():
            page = chrome.new_page(viewport={"width": side, "height": side})
            ground = "transparent" if name in ("192", "512") else "#1f4e5f"
            page.set_content(
                f"<style>body{{margin:0;display:grid;place-items:center;height:100vh;"
                f"background:{ground}}}svg{{width:{share:.0%}}}</style>{favicon}"
            )
            file = ICONS / f"{name}.png"
            page.screenshot(path=file, omit_background=True)
            # Two colours and their edges: a page that can be installed loads one of these.
            few = Image.open(file).convert("RGBA").quantize(32, Image.Quantize.FASTOCTREE, kmeans=3)
            few.save(file, optimize=True)


if __name__ == "__main__":
    main()
