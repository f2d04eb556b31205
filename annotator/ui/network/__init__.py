"""The network window: a picture of who is tied to what."""
