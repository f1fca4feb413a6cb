"""The wait list: a pair that is freed is offered to those who would come earlier."""
