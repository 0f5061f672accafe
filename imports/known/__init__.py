"""What a roster would do to the people whom an institution knows."""
