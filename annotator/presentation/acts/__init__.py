"""What can be done at the desk, by subject; ``desk.Desk`` puts the subjects together."""
