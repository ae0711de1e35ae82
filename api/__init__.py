"""What other sites may read of this one as JSON: published things only, by unit, page by page."""
