"""The parts of a submission report, each a function from a case to blocks."""
