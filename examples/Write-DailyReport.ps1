#Requires -Version 7.4
<#
.SYNOPSIS
    Writes one page a day from logs, as a scheduled task would.
#>
[CmdletBinding()]
param(
    # Folder for the pages.
    [string] $OutputFolder = '.',
    # Logs to read; by default the samples beside this script.
    [string[]] $LogPath = (Join-Path $PSScriptRoot data *.log)
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LogAnomaly)) {
    # The installed module, else the one that ./build.ps1 makes.
    Import-Module ((Get-Module LogAnomaly -ListAvailable) ? 'LogAnomaly' : (Join-Path $PSScriptRoot .. out LogAnomaly))
}

$page = Join-Path $OutputFolder "logs-$(Get-Date -Format yyyy-MM-dd).html"
# With -LogPath a quiet day has a page too: Find-LogAnomaly gives nothing for it, and so no log to draw.
Export-LogDashboard $page -LogPath $LogPath -Title "Logs of $(Get-Date -Format D)" -Force -PassThru
