"""Whether it helped: trajectories, response, remission and the next step."""
