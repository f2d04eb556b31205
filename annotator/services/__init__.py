"""What a user can do: one function per act, one module per subject."""
