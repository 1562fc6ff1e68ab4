#Requires -Version 7.4
<#
.SYNOPSIS
    Runs the Pester tests of the built module and ends with 'N passed, N failed, N skipped'.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $Module,
    [Parameter(Mandatory)] [string] $Tests
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5
$env:LOGANOMALY_MODULE = (Resolve-Path -LiteralPath $Module).Path
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Tests
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Normal'
$result = Invoke-Pester -Configuration $configuration
$failed = $result.FailedCount + $result.FailedBlocksCount + $result.FailedContainersCount
"$($result.PassedCount) passed, $failed failed, $($result.SkippedCount + $result.NotRunCount) skipped"
exit ($failed -eq 0 ? 0 : 1)
