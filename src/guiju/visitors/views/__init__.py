"""The pages of visitors: the list, a visit, its plan as a form, its steps."""
