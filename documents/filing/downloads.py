"""How a stored file is answered."""

from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from documents.files import CONTENT_TYPES


def answer_file(stored: FieldFile, name: str, file_type: str, *, is_public: bool = False) -> FileResponse:
    """Answer with a stored file as a download called `name`, never shown inline; `file_type` is a key of
    CONTENT_TYPES. Raises Http404 if there is none, or if it is lost.

    Of a file that is not for everybody nobody between the server and the reader keeps a copy.
    """
    try:
        file = stored.open() if stored else None
    except FileNotFoundError as lost:
        raise Http404 from lost
    if file is None:
        raise Http404
    headers = {
        "Cache-Control": "no-cache" if is_public else "private, no-store",
        "X-Content-Type-Options": "nosniff",
        # It is compressed already and its length should be known: the gzip middleware skips it.
        "Content-Encoding": "identity",
    }
    kind = CONTENT_TYPES[file_type]
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind, headers=headers)
