#Requires -Version 7.4
<#
.SYNOPSIS
    Plants anomalies in synthetic logs and counts how many of them are found.
#>
[CmdletBinding()]
param(
    # The module to use: its name where it is installed, or the path of its manifest.
    [string] $Module = 'LogAnomaly'
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
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
