"""The core: geography, walking, need and access, as plain functions on frames and arrays."""
