"""Parse the environment variable that says where uploads are stored. Needs no Django app."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXAMPLE = "s3://KEY:SECRET@bucket/folder?endpoint=https://s3.example&region=ap-southeast-1"
_KNOWN = {"endpoint", "region", "addressing"}


def storage_of(url: str) -> dict[str, Any]:
    """Return the default entry of STORAGES: local files for "", a private bucket for `s3://…`.

    Key and secret may be left out where the machine has other credentials (instance role, AWS_* variables).
    Raises ImproperlyConfigured for anything else.
    """
    if not url:
        return {"BACKEND": "media.storage.WholeFileStorage"}
    try:
        parts = urlsplit(url)
        asked = {
            name: values[-1]
            for name, values in parse_qs(parts.query, strict_parsing=bool(parts.query)).items()
        }
    except ValueError as broken:
        raise ImproperlyConfigured(f"MEDIA_STORAGE_URL cannot be read. Expected: {EXAMPLE}") from broken
    bucket = parts.netloc.rpartition("@")[2]
    if parts.scheme != "s3" or not bucket or set(asked) - _KNOWN:
        raise ImproperlyConfigured(f"MEDIA_STORAGE_URL is not understood. Expected: {EXAMPLE}")
    options = {
        "bucket_name": bucket,
        "location": unquote(parts.path).strip("/"),
        "access_key": unquote(parts.username or "") or None,
        "secret_key": unquote(parts.password or "") or None,
        "endpoint_url": asked.get("endpoint"),
        "region_name": asked.get("region"),
        "addressing_style": asked.get("addressing", "path" if "endpoint" in asked else "auto"),
    }
    chosen = {name: value for name, value in options.items() if value}
    return {"BACKEND": "media.object_storage.PrivateBucket", "OPTIONS": chosen}
