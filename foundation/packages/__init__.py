"""Files that are a zip of XML parts (Word, Excel): opened safely; plain Python."""
