# Completion for PowerShell: what can be typed next is asked of balie itself, so that this file never goes stale.
$env:COMPLETE = "powershell"
balie | Out-String | Invoke-Expression
Remove-Item Env:\COMPLETE
