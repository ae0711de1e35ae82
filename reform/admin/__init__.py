"""The office's pages on which units are put in another order."""

from reform.admin import addresses

__all__ = ["addresses"]
