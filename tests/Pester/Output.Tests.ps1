BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    Push-Location $TestDrive
    Set-Content auth.log (Get-AuthLine), (Get-AuthLine 'Accepted password for anna from 192.0.2.7 port 5 ssh2'), 'nonsense', ''
    Set-Content access.log (Get-AccessLine 1), (Get-AccessLine 2 404)
    Set-Content app.jsonl '{"level":"warn","message":"hi","shop_id":5}', '{"level":"warn","message":"=1+1","other":"=2"}'
    $quiet = @{ WarningAction = 'SilentlyContinue' }
    $firstColumns = 'Timestamp', 'HostName', 'Program', 'ProcessId', 'Level', 'Message'
}

AfterAll { Pop-Location }

Describe 'LedgerVariable' {
    It 'takes the account of each file' {
        $null = Get-LogEvent auth.log, access.log -LedgerVariable account @quiet
        $account | Should -HaveCount 2
        $account[0].LinesRead, $account[0].Parsed, $account[0].Unparsed, $account[0].Skipped | Should -Be 4, 2, 1, 1
    }

    It 'adds to the variable with a plus' {
        $null = Get-LogEvent auth.log -LedgerVariable account @quiet
        $null = Get-LogEvent access.log -LedgerVariable +account @quiet
        $account.Format | Should -Be auth, access
    }

    It 'is set anew without a plus' {
        $null = Get-LogEvent auth.log -LedgerVariable account @quiet
        $null = Get-LogEvent access.log -LedgerVariable account @quiet
        $account.Format | Should -Be access
    }
}

Describe 'Get-LogLedger' {
    It 'gives the account of files that sums exactly' {
        $entries = Get-LogLedger auth.log, access.log
        $entries | Should -HaveCount 2
        foreach ($entry in $entries) {
            $entry.LinesRead | Should -Be ($entry.Parsed + $entry.Unparsed + $entry.Skipped)
            $entry.Bytes | Should -Be (Get-Item $entry.Path).Length
        }

        $entries[0].UnparsedShapes[0].Example | Should -Be nonsense
    }

    It 'counts what filters leave out' {
        (Get-LogLedger access.log -Match page/2).Filtered | Should -Be 1
    }

    It 'gives the account that events and anomalies bring along, once for each source' {
        $entries = Get-LogEvent auth.log, access.log @quiet | Get-LogLedger
        $entries.Format | Should -Be auth, access
        $entries.LinesRead | Should -Be 4, 2
        $entries = Find-LogAnomaly auth.log, access.log -MinimumScore 0 @quiet | Get-LogLedger
        $entries.Format | Should -Be auth, access
    }

    It 'gives an error for a missing file and counts the next one' {
        $entries = Get-LogLedger missing.log, access.log -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        $entries.Format | Should -Be access
    }
}

Describe 'Tables' {
    It 'begin with the same columns for <Name>' -ForEach @(
        @{ Name = 'auth'; Read = { Get-AuthLog auth.log } }
        @{ Name = 'access'; Read = { Get-ApacheLog access.log } }
        @{ Name = 'system'; Read = { Get-SystemLog (Join-Path $PSScriptRoot .. .. examples data syslog) } }
        @{ Name = 'records with values of their own'; Read = { Get-LogEvent app.jsonl } }
        @{ Name = 'unparsed lines'; Read = { 'nonsense' | ConvertTo-LogEvent -Format auth } }
        @{ Name = 'Windows'; Read = { [pscustomobject]@{ Id = 1; ProviderName = 'x'; TimeCreated = [datetime]::Now } | ConvertTo-LogEvent } }
    ) {
        $header = (& $Read 3> $null | ConvertTo-Csv -UseQuotes Never)[0] -split ','
        $header[0..5] | Should -Be $firstColumns
        $header[-4..-1] | Should -Be Kind, Path, LineNumber, TemplateId
    }

    It 'have the fields of the kind after the first columns' {
        Get-AuthLog auth.log @quiet | Export-Csv auth.csv
        $rows = Import-Csv auth.csv
        $rows[0].PSObject.Properties.Name[6..8] | Should -Be Category, Action, Outcome
        $rows[1].UserName, $rows[1].SourceIP, $rows[1].Outcome | Should -Be anna, 192.0.2.7, Success
    }

    It 'hold values of the log itself' {
        (Get-LogEvent app.jsonl | ConvertTo-Csv | ConvertFrom-Csv)[0].shop_id | Should -Be 5
    }

    It 'are the same with -AsRow whatever the first line is' {
        $headers = (Get-AuthLog auth.log -AsRow @quiet), (Get-ApacheLog access.log -AsRow), (Get-LogEvent app.jsonl -AsRow) |
            ForEach-Object { ($_ | ConvertTo-Csv)[0] }
        $headers | Select-Object -Unique | Should -HaveCount 1
        $headers[0].Replace('"', '').Split(',')[0..5] | Should -Be $firstColumns
    }

    It 'hold no formula with -AsRow, and nothing is lost' {
        Set-Content odd.txt '=cmd|x', '+1', '-1', '@SUM(1)', "`tx"
        $rows = @(Get-LogEvent odd.txt -AsRow @quiet) + @(Get-LogEvent app.jsonl -AsRow)
        $cells = ($rows | ConvertTo-Csv | ConvertFrom-Csv).ForEach{ $_.PSObject.Properties.Value }
        $cells.Where{ $_ -match '^[=+\-@\t\r]' } | Should -BeNullOrEmpty
        $rows[0].Message | Should -Be "'=cmd|x"
        ($rows[-1].Properties | ConvertFrom-Json).other | Should -Be '=2'
    }
}

Describe 'JSON' {
    It 'holds the fields of the kind and the values of the log itself' {
        $read = Get-LogEvent app.jsonl | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
        $read[0].Level, $read[0].Message, $read[0].shop_id | Should -Be Warning, hi, 5
        $read = Get-AuthLog auth.log @quiet | ConvertTo-Json -EnumsAsStrings | ConvertFrom-Json
        $read[1].Action, $read[1].Outcome, $read[1].UserName | Should -Be ssh_login, Success, anna
    }
}
