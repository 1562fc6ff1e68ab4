#Requires -Version 7.4
<#
.SYNOPSIS
    Prints what is most unusual in the sample logs, with the reasons and the lines.
#>
[CmdletBinding()]
param(
    # The module to use: its name where it is installed, or the path of its manifest.
    [string] $Module = 'LogAnomaly'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
foreach ($log in Get-ChildItem (Join-Path $PSScriptRoot data *.log)) {
    "== $($log.Name)"
    foreach ($anomaly in $log | Find-LogAnomaly | Select-Object -First 3) {
        $anomaly | Format-List Timestamp, Score, Title, Reasons
    }
}
