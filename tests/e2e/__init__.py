"""Journeys in Chromium, on the product's own processes and the sample."""
