"""View-models: what each screen shows and offers, without a widget."""
