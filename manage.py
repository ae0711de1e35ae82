#!/usr/bin/env python
"""Django's command line for the newsroom."""

import gc
import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
    if sys.argv[1:2] in (["demo"], ["bulk_generate"]):  # these two write into a demonstration only
        os.environ.setdefault("DEMO", "1")
    if sys.argv[1:2] == ["demo"]:
        gc.disable()  # until the command runs: loading throws nothing away, and looking for it takes time
    if sys.argv[1:] == ["version"]:  # Django answers this one itself, with its own
        from newsroom.version import VERSION

        sys.stdout.write(f"{VERSION}\n")
        return
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
