#Requires -Version 7.4
<#
.SYNOPSIS
    Measures how many lines of an access log a second go through a PowerShell pipeline, beside tuned scripts, in one run.
.DESCRIPTION
    Each row is the best of some runs over one synthetic log, in this process, after a warm-up over a small one. Build the
    module with ./build.ps1 first.
.EXAMPLE
    ./tests/Benchmarks/Pipeline.ps1
.EXAMPLE
    ./tests/Benchmarks/Pipeline.ps1 -Lines 200000 -Runs 1
#>
[CmdletBinding()]
param(
    # Lines of the log.
    [int] $Lines = 1000000,
    # Runs of each row; the best counts.
    [int] $Runs = 3,
    # Folder of the built module.
    [string] $Module = (Join-Path $PSScriptRoot .. .. out LogAnomaly)
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $Module LogAnomaly.psd1)
$project = Join-Path $PSScriptRoot .. .. src LogAnomaly.Cli
$folder = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
$null = New-Item -ItemType Directory -Path $folder

function New-Log([string] $Name, [int] $Count) {
    $path = Join-Path $folder $Name
    dotnet run -c Release --project $project -- new-log --type access --count $Count --path $path | Out-Null
    if ($LASTEXITCODE -ne 0) {
        throw "The log could not be made: exit code $LASTEXITCODE."
    }

    $path
}

# What people write who know that Get-Content is slow: one pattern, compiled once, and the same fields.
$pattern = '^(?<ip>\S+) \S+ (?<user>\S+) \[(?<time>[^\]]+)\] "(?<method>\S+) (?<url>\S+) [^"]*" (?<status>\d+) (?<size>\S+)' +
    ' "(?<referrer>[^"]*)" "(?<agent>[^"]*)"'
$scripts = [ordered]@{
    'engine | Get-LogLedger'          = { param($path) Get-ApacheLog $path | Get-LogLedger }
    'engine | Out-Null'               = { param($path) Get-ApacheLog $path | Out-Null }
    'engine to a variable'            = { param($path) $read = Get-ApacheLog $path; $null = $read }
    'engine -Match, one line of many' = { param($path) Get-ApacheLog $path -Match 'no such text' | Out-Null }
    'engine -MinimumLevel Error'      = { param($path) Get-ApacheLog $path -MinimumLevel Error | Out-Null }
    'Get-LogLedger -Path (counts)'    = { param($path) Get-LogLedger $path }
    'script: ReadLines and -match'    = {
        param($path)
        $culture = [cultureinfo]::InvariantCulture
        foreach ($line in [System.IO.File]::ReadLines($path)) {
            if ($line -match $pattern) {
                [pscustomobject]@{
                    Timestamp  = [datetimeoffset]::ParseExact($Matches.time, 'dd/MMM/yyyy:HH:mm:ss zzz', $culture)
                    SourceIP   = $Matches.ip
                    UserName   = $Matches.user
                    Method     = $Matches.method
                    Url        = $Matches.url
                    StatusCode = [int]$Matches.status
                    BytesSent  = $Matches.size
                    Referrer   = $Matches.referrer
                    UserAgent  = $Matches.agent
                }
            }
        }
    }
    'script: switch -Regex -File'     = {
        param($path)
        $culture = [cultureinfo]::InvariantCulture
        switch -Regex -File $path {
            $pattern {
                [pscustomobject]@{
                    Timestamp  = [datetimeoffset]::ParseExact($Matches.time, 'dd/MMM/yyyy:HH:mm:ss zzz', $culture)
                    SourceIP   = $Matches.ip
                    UserName   = $Matches.user
                    Method     = $Matches.method
                    Url        = $Matches.url
                    StatusCode = [int]$Matches.status
                    BytesSent  = $Matches.size
                    Referrer   = $Matches.referrer
                    UserAgent  = $Matches.agent
                }
            }
        }
    }
}

try {
    $small = New-Log small.log 20000
    $large = New-Log large.log $Lines
    foreach ($name in $scripts.Keys) {
        # A script gets a tenth of the lines: nobody wants to wait for more, and its speed does not depend on it.
        $isScript = $name.StartsWith('script', [System.StringComparison]::Ordinal)
        $path, $count = $large, $Lines
        if ($isScript) {
            $count = [math]::Max(1, [int]($Lines / 10))
            $path = Join-Path $folder part.log
            [System.IO.File]::WriteAllLines($path, [System.Linq.Enumerable]::Take([System.IO.File]::ReadLines($large), $count))
        }

        & $scripts[$name] $small | Out-Null
        $best = [double]::MaxValue
        foreach ($run in 1..$Runs) {
            [System.GC]::Collect()
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            & $scripts[$name] $path | Out-Null
            $best = [math]::Min($best, $clock.Elapsed.TotalSeconds)
        }

        [pscustomobject]@{
            Pipeline         = $name
            Lines            = $count
            Seconds          = [math]::Round($best, 3)
            'Lines a second' = '{0:N0}' -f ($count / $best)
        }
    }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force
}
