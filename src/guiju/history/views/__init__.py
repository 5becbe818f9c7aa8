"""The pages of booking history: pace, mix and totals; and the way of a file into it."""
