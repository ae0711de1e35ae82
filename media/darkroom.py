"""The darkroom: one upload is converted to pictures in a separate process, which may die safely.

`python -m media.darkroom FILE FOLDER` writes the pictures into FOLDER and prints one line of JSON: what
`renditions.develop` returns with "notes" of `notes.notes_of`, or {"refused": code, "number": n, "detail":
text}. A file that takes too long or too much memory ends only this process. It gets no environment variables,
so a decoder that is exploited finds no secrets.
"""

import json
import resource
import signal
import sys
import warnings
from pathlib import Path
from typing import Any

from PIL import AvifImagePlugin, Image

from media import decoding, notes, renditions

MEBIBYTE = 1024 * 1024
# Data memory, stacks of threads included; every picture within the limits of decoding passes with 190.
MEMORY = 192 * MEBIBYTE
# Processor time, so that a busy machine refuses no upload.
DECODING_SECONDS = 1.8


def main(path: Path, folder: Path) -> dict[str, Any]:
    """Convert one file and return what the module prints."""
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = max(decoding.MEGAPIXELS.values()) * 1_000_000
    AvifImagePlugin.DEFAULT_MAX_THREADS = decoding.THREADS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    signal.setitimer(signal.ITIMER_PROF, DECODING_SECONDS)  # no handler: the process ends
    try:
        image = decoding.picture(path)
    except decoding.Unreadable as refusal:
        return {"refused": refusal.code, "number": refusal.number}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as refusal:
        return {"refused": "pixels", "detail": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except Exception as failure:  # decoders raise any exception on bytes that are no complete picture
        return {"refused": "broken", "detail": repr(failure)[:300]}
    signal.setitimer(signal.ITIMER_PROF, 0)
    facts = renditions.develop(image, folder)
    del image  # frees the memory that the notes need
    return facts | {"notes": notes.notes_of(path)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201 (the answer to our parent)
