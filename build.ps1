#!/usr/bin/env pwsh
#Requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests and packs the module LogAnomaly.
.DESCRIPTION
    Build    makes out/LogAnomaly, which Import-Module takes.
    Test     builds and runs tests/Pester; the last line is 'N passed, N failed, N skipped'.
    Package  builds and makes out/LogAnomaly.<version>.zip.
.EXAMPLE
    ./build.ps1
.EXAMPLE
    ./build.ps1 -Task Test
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Package')]
    [string] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $false
$env:DOTNET_CLI_TELEMETRY_OPTOUT = '1'
$env:DOTNET_NOLOGO = '1'

$source = Join-Path $PSScriptRoot src LogAnomaly.PowerShell
$out = Join-Path $PSScriptRoot out
$module = Join-Path $out LogAnomaly
$leaves = @{ 'LogAnomaly.Sigma' = @('YamlDotNet') }

function Invoke-Checked([string] $Program, [string[]] $Arguments) {
    & $Program @Arguments | Out-Host
    if ($LASTEXITCODE -ne 0) {
        throw "$Program $($Arguments -join ' ') failed with exit code $LASTEXITCODE."
    }
}

# This PowerShell; as a tool of .NET it runs inside 'dotnet', and then the one on the path has to do.
function Get-Shell {
    $process = [System.Environment]::ProcessPath
    (Split-Path $process -LeafBase) -eq 'pwsh' ? $process : 'pwsh'
}

# An assembly that brings packages of others lies with them in a folder of its own, from which the module loads it into
# a context of its own. Core is that of the module.
function Copy-Leaf([string] $Name, [string[]] $Packages) {
    $from = Join-Path $out publish-leaf
    if (Test-Path -LiteralPath $from) {
        Remove-Item -LiteralPath $from -Recurse -Force
    }

    $project = Join-Path $PSScriptRoot src $Name
    Invoke-Checked dotnet @('publish', $project, '-c', $Configuration, '-o', $from, '-nodeReuse:false', '-v:quiet')
    $to = Join-Path $module lib $Name
    $null = New-Item -ItemType Directory -Path $to
    foreach ($file in @("$Name.dll", "$Name.deps.json") + $Packages.ForEach({ "$_.dll" })) {
        Copy-Item -LiteralPath (Join-Path $from $file) -Destination $to
    }

    Remove-Item -LiteralPath $from -Recurse -Force
}

function Build-Module {
    $published = Join-Path $out publish
    foreach ($folder in $published, $module) {
        if (Test-Path -LiteralPath $folder) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }

    Invoke-Checked dotnet @('publish', $source, '-c', $Configuration, '-o', $published, '-nodeReuse:false', '-v:quiet')
    $null = New-Item -ItemType Directory -Path $module
    Copy-Item -Path (Join-Path $published 'LogAnomaly.*.dll') -Destination $module
    foreach ($leaf in $leaves.Keys) {
        Copy-Leaf $leaf $leaves[$leaf]
    }

    foreach ($file in 'LogAnomaly.psd1', 'LICENSE') {
        Copy-Item -LiteralPath (Join-Path $PSScriptRoot $file) -Destination $module
    }

    Copy-Item -Path (Join-Path $PSScriptRoot module *) -Destination $module -Recurse
    Remove-Item -LiteralPath $published -Recurse -Force

    # In a process of its own: an assembly that this session has loaded could not be replaced by the next build.
    $pwsh = Get-Shell
    Invoke-Checked $pwsh @(
        '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot build Export-ModuleHelp.ps1),
        '-Module', $module, '-Docs', (Join-Path $PSScriptRoot docs))
    "Built $module"
}

function Test-Module {
    $pester = Get-Module -ListAvailable -Name Pester | Where-Object Version -GE 5.5 | Select-Object -First 1
    if (-not $pester) {
        throw 'Pester 5.5 or later is needed for the tests of the module: Install-Module Pester -Scope CurrentUser'
    }

    # In a process of its own, for the same reason as the help.
    $pwsh = Get-Shell
    & $pwsh -NoProfile -NonInteractive -File (Join-Path $PSScriptRoot build Invoke-ModuleTest.ps1) `
        -Module $module -Tests (Join-Path $PSScriptRoot tests Pester) | Out-Host
    exit $LASTEXITCODE
}

function New-Package {
    $version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot LogAnomaly.psd1)).ModuleVersion
    $package = Join-Path $out "LogAnomaly.$version.zip"
    Compress-Archive -Path $module -DestinationPath $package -Force
    "Packed $package"
}

Build-Module
switch ($Task) {
    'Test' { Test-Module }
    'Package' { New-Package }
}
