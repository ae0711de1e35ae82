"""Fixed choices of this room; imports no other module of the project."""

from django.db import models


class Audience(models.TextChoices):
    """For whom a file of an event is."""

    EVERYBODY = "everybody", "Mọi bạn đọc"
    PARTICIPANTS = "participants", "Chỉ người dự (mở từ trang vé)"
