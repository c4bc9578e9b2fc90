"""What things cost, as figures that can be compared within one run; never a test that passes or fails by time."""
