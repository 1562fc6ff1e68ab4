#Requires -Version 7.4
<#
.SYNOPSIS
    Runs the examples of the pages in docs and puts their real output under them.
.EXAMPLE
    ./build.ps1; ./build/Update-Example.ps1
#>
[CmdletBinding()]
param(
    # Folder of the built module.
    [string] $Module = (Join-Path $PSScriptRoot .. out LogAnomaly),
    # Pages to renew.
    [string[]] $Path = @((Join-Path $PSScriptRoot .. docs *.md), (Join-Path $PSScriptRoot .. README.md))
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
Import-Module (Join-Path $root tests Pester DocExample.psm1) -Force
foreach ($page in Get-Item -Path $Path) {
    $results = @{}
    foreach ($result in Invoke-PageExample $page.FullName $Module (Join-Path $root examples data)) {
        $results[$result.Line] = $result.Actual
    }

    $lines, $number, $skipping = [System.Collections.Generic.List[string]]::new(), 0, $false
    $pending = $null
    foreach ($line in [System.IO.File]::ReadAllLines($page.FullName)) {
        $number++
        $boundary = $results.ContainsKey($number) -or $line.StartsWith('```')
        if ($null -ne $pending -and -not $line.StartsWith('>> ')) {
            if ($pending) { $lines.Add($pending) }
            $pending, $skipping = $null, $true
        }

        if ($boundary) {
            if ($skipping -and $results.ContainsKey($number)) { $lines.Add('') }
            $skipping = $false
        }

        if (-not $skipping) { $lines.Add($line) }
        if ($results.ContainsKey($number)) { $pending = $results[$number] }
    }

    [System.IO.File]::WriteAllText($page.FullName, ($lines -join "`n") + "`n")
}
