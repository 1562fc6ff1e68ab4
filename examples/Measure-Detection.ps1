#Requires -Version 7.4
<#
.SYNOPSIS
    Plants anomalies in synthetic logs and counts how many of them are found.
#>
[CmdletBinding()]
param()

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LogAnomaly)) {
    # The installed module, else the one that ./build.ps1 makes.
    Import-Module ((Get-Module LogAnomaly -ListAvailable) ? 'LogAnomaly' : (Join-Path $PSScriptRoot .. out LogAnomaly))
}

foreach ($type in 'ApacheError', 'Access', 'Auth') {
    $log = New-SyntheticLog $type -Count 5000
    $found = @($log | Find-LogAnomaly)
    [pscustomobject]@{
        Type         = $type
        Planted      = $log.Where{ $_.Label }.Count
        Found        = $found.Count
        FoundPlanted = $found.Where{ $_.Label }.Count
    }
}
