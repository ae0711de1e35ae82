"""`/metrics`, for the operator's program alone."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

from foundation.limiting.visitors import address_of
from newsroom.metrics import FOLDER
from newsroom.metrics.collecting import Present


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer with all figures in Prometheus' text format; 404 for who asks from another address."""
    if not is_operator(request):
        return HttpResponse(status=404, content_type="text/plain")
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(FOLDER))
    registry.register(Present())
    return HttpResponse(generate_latest(registry), headers={"Content-Type": CONTENT_TYPE_LATEST})


def is_operator(request: HttpRequest) -> bool:
    """Return whether the request comes from an address of METRICS_FROM.

    A request that came through a proxy which PROXIES does not count has the proxy's address: it is a
    stranger's.
    """
    if not settings.PROXIES and "HTTP_X_FORWARDED_FOR" in request.META:
        return False
    try:
        address = ipaddress.ip_address(address_of(request))
    except ValueError:
        return False
    return any(address in network for network in settings.METRICS_FROM)
