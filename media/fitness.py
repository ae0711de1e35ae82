"""Whether a photo may stand on a page of an event or a note."""

from media.models import Photo


def why_unfit(photo: Photo) -> str:
    """Return why the photo may not be published, as a sentence; "" if it may.

    It needs rights, its pupils' consent, and a description for blind readers.
    """
    if why := photo.why_kept_back():
        return f"Ảnh “{photo}” {why}."
    if not (photo.alt_text or photo.is_decorative):
        return f"Ảnh “{photo}” chưa có phần mô tả. Hãy ghi trong kho ảnh."
    return ""
