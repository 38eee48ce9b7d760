"""The check of estimated walks against routed ones, and the document that holds its numbers."""
