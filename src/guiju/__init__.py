"""Guiju 规矩: a sales-and-service department that runs by its own written service standard."""

__version__ = "0.1.0"
