"""Pages about rooms."""
