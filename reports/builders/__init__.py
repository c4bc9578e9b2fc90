"""Documents as pure functions: plain values in, the bytes of a PDF out."""
