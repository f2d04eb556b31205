"""The files of a release: lines, card, datasheet, Croissant, changelog, each a pure function of facts."""
