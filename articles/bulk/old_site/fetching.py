"""Fetches a picture from the old site, and from nowhere else.

The address comes from a foreign file, and this machine can reach an internal network. So: only hosts the
operator named, only public IP addresses, connected to the IP that was checked (no second DNS query), every
redirect checked again, bytes and time limited.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Collection
from urllib.parse import SplitResult, quote, urljoin, urlsplit

LARGEST = 20 * 1024 * 1024
PATIENCE = 30.0  # seconds for one picture, redirects included
REDIRECTS = 3
_STEP = 64 * 1024


class FetchRefused(Exception):
    """The picture was not fetched; the message says why."""


def is_public(address: str) -> bool:
    """Whether an IP address is on the public internet."""
    found = ipaddress.ip_address(address)
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return found.is_global and not found.is_multicast


def fetch(url: str, hosts: Collection[str], *, may_reach: Callable[[str], bool] = is_public) -> bytes:
    """Returns the bytes of `url`, which must be on one of `hosts` (“host” or “host:port”).

    Raises FetchRefused when the address, size (LARGEST) or time (PATIENCE) is not allowed, or the server
    fails.
    """
    deadline = time.monotonic() + PATIENCE
    for _ in range(REDIRECTS + 1):
        parts = _checked(url, hosts)
        try:
            status, location, body = _ask(parts, may_reach, deadline)
        except (OSError, http.client.HTTPException, ValueError) as failure:
            raise FetchRefused(f"không lấy được ({type(failure).__name__})") from failure
        if status == http.HTTPStatus.OK:
            return body
        if status not in (301, 302, 303, 307, 308) or not location:
            raise FetchRefused(f"máy chủ trả lời {status}")
        url = urljoin(url, location)
    raise FetchRefused("chuyển hướng quá nhiều lần")


def _checked(url: str, hosts: Collection[str]) -> SplitResult:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as broken:
        raise FetchRefused("địa chỉ không đọc được") from broken
    name = (parts.hostname or "").lower()
    asked = f"{name}:{port}" if port else name
    if parts.scheme not in ("http", "https") or parts.username is not None or asked not in hosts:
        raise FetchRefused(f"máy “{asked}” không có trong --fetch")
    return parts


def _ask(parts: SplitResult, may_reach: Callable[[str], bool], deadline: float) -> tuple[int, str, bytes]:
    is_https = parts.scheme == "https"
    port = parts.port or (443 if is_https else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    addresses = [entry[4][0] for entry in found]
    if not addresses or not all(may_reach(address) for address in addresses):
        raise FetchRefused("tên máy dẫn tới một địa chỉ trong mạng riêng")
    connection = http.client.HTTPConnection(parts.hostname, port, timeout=PATIENCE)
    plain = socket.create_connection((addresses[0], port), timeout=_left(deadline))
    with plain:
        connection.sock = _secured(plain, parts.hostname) if is_https else plain
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        target = f"{path}?{quote(parts.query, safe='/%:@!$&()*+,;=?~-._')}" if parts.query else path
        connection.request("GET", target, headers={"User-Agent": "newsroom-import", "Connection": "close"})
        response = connection.getresponse()
        location = response.getheader("Location", "")
        return response.status, location, _body(response, connection.sock or plain, deadline)


def _secured(plain: socket.socket, name: str) -> ssl.SSLSocket:
    return ssl.create_default_context().wrap_socket(plain, server_hostname=name)


def _body(response: http.client.HTTPResponse, line: socket.socket, deadline: float) -> bytes:
    if response.status != http.HTTPStatus.OK:
        return b""
    parts, size = [], 0
    while chunk := response.read1(_STEP):
        size += len(chunk)
        if size > LARGEST:
            raise FetchRefused("tệp nặng quá 20 MB")
        parts.append(chunk)
        _left(deadline)
    return b"".join(parts)


def _left(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchRefused("lâu quá 30 giây")
    return left
