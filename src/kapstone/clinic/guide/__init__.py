"""The public room: the guide, the enquiry and what a front desk makes of it."""
