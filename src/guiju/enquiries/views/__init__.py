"""The pages of the enquiry desk."""
