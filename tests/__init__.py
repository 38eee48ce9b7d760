"""Tests of hubmap."""
