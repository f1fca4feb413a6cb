"""Results as the rules may read them. It stands below the intake, which is filled from it, and below clearance."""
