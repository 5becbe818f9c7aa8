"""The pages of art orders."""
