"""The darkroom: one upload is converted to pictures in a separate process, which may die safely.

`python -m media.darkroom FILE FOLDER [LEFT TOP RIGHT BOTTOM]` cuts off these shares, writes the pictures
into FOLDER and prints one line of JSON: what `renditions.develop` returns with "notes" of `notes.notes_of`,
or {"refused": code, "number": n, "detail": text}. A file that takes too long or too much memory ends only
this process. It gets no environment variables, so a decoder that is exploited finds no secrets.
"""

import json
import resource
import signal
import sys
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PIL import AvifImagePlugin, Image, PngImagePlugin

from media import decoding, notes, renditions

MEBIBYTE = 1024 * 1024
# Data memory, stacks of threads included; every picture within the limits of decoding passes with 190.
MEMORY = 192 * MEBIBYTE
MOST_TEXT = 16 * 1024 * 1024  # bytes of one note inside a PNG, unpacked
# Processor time, so that a busy machine refuses no upload.
DECODING_SECONDS = 1.8


def main(path: Path, folder: Path, crop: Sequence[float] = ()) -> dict[str, Any]:
    """Convert one file and return what the module prints. `crop`: four shares to cut off, or none."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = max(decoding.MEGAPIXELS.values()) * 1_000_000
    # Programs write their own notes of several MB into a PNG; a bomb of text is larger.
    PngImagePlugin.MAX_TEXT_CHUNK = MOST_TEXT
    AvifImagePlugin.DEFAULT_MAX_THREADS = decoding.THREADS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    signal.setitimer(signal.ITIMER_PROF, DECODING_SECONDS)  # no handler: the process ends
    try:
        master = renditions.master_of(_cut(decoding.picture(path), crop))
    except decoding.Unreadable as refusal:
        return {"refused": refusal.code, "number": refusal.number}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as refusal:
        return {"refused": "pixels", "detail": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except ValueError as failure:
        is_text = "too large" in str(failure)  # Pillow tells it by its words alone
        return {"refused": "heavy" if is_text else "broken", "detail": repr(failure)[:300]}
    except Exception as failure:  # decoders raise any exception on bytes that are no complete picture
        return {"refused": "broken", "detail": repr(failure)[:300]}
    signal.setitimer(signal.ITIMER_PROF, 0)
    facts = renditions.develop(master, folder)
    del master  # frees the memory that the notes need
    return facts | {"notes": notes.notes_of(path)}


def _cut(image: Image.Image, crop: Sequence[float]) -> Image.Image:
    if not crop:
        return image
    left, top, right, bottom = crop
    width, height = image.size
    box = (round(left * width), round(top * height), round((1 - right) * width), round((1 - bottom) * height))
    if box[2] <= box[0] or box[3] <= box[1]:
        raise decoding.Unreadable("broken")
    return image.crop(box)


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]), [*map(float, sys.argv[3:])])))  # noqa: T201 (the answer to our parent)
