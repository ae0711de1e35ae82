"""Files on their way in and out: judged by content, kept while a form has errors, answered."""
