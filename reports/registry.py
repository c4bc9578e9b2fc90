"""What this app adds when the product starts."""
