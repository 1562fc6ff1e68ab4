BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $log = Join-Path $TestDrive auth.log
    $guesses = foreach ($i in 0..9) {
        "Jan  5 00:02:3$i web1 sshd[$(100 + $i)]: Failed password for root from 203.0.113.9 port 26616 ssh2"
    }
    Set-Content $log $guesses
}

Describe 'Suppressions' {
    BeforeEach {
        $file = Join-Path $TestDrive "$([guid]::NewGuid()).json"
    }

    It 'are added to a file that can be read again, and end after 90 days' {
        $made = New-LogSuppression SSH-* -SourceIP 203.0.113.0/24 -Because scanner -Ticket X-1 -Path $file -PassThru
        $made.Id | Should -Match '^S-[0-9a-f]{8}$'
        ($made.Until - [datetimeoffset]::Now).TotalDays | Should -BeGreaterThan 89.9
        New-LogSuppression -Field @{ 'log.file.path' = '/srv/*'; Title = 'a', 'b' } -NoExpiry -Because test -Path $file |
            Should -BeNullOrEmpty
        $all = @(Get-LogSuppression $file)
        $all.Id[0] | Should -Be $made.Id
        $all[0].CreatedBy | Should -Not -BeNullOrEmpty
        $all[1].Until | Should -BeNullOrEmpty
        $all[1].Fields.Title | Should -Be @('a', 'b')
        @(Get-LogSuppression $file -Active) | Should -HaveCount 2
        @(Get-LogSuppression $file -Expired) | Should -HaveCount 0
        @(Get-Content $file -Raw | ConvertFrom-Json) | Should -HaveCount 2
    }

    It 'write nothing with -WhatIf' {
        New-LogSuppression SSH-01 -Because test -Path $file -WhatIf
        Test-Path $file | Should -BeFalse
    }

    It 'that would hide everything, or nothing, are refused' {
        { New-LogSuppression -Because all -Path $file -ErrorAction Stop } | Should -Throw -ErrorId 'BadSuppression,*'
        { New-LogSuppression X -SourceIP 10.0.0.0/99 -Because net -Path $file -ErrorAction Stop } |
            Should -Throw -ErrorId 'BadSuppression,*'
        { New-LogSuppression X -Because late -Until 2020-01-01 -Path $file } | Should -Throw -ErrorId 'AlreadyExpired,*'
        { New-LogSuppression X -Because both -Until 2120-01-01 -NoExpiry -Path $file } |
            Should -Throw -ErrorId 'ExpiryExcludes,*'
        Test-Path $file | Should -BeFalse
    }

    It 'hide findings, count them and show them' {
        $before = @(Find-LogAnomaly $log -Detector Rules)
        $before.RuleId | Should -Contain SSH-01
        New-LogSuppression SSH-* -SourceIP 203.0.113.0/24 -Because scanner -Path $file
        New-LogSuppression WEB-* -Because dead -Path $file
        $after = @(Find-LogAnomaly $log -Detector Rules -SuppressionPath $file -WarningVariable told -WarningAction SilentlyContinue)
        $after.Count | Should -Be ($before.RuleId -notlike 'SSH-*').Count
        "$told" | Should -Match 'hidden by suppressions'
        $uses = @(Test-LogSuppression $log -SuppressionPath $file)
        $uses.State | Should -Be @('Active', 'Dead')
        $uses[0].Hidden | Should -Be ($before.RuleId -like 'SSH-*').Count
        $uses[0].Examples[0].RuleId | Should -BeLike SSH-*
    }

    It 'are made of a finding: its rule and whom it is about' {
        $finding = Find-LogAnomaly $log -Detector Rules | Where-Object RuleId -EQ SSH-01
        $made = $finding | New-LogSuppression -Because known -Path $file -PassThru
        $made.RuleId | Should -Be SSH-01
        @($made.Fields.Values)[0] | Should -Be 203.0.113.9
        $left = Find-LogAnomaly $log -Detector Rules -SuppressionPath $file -WarningAction SilentlyContinue
        $left.RuleId | Should -Not -Contain SSH-01
    }

    It 'with a fault end the command with file and line' {
        Set-Content $file "[`n{ `"Id`": 7 }]"
        { Find-LogAnomaly $log -SuppressionPath $file } | Should -Throw -ErrorId 'BadSuppressionFile,*' -ExpectedMessage '*line 2*'
        { Get-LogSuppression $file } | Should -Throw -ErrorId 'BadSuppressionFile,*'
        { New-LogSuppression X -Because y -Path $file } | Should -Throw -ErrorId 'BadSuppressionFile,*'
    }
}

Describe 'Get-LogSession' {
    It 'tells of a source, by files and through the pipeline alike' {
        $session = @(Get-LogSession $log -TimeZone UTC)
        $session | Should -HaveCount 1
        $session.Entity | Should -Be 203.0.113.9
        $session.Failures | Should -Be 10
        $session.Story | Should -BeLike '203.0.113.9 tried 10 passwords on the account root*It never got in.*'
        $session.RuleIds | Should -Contain SSH-01
        (Get-AuthLog $log -TimeZone UTC | Get-LogSession | ConvertTo-Json -Depth 4) | Should -Be ($session | ConvertTo-Json -Depth 4)
    }

    It 'gives a command that shows the lines' {
        $session = Get-LogSession $log -TimeZone UTC
        @(Invoke-Expression "$($session.LinesCommand) -TimeZone UTC") | Should -HaveCount 10
    }

    It 'tells of a user or a host when asked for one' {
        (Get-LogSession $log -UserName root).By | Should -Be User
        (Get-LogSession $log -HostName web1).By | Should -Be Host
        @(Get-LogSession $log -UserName anna) | Should -HaveCount 0
        (Get-LogSession $log -By Source -UserName root).Entity | Should -Be 203.0.113.9
    }

    It 'leaves quiet sources out unless all are asked for' {
        $quiet = Join-Path $TestDrive quiet.log
        Set-Content $quiet (Get-AuthLine 'Accepted password for anna from 192.0.2.1 port 5 ssh2')
        @(Get-LogSession $quiet) | Should -HaveCount 0
        @(Get-LogSession $quiet -All) | Should -HaveCount 1
    }
}
