# Completion for fish: what can be typed next is asked of balie itself, so that this file never goes stale.
COMPLETE=fish balie | source
