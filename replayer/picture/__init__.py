"""The picture of a network: what a transcript saw, drawn as SVG.

    picture = picture_of(transcript)
    picture.still(at=7)     what is there after the eighth entry, laid out for itself
    picture.moving()        all entries in one, laid out once: each element says in `data-on` when it is there
    picture.changes(7)      the ids of the elements of `moving` that the eighth entry changed

Pure: no fonts, no files, no programs. The same transcript gives the same bytes.
"""

from replayer.picture.drawing import Picture, picture_of
from replayer.picture.style import Theme

__all__ = ["Picture", "Theme", "picture_of"]
