@{
    RootModule             = 'LogAnomaly.PowerShell.dll'
    ModuleVersion          = '0.1.0'
    GUID                   = '8d1f6c52-6b0e-4a57-9a44-0c7f1d5f3b29'
    Author                 = 'The LogAnomaly authors'
    Copyright              = '(c) The LogAnomaly authors. MIT licence.'
    Description            = 'Turns the logs of Linux, web servers, applications and Windows into objects, finds what is wrong in them, says why, and shows it.'
    PowerShellVersion      = '7.4'
    CompatiblePSEditions   = @('Core')
    FormatsToProcess       = @('LogAnomaly.format.ps1xml')
    TypesToProcess         = @('LogAnomaly.types.ps1xml')
    CmdletsToExport        = @(
        'Compare-Log'
        'ConvertTo-LogEvent'
        'ConvertTo-LogFeature'
        'Export-LogBaseline'
        'Export-LogDashboard'
        'Find-LogAnomaly'
        'Get-ApacheLog'
        'Get-AuthLog'
        'Get-LogEvent'
        'Get-LogLedger'
        'Get-LogRule'
        'Get-LogSession'
        'Get-LogSuppression'
        'Get-LogTemplate'
        'Get-SystemLog'
        'Import-LogBaseline'
        'Measure-Log'
        'Measure-LogDetector'
        'New-LogBaseline'
        'New-LogSuppression'
        'New-SyntheticLog'
        'Set-LogVerdict'
        'Test-LogFormat'
        'Test-LogRule'
        'Test-LogSuppression'
    )
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    PrivateData            = @{
        PSData = @{
            Tags         = @('log', 'anomaly', 'security', 'apache', 'nginx', 'auth', 'sshd', 'syslog', 'journal', 'iis', 'json', 'eventlog', 'Linux', 'Windows', 'MacOS')
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'See CHANGELOG.md.'
        }
    }
}
