"""The house's pages."""
