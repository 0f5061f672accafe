"""Which class or department a text names, and which one each person belongs to."""
