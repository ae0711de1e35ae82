"""The darkroom: one upload becomes pictures in a process that may fail without anybody noticing.

`python -m media.darkroom FILE FOLDER` writes the pictures into FOLDER and prints one line of JSON:
what `renditions.develop` answers, with "notes" of `notes.notes_of`, or
{"refused": code, "number": n, "detail": text}.
A file that would take too long or too much memory ends this process and nothing else. It is started
without our environment, so a decoder that misbehaves finds no secret in it.
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
# Of data, threads' stacks included; every picture within decoding's caps passes with 190.
MEMORY = 192 * MEBIBYTE
# Of the processor, not of the clock: a busy machine refuses nobody.
DECODING_SECONDS = 1.8


def main(path: Path, folder: Path) -> dict[str, Any]:
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    Image.MAX_IMAGE_PIXELS = max(decoding.MEGAPIXELS.values()) * 1_000_000
    AvifImagePlugin.DEFAULT_MAX_THREADS = decoding.THREADS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    signal.setitimer(signal.ITIMER_PROF, DECODING_SECONDS)  # nobody catches it: the process ends
    try:
        image = decoding.picture(path)
    except decoding.Unreadable as refusal:
        return {"refused": refusal.code, "number": refusal.number}
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as refusal:
        return {"refused": "pixels", "detail": str(refusal)}
    except MemoryError:
        return {"refused": "heavy"}
    except Exception as failure:  # decoders raise whatever they like on bytes that are not a whole picture
        return {"refused": "broken", "detail": repr(failure)[:300]}
    signal.setitimer(signal.ITIMER_PROF, 0)
    facts = renditions.develop(image, folder)
    del image  # what follows needs little, and must find it
    return facts | {"notes": notes.notes_of(path)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]), Path(sys.argv[2]))))  # noqa: T201 (the answer to our parent)
