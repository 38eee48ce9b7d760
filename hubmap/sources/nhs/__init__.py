"""Files of the NHS that a council brings: read against their published layouts, and put into a data package."""
