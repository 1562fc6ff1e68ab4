BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $PSStyle.OutputRendering = 'PlainText'
    $access = Join-Path $TestDrive access.log
    Set-Content $access (@(1..40).ForEach{ Get-AccessLine $_ } + (Get-AccessLine 41 404) + (Get-AccessLine 42 500))
    $auth = Join-Path $TestDrive auth.log
    Set-Content $auth @(
        (Get-AuthLine 'Failed password for anna from 203.0.113.9 port 26616 ssh2')
        (Get-AuthLine 'Failed password for anna from 203.0.113.9 port 26617 ssh2').Replace('12784', '12785')
        (Get-AuthLine 'Accepted password for anna from 203.0.113.9 port 26618 ssh2').Replace('12784', '12786')
    )
}

Describe 'Measure-Log' {
    It 'counts events, errors and failures' {
        $measured = Measure-Log $access
        $measured.EventCount, $measured.ErrorCount, $measured.FailureCount | Should -Be 42, 1, 2
        $measured.StatusClasses.Name | Should -Be 2xx, 4xx, 5xx
        $measured.Hours | Should -HaveCount 24
        $measured.Days.Name[0] | Should -Be Monday
    }

    It 'gives the same numbers for events and for files' {
        $fromEvents = Get-ApacheLog $access | Measure-Log | ConvertTo-Json -Depth 4
        $fromEvents | Should -Be (Measure-Log -LiteralPath $access | ConvertTo-Json -Depth 4)
    }

    It 'says who got in after failures' {
        $login = (Measure-Log $auth -ReferenceTime 2026-02-01).Logins
        $login.SourceIP, $login.Failed, $login.Accepted, $login.FailuresBefore | Should -Be 203.0.113.9, 2, 1, 2
        $login.FailedThenAccepted | Should -BeTrue
    }

    It 'reads as a report of at most 100 columns' {
        $lines = (Measure-Log $access | Out-String -Width 200) -split '\r?\n'
        ($lines.Length | Measure-Object -Maximum).Maximum | Should -BeLessOrEqual 100
        $lines[0..2] -join ' ' | Should -Match 'Events +42'
    }

    It 'gives a row for each group, with its values as properties' {
        $groups = Measure-Log $access -GroupBy StatusCode, Method
        $groups.Count | Should -Be 3
        $groups[0].StatusCode, $groups[0].Method, $groups[0].Count | Should -Be '200', 'GET', 40
        ($groups | Measure-Object Share -Sum).Sum | Should -BeGreaterThan 0.999
    }

    It 'gives a row for each interval, and with groups for each group in it' {
        (Measure-Log $access -Interval 00:00:10).Count | Should -Be 5
        $both = Measure-Log $access -Interval 00:00:10 -GroupBy Method
        $both | Should -HaveCount 5
        $both[0].Start | Should -Be ([datetimeoffset]'2026-01-05T00:00:00Z')
    }

    It 'warns of a field that no event has' {
        $null = Measure-Log $access -GroupBy SoruceIP -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings | Should -BeLike "*SoruceIP*"
    }

    It 'refuses an interval of no length' {
        { Measure-Log $access -Interval 0 } | Should -Throw -ErrorId 'IntervalNotPositive*'
    }
}

Describe 'Get-LogTemplate' {
    It 'gives templates with share and rate, the most frequent first' {
        $templates = Get-LogTemplate $auth -ReferenceTime 2026-02-01
        $templates[0].Count | Should -Be 2
        $templates[0].Template | Should -Be $templates[0].Text
        ($templates | Measure-Object Share -Sum).Sum | Should -BeGreaterThan 0.999
    }

    It 'keeps what is frequent enough' {
        Get-LogTemplate $auth -MinimumCount 2 | Should -HaveCount 1
    }

    It 'says what is new, gone and the same' {
        $new = Join-Path $TestDrive new.log
        Set-Content $new ((Get-Content $auth)[0, 1] + (Get-AuthLine 'error: kex_exchange_identification: banner line contains invalid characters'))
        $changes = Get-LogTemplate $new -Diff $auth
        $changes.State | Should -Be New, Gone, Same
        $changes[0].Template | Should -BeLike '*kex_exchange*'
        $changes[1].ReferenceCount, $changes[1].Count | Should -Be 1, 0
        (Get-AuthLog $new | Get-LogTemplate -Diff $auth).State | Should -Be New, Gone, Same
    }
}

Describe 'ConvertTo-LogFeature by session' {
    It 'takes the lines of one ssh process together' {
        $rows = Get-AuthLog $auth -ReferenceTime 2026-02-01 | ConvertTo-LogFeature -By Session
        $rows.Key | Should -Be 'web1 sshd[12784]', 'web1 sshd[12785]', 'web1 sshd[12786]'
    }

    It 'has as many terms as asked for at the most' {
        $row = Get-AuthLog $auth | ConvertTo-LogFeature -Term 2 | Select-Object -First 1
        @($row.Values.Keys.Where{ $_ -like 'Term:*' }).Count | Should -Be 2
        @((Get-AuthLog $auth | ConvertTo-LogFeature -Term 0)[0].Values.Keys.Where{ $_ -like 'Term:*' }).Count | Should -Be 0
    }
}
