"""Where submission packs are made: from the store and the documents, in the background, and kept."""
