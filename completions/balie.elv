# Completion for elvish: what can be typed next is asked of balie itself, so that this file never goes stale.
eval (E:COMPLETE=elvish balie | slurp)
