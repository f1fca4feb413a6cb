"""Who may be treated: instruments, rules and a verdict with every reason."""
