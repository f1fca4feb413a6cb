"""What visits cost, what a patient has paid, and what falls due: shown before anybody books."""
