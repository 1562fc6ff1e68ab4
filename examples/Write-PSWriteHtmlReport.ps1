#Requires -Version 7.4
#Requires -Modules PSWriteHTML
<#
.SYNOPSIS
    Writes two pages of one log: ours, and one that PSWriteHTML builds from the same objects.
.DESCRIPTION
    Findings, measurements and templates are typed objects, so any module that shows objects can show them. PSWriteHTML is
    the choice where a report needs a house style or stands beside other tables.
#>
[CmdletBinding()]
[OutputType([System.IO.FileInfo])]
param(
    # Folder for the pages.
    [string] $OutputFolder = '.',
    # Logs to read; by default a sample beside this script.
    [string[]] $LogPath = (Join-Path $PSScriptRoot data auth.log)
)

$ErrorActionPreference = 'Stop'
if (-not (Get-Module LogAnomaly)) {
    # The installed module, else the one that ./build.ps1 makes.
    Import-Module ((Get-Module LogAnomaly -ListAvailable) ? 'LogAnomaly' : (Join-Path $PSScriptRoot .. out LogAnomaly))
}

$OutputFolder = Convert-Path $OutputFolder
$title = "Logs of $(Get-Date -Format D)"

# Our page: the whole log is on it, whatever was found.
Export-LogDashboard (Join-Path $OutputFolder dashboard.html) -LogPath $LogPath -Title $title -Force -PassThru

# The same findings as a table and two charts of PSWriteHTML. A table holds all its rows, so the worst hundred will do.
$findings = @(Find-LogAnomaly -Path $LogPath)
$measured = Measure-Log -Path $LogPath
$worst = $findings | Select-Object -First 100 Severity, Score, Timestamp, Title, Entity, Count,
    @{ Name = 'Reason'; Expression = { $_.Reasons[0].Sentence } }
$page = Join-Path $OutputFolder pswritehtml.html
New-HTML -TitleText $title -FilePath $page {
    New-HTMLSection -HeaderText "Findings: $($findings.Count)" {
        New-HTMLTable -DataTable $worst -HideFooter {
            New-HTMLTableCondition -Name Severity -Value Critical -BackgroundColor Maroon -Color White
            New-HTMLTableCondition -Name Severity -Value High -BackgroundColor OrangeRed -Color White
        }
    }
    New-HTMLSection -HeaderText 'The log' {
        New-HTMLChart -Title 'Findings by severity' {
            foreach ($group in $findings | Group-Object Severity) {
                New-ChartBar -Name $group.Name -Value $group.Count
            }
        }
        New-HTMLChart -Title 'Events by hour of the day' {
            New-ChartAxisX -Name $measured.Hours.Name
            # ForEach, because .Count would be the number of hours.
            New-ChartLine -Name Events -Value $measured.Hours.ForEach('Count')
            New-ChartLine -Name Errors -Value $measured.Hours.ForEach('Errors')
        }
    }
    New-HTMLSection -HeaderText 'Sources of failed logins' {
        New-HTMLTable -HideFooter -DataTable @($measured.Logins |
                Select-Object SourceIP, Failed, Accepted, Users, AcceptedUser, FirstSeen, LastSeen)
    }
}

Get-Item $page
