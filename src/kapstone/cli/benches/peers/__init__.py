"""Other programs that solve the benchmark's problem, one file each; who is not installed is skipped."""
