"""The edge where data comes in: reads the data package and the publishers' extracts."""
