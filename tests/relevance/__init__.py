"""How well search answers what people of the borough would ask: ``make relevance``."""
