"""The picture's colours, as custom properties, light and dark; everything is drawn by classes alone."""

from typing import Literal

Theme = Literal["auto", "light", "dark"]

_LIGHT = {
    "paper": "#ffffff",
    "ink": "#1b1f24",
    "faint": "#59636e",
    "card": "#ffffff",
    "card-line": "#7d8590",
    "bridge": "#fff3c4",
    "line": "#424a53",
    "ns-host": "#f1f3f5",
    "ns-line": "#b6bec8",
    "ns-0": "#e8f1fd",
    "ns-1": "#e8f6ea",
    "ns-2": "#fdf1e2",
    "ns-3": "#f4ecfb",
    "ns-4": "#e4f6f5",
    "ns-5": "#fdebef",
    "word": "#9a3412",
    "reached": "#15803d",
    "unreached": "#c81e1e",
    "badge-ink": "#ffffff",
    "changed": "#2563eb",
}
_DARK = {
    "paper": "#0d1117",
    "ink": "#e6edf3",
    "faint": "#a2adb9",
    "card": "#1c2128",
    "card-line": "#8b949e",
    "bridge": "#3d3209",
    "line": "#b1bac4",
    "ns-host": "#161b22",
    "ns-line": "#4b545f",
    "ns-0": "#121d2f",
    "ns-1": "#11231a",
    "ns-2": "#2a2014",
    "ns-3": "#221a30",
    "ns-4": "#0f2526",
    "ns-5": "#2d171d",
    "word": "#ffab70",
    "reached": "#2ea043",
    "unreached": "#e5534b",
    "badge-ink": "#ffffff",
    "changed": "#58a6ff",
}
HUES = 6

_RULES = """
.net text{font-family:system-ui,sans-serif;fill:var(--ink);text-anchor:middle}
.net .paper{fill:var(--paper)}
.net .ns rect{fill:var(--ns-host);stroke:var(--ns-line);stroke-width:1}
.net .ns text{font-size:15px;font-weight:700;text-anchor:start}
.net .iface rect{fill:var(--card);stroke:var(--card-line);stroke-width:1.2}
.net .bridge rect{fill:var(--bridge)}
.net .faded rect{stroke-dasharray:4 3}
.net .iface .name{font-size:14px;font-weight:700}
.net .iface .kind{font-size:11.5px;fill:var(--faint)}
.net .iface .word{fill:var(--word);font-weight:600}
.net .iface .address{font-size:12px}
.net .iface .mac{font-size:10.5px;fill:var(--faint)}
.net .iface .address,.net .iface .mac{font-family:monospace}
.net .faded .name,.net .faded .address{fill:var(--faint)}
.net .link path{fill:none;stroke:var(--line);stroke-width:1.8;stroke-linejoin:round}
.net .veth path{stroke-width:2.6}
.net .lower path{stroke-dasharray:7 4}
.net .tunnel path{stroke-dasharray:1.5 4.5;stroke-linecap:round;stroke-width:2.6}
.net .legend text{font-size:12px;fill:var(--faint);text-anchor:start}
.net .verdict path{fill:none;stroke-width:3.2;stroke-linejoin:round}
.net .verdict .halo{stroke:var(--paper);stroke-width:7}
.net .verdict .head{stroke:none}
.net .verdict text{font-size:14px;font-weight:700;fill:var(--badge-ink)}
.net .verdict .nobody rect{fill:var(--card);stroke-width:1.4;stroke-dasharray:4 3}
.net .verdict .nobody text{font-size:12px;fill:var(--ink);font-weight:400}
.net .off{visibility:hidden}
"""


def style(theme: Theme) -> str:
    """The CSS of a picture. `auto`: in custom properties of `.net`, dark where the reader's system is, or where
    `data-theme` on the picture or around it says so. `light`, `dark`: plain colours, which every viewer reads."""
    rules = _RULES
    for hue in range(HUES):
        rules += f".net .ns-{hue} rect{{fill:var(--ns-{hue})}}\n"
    for word in ("reached", "unreached"):
        rules += (
            f".net .{word} .way,.net .{word} .nobody rect{{stroke:var(--{word})}}"
            f".net .{word} .head,.net .{word} .badge{{fill:var(--{word})}}\n"
        )
    rules += ".net .unreached .way{stroke-dasharray:9 5}\n"
    if theme != "auto":
        for name, value in sorted((_DARK if theme == "dark" else _LIGHT).items(), key=lambda c: -len(c[0])):
            rules = rules.replace(f"var(--{name})", value)
        return rules
    light, dark = (";".join(f"--{n}:{v}" for n, v in colours.items()) for colours in (_LIGHT, _DARK))
    return (
        f"\n.net{{{light}}}\n@media (prefers-color-scheme:dark){{.net{{{dark}}}}}\n"
        f"[data-theme=light] .net,.net[data-theme=light]{{{light}}}\n"
        f"[data-theme=dark] .net,.net[data-theme=dark]{{{dark}}}{rules}"
    )
