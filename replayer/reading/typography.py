"""What blog engines make of a command's dashes and quotes, undone where it is sure what was meant."""

import re

_DASHED = re.compile(r"(?<=\s)(?P<dash>[\u2010-\u2015\u2212]{1,2})(?P<word>[A-Za-z][\w-]*)")
_DOUBLE = str.maketrans("\u201c\u201d\u201e\u201f\uff02", '"""""')
_SINGLE = str.maketrans("\u2018\u2019\u201a\u201b\uff07", "'''''")
# Blanks and hyphens that look like those of a keyboard.
_WIDE = str.maketrans("\u3000\xa0\u2003\u2002\u2009\u202f\u2010\u2011\u2212", "      ---")
_NOWHERE = str.maketrans(dict.fromkeys("\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u200f"))
_UNSEEN = re.compile("[\u3000\xa0\u2000-\u2011\u202f\u2060\u2212\ufeff\xad]")
_ALONE = re.compile(r"(?<=\s)[\u2013\u2014](?=\s|$)")
# Their options of several letters stand behind one dash, or are several options.
_ONE_DASH = frozenset("tcpdump ip bridge tc find openssl nmap ls ps ss netstat java route ifconfig ping tar".split())
_QUOTES = re.compile("[\u2018-\u201f]")


def plain(line: str) -> str:
    """A line without signs that cannot be seen, and with the blanks and hyphens that a keyboard has."""
    return line.translate(_WIDE).translate(_NOWHERE) if _UNSEEN.search(line) else line


def restored(typed: str, program: str) -> tuple[str, str]:
    """What was typed at the keyboard, and what was changed for it, in words ("" if nothing was)."""
    text = typed
    if _QUOTES.search(text):
        bare = text.translate(_DOUBLE).translate(_SINGLE)
        # Only quotes that open and close again were quotes of a shell.
        if bare.count('"') % 2 == 0 and bare.count("'") % 2 == 0:
            text = bare
    text = _DASHED.sub(lambda found: _dashes(found["dash"], found["word"], program) + found["word"], text)
    text = _ALONE.sub("-", text)
    if text == typed:
        return text, ""
    return text, "dashes or quotes that no shell takes were typed as '-' and '\"'"


def _dashes(dash: str, word: str, program: str) -> str:
    if len(dash) == 2 or dash == "\u2014":
        return "--" if len(word) > 1 else "-"
    return "-" if len(word) < 3 or program in _ONE_DASH else "--"
