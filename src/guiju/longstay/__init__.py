"""Long-stay guests: contract, card, monthly list, rent, watch notes."""
