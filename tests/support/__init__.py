"""What tests lean on: guards that every test runs under."""
