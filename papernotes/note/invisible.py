"""Letters that nobody sees, or that turn the text around them."""

import re

INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u2800\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff]"
)
"""Controls but tab and line end, format characters and blank letters (Unicode 16: Cc, Cf, Zl, Zp,
and Default_Ignorable_Code_Point)."""
