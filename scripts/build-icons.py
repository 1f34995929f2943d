"""Makes public/favicon.*, public/icons/* from the two paths of the mark in app/src/components/mark.rs.

The results are committed; to renew them: pip install resvg-py, then run this from the root of the repository.
Colours are the dark theme's tokens as sRGB: the icon looks the same on every desktop and in every tab.
"""

import re
import struct
from pathlib import Path

from resvg_py import svg_to_bytes

BACKGROUND, TEXT, FLAME = "#0c1016", "#e4e8ef", "#f2af48"
SOURCE = Path("app/src/components/mark.rs").read_text()
PUBLIC = Path("public")


def path(name: str) -> str:
    return re.search(rf'const {name}: &str = "([^"]+)"', SOURCE)[1]


def tile(fill: float, radius: float) -> str:
    """The mark on the dark ground. `fill`: the mark's share of the height; `radius`: of the corners, of 16."""
    shift = 8 * (1 - fill)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
        f'<rect width="16" height="16" rx="{radius}" fill="{BACKGROUND}"/>'
        f'<g transform="translate({shift:.3f} {shift:.3f}) scale({fill})">'
        f'<path fill="{FLAME}" d="{path("FLAME")}"/><path fill="{TEXT}" d="{path("BODY")}"/></g></svg>\n'
    )


def png(svg: str, size: int) -> bytes:
    return svg_to_bytes(svg_string=svg, width=size, height=size)


def ico(images: dict[int, bytes]) -> bytes:
    """An .ico that holds PNGs, as every browser since 2010 reads them."""
    head, body = struct.pack("<HHH", 0, 1, len(images)), b""
    at = len(head) + 16 * len(images)
    for size, image in images.items():
        head += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), at + len(body))
        body += image
    return head + body


favicon, icon = tile(0.88, 3), tile(0.66, 3.4)
maskable, apple = tile(0.54, 0), tile(0.62, 0)
mark = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    f'<path fill="{FLAME}" d="{path("FLAME")}"/><path fill="currentColor" d="{path("BODY")}"/></svg>\n'
)
(PUBLIC / "icons").mkdir(exist_ok=True)
(PUBLIC / "favicon.svg").write_text(favicon)
(PUBLIC / "favicon.ico").write_bytes(ico({size: png(favicon, size) for size in (16, 32, 48)}))
(PUBLIC / "icons/mark.svg").write_text(mark)
(PUBLIC / "icons/icon-192.png").write_bytes(png(icon, 192))
(PUBLIC / "icons/icon-512.png").write_bytes(png(icon, 512))
(PUBLIC / "icons/maskable-512.png").write_bytes(png(maskable, 512))
(PUBLIC / "icons/apple-touch-icon.png").write_bytes(png(apple, 180))
