"""The module `findable` of every room that has public things to search."""

from articles.public import findable as stories
from awards import findable as decisions
from departments import findable as units
from documents import findable as documents
from events import findable as events

ROOMS = (units, documents, events, decisions, stories)
