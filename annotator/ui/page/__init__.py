"""The reading view: lays the article out with Qt and paints marks under its words."""
