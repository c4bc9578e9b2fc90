"""Loads the sample through the product's own actions: what breaks a rule stops the loading."""
