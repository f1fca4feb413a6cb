"""What follows: modalities, prompts and the watch over vulnerable days."""
