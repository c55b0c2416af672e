"""A kind of job for tests with real processes: it takes its time, then stores one row."""
