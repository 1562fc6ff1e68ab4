#Requires -Version 7.4
<#
.SYNOPSIS
    Writes one page a day from logs, as a scheduled task would.
#>
[CmdletBinding()]
param(
    # The module to use: its name where it is installed, or the path of its manifest.
    [string] $Module = 'LogAnomaly',
    # Folder for the pages.
    [string] $OutputFolder = '.',
    # Logs to read; by default the samples beside this script.
    [string[]] $LogPath = (Join-Path $PSScriptRoot data *.log)
)

$ErrorActionPreference = 'Stop'
Import-Module $Module
$page = Join-Path $OutputFolder "logs-$(Get-Date -Format yyyy-MM-dd).html"
Find-LogAnomaly $LogPath | Export-LogDashboard $page -Title "Logs of $(Get-Date -Format D)" -Force -PassThru
