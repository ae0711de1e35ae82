"""What readers get of an event's day: the files for everybody."""

from django.http import FileResponse, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from daybook.models import Material
from documents.filing.downloads import answer_file


@require_safe
def material_file(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """Answer with a file for everybody. One for participants, unreleased or withdrawn is not there."""
    material = get_object_or_404(Material.objects.public(), event__slug=slug, pk=pk)
    return answer_file(material.file, material.file_name, material.file_type, is_public=True)
