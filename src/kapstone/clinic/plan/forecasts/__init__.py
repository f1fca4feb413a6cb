"""The alcove of forecasts: a dose that somebody entered, drawn as bands with everything that makes it doubtful."""
