"""Draw the rooms of the program from its imports: docs/rooms.svg, and the table of rooms in docs/architecture.md.

A room is a folder or a module directly in `audio_edition/`. Run it again after a room has moved or got a new import:

    python scripts/draw_rooms.py
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "audio_edition"
DRAWING = ROOT / "docs/rooms.svg"
PAGE = ROOT / "docs/architecture.md"
BEGIN, END = "<!-- rooms: written by scripts/draw_rooms.py -->", "<!-- end of rooms -->"

Uses = Mapping[str, frozenset[str]]

WIDTH, BOX_WIDTH, BOX_HEIGHT, GAP, ROW = 1080, 124, 44, 24, 96


def rooms_of(package: Path) -> dict[str, list[Path]]:
    """Return the Python files of each room, by the room's name."""
    rooms = {path.stem: [path] for path in package.glob("*.py") if not path.stem.startswith("__")}
    for folder in package.iterdir():
        if (folder / "__init__.py").is_file():
            rooms[folder.name] = sorted(folder.rglob("*.py"))
    return dict(sorted(rooms.items()))


def uses_of(rooms: Mapping[str, list[Path]], package: str) -> dict[str, frozenset[str]]:
    """Return which other rooms each room imports from."""
    return {
        room: frozenset(
            imported
            for path in files
            for imported in _imported(ast.parse(path.read_text("utf-8")), package)
            if imported in rooms and imported != room
        )
        for room, files in rooms.items()
    }


def _imported(tree: ast.Module, package: str) -> Iterator[str]:
    """Yield the second part of each dotted name that a module imports from the package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and not node.level:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        else:
            continue
        yield from (name.split(".")[1] for name in names if name.startswith(f"{package}."))


def circles_of(uses: Uses) -> dict[str, frozenset[str]]:
    """Return for each room the rooms that it needs and that need it: itself alone where there is no circle."""
    reach = {room: _reached(room, uses) for room in uses}
    return {room: frozenset({room, *(other for other in reach[room] if room in reach[other])}) for room in uses}


def _reached(room: str, uses: Uses) -> set[str]:
    found: set[str] = set()
    waiting = [room]
    while waiting:
        new = uses[waiting.pop()] - found
        found |= new
        waiting += new
    return found


def levels_of(uses: Uses) -> dict[str, int]:
    """Return how high each room stands: 0 where it uses none, else one above the highest that it uses."""
    circles = circles_of(uses)
    circle_uses = {
        circle: {circles[used] for room in circle for used in uses[room]} - {circle} for circle in circles.values()
    }
    height: dict[frozenset[str], int] = {}
    for circle in TopologicalSorter(circle_uses).static_order():
        height[circle] = 1 + max((height[used] for used in circle_uses[circle]), default=-1)
    return {room: height[circle] for room, circle in circles.items()}


def lines_of(uses: Uses) -> list[tuple[str, str]]:
    """Return the imports to draw: those that no longer way through other rooms implies."""
    return sorted(
        (room, used)
        for room, all_used in uses.items()
        for used in all_used
        if not any(used in _reached(other, uses) and room not in _reached(other, uses) for other in all_used - {used})
    )


def drawing_of(uses: Uses, sizes: Mapping[str, int]) -> str:
    """Return the drawing as SVG: rooms in rows, each above those that it uses."""
    rows = _rows(uses)
    places = {room: (x, y) for y, row in rows.items() for room, x in row.items()}
    bottom = max(rows) + BOX_HEIGHT + GAP
    said = "; ".join(f"{room} uses {', '.join(sorted(used)) or 'no other'}" for room, used in sorted(uses.items()))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {bottom}" role="img" '
        'aria-labelledby="rooms-title rooms-text" font-family="sans-serif">',
        '<title id="rooms-title">The rooms of audio-edition</title>',
        f'<desc id="rooms-text">Each room stands above the rooms that it uses. {escape(said)}.</desc>',
        f'<rect width="{WIDTH}" height="{bottom}" fill="#ffffff"/>',
        *(_line(places[room], places[used], rows) for room, used in lines_of(uses)),
        *(_box(room, places[room], sizes[room]) for room in sorted(uses)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _rows(uses: Uses) -> dict[int, dict[str, int]]:
    """Return the left edge of each room's box, by the upper edge of its row. A full level is parted over several rows;
    in a row, a room stands as near as can be below those that use it."""
    levels, lines = levels_of(uses), lines_of(uses)
    middle: dict[str, float] = {}
    rows: dict[int, dict[str, int]] = {}
    most = (WIDTH - GAP) // (BOX_WIDTH + GAP)
    for level in sorted(set(levels.values()), reverse=True):
        above = {
            room: [middle[user] for user, used in lines if used == room and user in middle] or [WIDTH / 2]
            for room, its in levels.items()
            if its == level
        }
        rooms = sorted(above, key=lambda room: (sum(above[room]) / len(above[room]), room))
        for row in (rooms[at : at + most] for at in range(0, len(rooms), most)):
            left = (WIDTH - len(row) * (BOX_WIDTH + GAP) + GAP) // 2
            lefts = {room: left + number * (BOX_WIDTH + GAP) for number, room in enumerate(row)}
            rows[GAP + len(rows) * ROW] = lefts
            middle |= {room: x + BOX_WIDTH / 2 for room, x in lefts.items()}
    return rows


def _line(above: tuple[int, int], below: tuple[int, int], rows: Mapping[int, Mapping[str, int]]) -> str:
    """Return a line from one box to another, which passes other rows between their boxes."""
    x, y = above[0] + BOX_WIDTH // 2, above[1] + BOX_HEIGHT
    end = below[0] + BOX_WIDTH // 2
    path = f"M{x} {y}"
    if below[1] <= above[1]:  # in one circle
        path += f" C{x} {y + ROW} {end} {below[1] + BOX_HEIGHT + ROW} {end} {below[1] + BOX_HEIGHT}"
    for top in sorted(top for top in rows if above[1] < top <= below[1]):
        to = end if top == below[1] else _gap_near(x + (end - x) * (top - y) // (below[1] - y), rows[top].values())
        half = (top - y) // 2
        path += f" C{x} {y + half} {to} {top - half} {to} {top}"
        if top < below[1]:
            path += f" V{top + BOX_HEIGHT}"
        x, y = to, top + BOX_HEIGHT
    return f'<path d="{path}" fill="none" stroke="#5b6b7b" stroke-width="1.2"/>'


def _gap_near(x: int, lefts: Iterable[int]) -> int:
    """Return the place nearest to `x` where no box of a row stands."""
    edges = sorted(lefts)
    gaps = [edges[0] - GAP // 2, *(left + BOX_WIDTH + GAP // 2 for left in edges)]
    if x < gaps[0] or x > gaps[-1]:
        return x
    return min(gaps, key=lambda gap: (abs(gap - x), gap))


def _box(room: str, place: tuple[int, int], lines: int) -> str:
    x, y = place
    middle = x + BOX_WIDTH // 2
    return (
        f'<rect x="{x}" y="{y}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="5" fill="#eef4fb" stroke="#1b4f8a"/>'
        f'<text x="{middle}" y="{y + 19}" text-anchor="middle" font-size="15" fill="#10233a">{escape(room)}</text>'
        f'<text x="{middle}" y="{y + 36}" text-anchor="middle" font-size="12" fill="#3c4a59">{_about(lines)}</text>'
    )


def _about(lines: int) -> str:
    """Return a room's size, rounded so that the drawing does not change with each line of code."""
    return "small" if lines < 300 else "middle" if lines < 1000 else "large"


def table_of(rooms: Mapping[str, list[Path]], uses: Uses) -> str:
    """Return the table of rooms in Markdown, the highest first."""
    levels = levels_of(uses)
    rows = [
        f"| `{room}` | {_purpose(rooms[room])} | {', '.join(f'`{used}`' for used in sorted(uses[room])) or 'none'} |"
        for room in sorted(rooms, key=lambda room: (-levels[room], room))
    ]
    return "\n".join(["| room | what it is for | uses |", "|---|---|---|", *rows])


def _purpose(files: list[Path]) -> str:
    """Return what a room's docstring says first: a sentence, or what goes in and what comes out."""
    entrance = next((path for path in files if path.name == "__init__.py" and path.parent.parent == PACKAGE), files[0])
    words = " ".join((ast.get_docstring(ast.parse(entrance.read_text("utf-8"))) or "").split())
    sentences = re.split(r"(?<=\.) (?=[A-Z])", words)
    purpose = " ".join(sentences[: 2 if words.startswith("In:") else 1])
    return purpose.replace("|", "\\|")


def written() -> dict[Path, str]:
    """Return the text of each file that this script writes, as the code of today makes it."""
    rooms = rooms_of(PACKAGE)
    uses = uses_of(rooms, PACKAGE.name)
    sizes = {room: sum(len(path.read_text("utf-8").splitlines()) for path in files) for room, files in rooms.items()}
    before, _, rest = PAGE.read_text("utf-8").partition(BEGIN)
    after = rest.partition(END)[2]
    page = f"{before}{BEGIN}\n\n{table_of(rooms, uses)}\n\n{END}{after}"
    return {DRAWING: drawing_of(uses, sizes), PAGE: page}


if __name__ == "__main__":
    for path, text in written().items():
        path.write_text(text, "utf-8", newline="\n")
        print(path.relative_to(ROOT))
