"""The long lists of a record (delegates, recipients …) on screens of their own, a page of rows at a time."""
