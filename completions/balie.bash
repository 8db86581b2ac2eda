# Completion for bash: what can be typed next is asked of balie itself, so that this file never goes stale.
source <(COMPLETE=bash balie)
