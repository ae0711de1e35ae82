"""Papers of attendance: who gets one, approved by the head, numbered, printed, verified, revoked."""
