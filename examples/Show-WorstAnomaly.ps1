#Requires -Version 7.4
<#
.SYNOPSIS
    Prints what is most unusual in the sample logs, with the reasons and the lines.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LogAnomaly)) {
    # The installed module, else the one that ./build.ps1 makes.
    Import-Module ((Get-Module LogAnomaly -ListAvailable) ? 'LogAnomaly' : (Join-Path $PSScriptRoot .. out LogAnomaly))
}

foreach ($log in Get-ChildItem (Join-Path $PSScriptRoot data *.log)) {
    "== $($log.Name)"
    foreach ($anomaly in $log | Find-LogAnomaly | Select-Object -First 3) {
        $anomaly | Format-List Timestamp, Score, Title, Reasons
    }
}
