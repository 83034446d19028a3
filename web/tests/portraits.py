# SPDX-License-Identifier: Apache-2.0
"""Drawn people by lamplight, for pictures of meetings without a photograph of anyone."""

from dataclasses import dataclass

# Shapes in a frame of 1280×720; the head is around (640, 320).
HEAD = "M640 150c74 0 122 58 120 148-2 98-56 168-120 168s-118-70-120-168c-2-90 46-148 120-148z"
NECK = "M574 396h132v82c0 44-30 66-66 66s-66-22-66-66z"
BODY = "M228 730c0-118 72-182 196-206 62-12 108-28 142-48h148c34 20 80 36 142 48 124 24 196 88 196 206z"

# What lies behind the head and what lies over it.
HAIR = {
    "long": ("M640 112c-124 0-180 88-176 196 4 104-14 168-34 250 70 40 350 40 420 0-20-82-38-146-34-250 4-108-52-196-176-196z",
             "M514 322c-8-100 44-180 130-180 86 0 132 70 124 180-16-66-50-98-92-112-56 36-130 48-162 112z"),
    "bun": ("M640 34a62 62 0 1 1 0 124 62 62 0 0 1 0-124z",
            "M508 348c-26-128 34-218 132-218s158 90 132 218c-6-74-44-124-132-130-88 6-126 56-132 130z"),
    "short": ("", "M512 306c-16-104 40-172 128-172s144 68 128 172c-10-52-26-78-48-90-48 10-112 10-160 0-22 12-38 38-48 90z"),
    "swept": ("", "M510 318c-18-116 46-192 140-186 92 6 136 84 118 184-10-48-28-84-58-104-46 22-126 12-156 34-22 16-38 38-44 72z"),
    "scarf": ("M640 98c-136 0-196 96-188 214 6 92-6 166-60 240 84 86 412 86 496 0-54-74-66-148-60-240 8-118-52-214-188-214z",
              "M640 112c-104 0-158 88-152 196 4 98 60 206 152 206s148-108 152-206c6-108-48-196-152-196zm0 60c72 0 110 58 108 134-2 88-52 150-108 150s-106-62-108-150c-2-76 36-134 108-134z"),
    "curls": ("M640 96c56-18 110 12 132 56 46 26 58 92 34 132 14 52-22 92-62 92H536c-40 0-76-40-62-92-24-40-12-106 34-132 22-44 76-74 132-56z",
              "M522 300c-20-70 14-140 64-146 30-26 84-24 108 2 56 10 84 82 62 144-14-42-36-66-62-72-36 14-88 14-116-2-28 12-46 36-56 74z"),
    "bob": ("M640 116c-118 0-168 78-168 184 0 62-2 116 8 158 40 22 280 22 320 0 10-42 8-96 8-158 0-106-50-184-168-184z",
            "M516 330c-10-108 32-186 124-186s134 78 124 186c-8-44-22-72-38-88H554c-16 16-30 44-38 88z"),
    "bald": ("", "M560 380c6 26 38 34 80 34s74-8 80-34c24 8 40-4 44-24-6 78-62 132-124 132s-118-54-124-132c4 20 20 32 44 24z"),
    "beard": ("", "M512 306c-16-104 40-172 128-172s144 68 128 172c-10-52-26-78-48-90-48 10-112 10-160 0-22 12-38 38-48 90zM520 350c4 90 58 142 120 142s116-52 120-142c-10 30-34 36-56 26-36-16-92-16-128 0-22 10-46 4-56-26z"),
}


@dataclass(frozen=True)
class Portrait:
    name: str
    hair: str
    hair_colour: str
    skin: tuple[str, str]
    clothes: tuple[str, str]
    wall: tuple[str, str]
    lamp: str
    lamp_x: int

    def svg(self) -> str:
        behind, over = HAIR[self.hair]
        # Light comes from the lamp's side.
        start, end = ("1", "0") if self.lamp_x > 640 else ("0", "1")
        return f"""<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720"><defs>
<linearGradient id="w" x1="{start}" y1="0" x2="{end}" y2="1"><stop offset="0" stop-color="{self.wall[0]}"/><stop offset="1" stop-color="{self.wall[1]}"/></linearGradient>
<radialGradient id="l"><stop offset="0" stop-color="{self.lamp}" stop-opacity=".6"/><stop offset=".4" stop-color="{self.lamp}" stop-opacity=".2"/><stop offset="1" stop-color="{self.lamp}" stop-opacity="0"/></radialGradient>
<linearGradient id="s" x1="{start}" x2="{end}"><stop offset=".1" stop-color="{self.skin[0]}"/><stop offset=".95" stop-color="{self.skin[1]}"/></linearGradient>
<linearGradient id="c" x1="{start}" y1="0" x2="{end}" y2=".8"><stop offset="0" stop-color="{self.clothes[0]}"/><stop offset="1" stop-color="{self.clothes[1]}"/></linearGradient>
<linearGradient id="d" x1="{start}" x2="{end}"><stop offset="0" stop-color="#fff" stop-opacity=".1"/><stop offset=".5" stop-color="#000" stop-opacity="0"/><stop offset="1" stop-color="#000" stop-opacity=".45"/></linearGradient></defs>
<rect width="1280" height="720" fill="url(#w)"/><circle cx="{self.lamp_x}" cy="200" r="430" fill="url(#l)"/>
<g transform="translate(0 56)"><path d="{behind}" fill="{self.hair_colour}"/><path d="{BODY}" fill="url(#c)"/><path d="{NECK}" fill="{self.skin[1]}"/>
<path d="{HEAD}" fill="url(#s)"/><path d="{over}" fill="{self.hair_colour}" fill-rule="evenodd"/></g>
<rect width="1280" height="720" fill="url(#d)"/></svg>"""


PORTRAITS = [
    Portrait("Ana", "long", "#2b1b19", ("#e3b08c", "#84523f"), ("#7d4550", "#34202a"), ("#4a3038", "#1c151d"), "#e9a868", 1010),
    Portrait("Kofi", "short", "#150e0d", ("#96613f", "#43271c"), ("#b98a49", "#5a4020"), ("#3d5a50", "#101c1d"), "#e6b56c", 270),
    Portrait("Mei", "bun", "#15151c", ("#f0cba6", "#8d5f49"), ("#3f5688", "#1d2747"), ("#43536f", "#10141f"), "#9db9e6", 1000),
    Portrait("Tomás", "beard", "#6b5a48", ("#e0b096", "#7a5040"), ("#50604f", "#222b24"), ("#54465c", "#14121a"), "#e7a98c", 260),
    Portrait("Noor", "scarf", "#35506b", ("#d8a37d", "#7c4e38"), ("#2c4058", "#141f2e"), ("#5b4a3d", "#191614"), "#f0c486", 1020),
    Portrait("Idris", "bald", "#1d1512", ("#8a5636", "#3a2218"), ("#6a6f7c", "#2b2e36"), ("#2f4a5c", "#0f171d"), "#a8d0dc", 280),
    Portrait("Lena", "bob", "#c2a06c", ("#f0c9ad", "#95654f"), ("#8a5a3c", "#3d271a"), ("#3f4a3d", "#141813"), "#e9c27c", 1000),
    Portrait("Rosa", "curls", "#3a211a", ("#c08a62", "#63402c"), ("#9a4a3c", "#471f19"), ("#4a4230", "#171510"), "#f0b870", 270),
    Portrait("林文", "swept", "#1b1a1f", ("#ecc29c", "#875a44"), ("#4b4468", "#211d33"), ("#39475c", "#11151c"), "#c9b4ec", 1010),
]
