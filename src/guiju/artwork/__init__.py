"""Art orders: what the art workers make, for whom and by when."""
