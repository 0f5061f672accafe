"""Text in the TCVN3 and VNI fonts of the 1990s: known by its font or by its letters, and turned into Unicode."""
