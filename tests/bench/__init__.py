"""Speed and memory of the running site, as ratios against baselines measured in the same run: ``make bench``."""
