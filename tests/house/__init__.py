"""Tests of the house itself: packaging, guards, import costs, and what files may say."""
