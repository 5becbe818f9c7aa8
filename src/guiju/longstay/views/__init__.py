"""The pages of long-stay guests."""
