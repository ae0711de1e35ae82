from tests.articles.conftest import second_head

__all__ = ["second_head"]
