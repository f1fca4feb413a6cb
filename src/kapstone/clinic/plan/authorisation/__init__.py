"""What a payer agreed to pay, and how it stands."""
