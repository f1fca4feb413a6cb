"""What waits in a session and is not answered: who is told of it, step by step, by the roster."""
