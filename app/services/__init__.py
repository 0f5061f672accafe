"""WRITE: a scope in, a result or a named refusal out. Services flush, never commit, never send, never render."""
