"""Reading the feeds of others: fetched politely, checked record by record, written for a person to review."""
