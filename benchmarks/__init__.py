"""What is timed, against what; each prints ratios within one run."""
