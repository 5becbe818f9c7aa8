"""Events: enquiry, quotation, event order, deposits, what happened, the file."""
