BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $json = '{"time":"2026-01-02T03:04:05Z","level":"warn","msg":"hi","client_ip":"192.0.2.1","user":"anna","shop_id":5}'
    $quiet = @{ WarningAction = 'SilentlyContinue' }

    # What Get-WinEvent gives, by its shape: Linux has no event log.
    function Get-RecordLike([string] $Xml = '') {
        $record = [pscustomobject]@{
            Id = 4625; ProviderName = 'Microsoft-Windows-Security-Auditing'; LogName = 'Security'; RecordId = 77
            MachineName = 'dc1.example'; TimeCreated = ([datetimeoffset]'2026-01-02T03:04:05Z').UtcDateTime; Level = 0
            LevelDisplayName = 'Information'; Keywords = 0x8010000000000000; ProcessId = 640; ThreadId = 700
            UserId = $null; Message = 'An account failed to log on.'
            Properties = @([pscustomobject]@{ Value = 'anna' })
        }
        if ($Xml) {
            $record | Add-Member -MemberType ScriptMethod -Name ToXml -Value ([scriptblock]::Create("'$Xml'"))
        }

        $record
    }

    $eventXml = '<Event xmlns="http://schemas.microsoft.com/win/2004/08/events/event"><System>' +
        '<Provider Name="Microsoft-Windows-Security-Auditing"/><EventID>4625</EventID><Level>0</Level>' +
        '<TimeCreated SystemTime="2026-01-02T03:04:05.0000000Z"/><EventRecordID>77</EventRecordID>' +
        '<Channel>Security</Channel><Computer>dc1.example</Computer></System><EventData>' +
        '<Data Name="TargetUserName">anna</Data><Data Name="TargetDomainName">EXAMPLE</Data>' +
        '<Data Name="LogonType">10</Data><Data Name="IpAddress">192.0.2.7</Data><Data Name="IpPort">50000</Data>' +
        '</EventData></Event>'
}

Describe 'ConvertTo-LogEvent' {
    It 'finds the format of <Name>' -ForEach @(
        @{ Name = 'an access log'; Text = { Get-AccessLine 1 }; Type = 'AccessEvent'; Field = 'UrlPath'; Value = '/page/1' }
        @{ Name = 'an Apache error log'; Text = { Get-ErrorLine }; Type = 'ApacheErrorEvent'; Field = 'ErrorCode'; Value = 'AH00558' }
        @{ Name = 'an auth log'; Text = { Get-AuthLine }; Type = 'AuthEvent'; Field = 'SourceIP'; Value = '203.0.113.9' }
        @{ Name = 'JSON'; Text = { $json }; Type = 'RecordEvent'; Field = 'UserName'; Value = 'anna' }
        @{ Name = 'logfmt'; Text = { 'time=2026-01-02T03:04:05Z level=error msg="no stock" user=anna' }; Type = 'RecordEvent'; Field = 'Message'; Value = 'no stock' }
        @{ Name = 'event XML'; Text = { $eventXml }; Type = 'WindowsEvent'; Field = 'EventId'; Value = 4625 }
    ) {
        $made = & $Text | ConvertTo-LogEvent
        $made | Should -HaveCount 1
        $made | Should -BeOfType "LogAnomaly.$Type"
        $made.$Field | Should -Be $Value
    }

    It 'joins a stack trace that comes line by line to its event' {
        $made = "$(Get-ErrorLine 'AH01071: Got error: uncaught')", '  at shop.Cart.Add()', '  at shop.Main()', (Get-ErrorLine next) |
            ConvertTo-LogEvent
        $made | Should -HaveCount 2
        $made[0].Raw | Should -BeLike '*shop.Main()'
        $made[1].LineNumber | Should -Be 4
    }

    It 'takes a text of several lines as lines' {
        "$json`n$json" | ConvertTo-LogEvent | Should -HaveCount 2
    }

    It 'takes JSON over several lines as one event' {
        '{', '  "level": "error",', '  "message": "boo"', '}' | ConvertTo-LogEvent | ForEach-Object Message | Should -Be boo
    }

    It 'takes objects of ConvertFrom-Json' {
        $made = $json | ConvertFrom-Json | ConvertTo-LogEvent
        $made.Level | Should -Be Warning
        $made.SourceIP | Should -Be 192.0.2.1
        $made.shop_id | Should -Be 5
        $made.Timestamp | Should -Be ([datetimeoffset]'2026-01-02T03:04:05Z')
    }

    It 'takes rows of Import-Csv' {
        Set-Content (Join-Path $TestDrive rows.csv) 'time,level,message,user', '2026-01-02T03:04:05Z,error,boo,anna'
        $made = Import-Csv (Join-Path $TestDrive rows.csv) | ConvertTo-LogEvent
        $made.Level, $made.Message, $made.UserName | Should -Be Error, boo, anna
    }

    It 'takes records of Windows by their shape <Name>' -ForEach @(
        @{ Name = 'with XML'; Make = { Get-RecordLike $eventXml }; Named = $true }
        @{ Name = 'without XML'; Make = { Get-RecordLike }; Named = $false }
        @{ Name = 'deserialised'; Make = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize((Get-RecordLike))) }; Named = $false }
    ) {
        $made = & $Make | ConvertTo-LogEvent
        $made | Should -HaveCount 1
        $made | Should -BeOfType LogAnomaly.WindowsEvent
        $made.EventId, $made.Outcome, $made.HostName | Should -Be 4625, Failure, dc1.example
        $made.Timestamp | Should -Be ([datetimeoffset]'2026-01-02T03:04:05Z')
        $made.Channel | Should -Be Security
        if ($Named) {
            $made.UserName, $made.SourceIP | Should -Be anna, 192.0.2.7
        }
    }

    It 'lets events pass, and filters them as it filters lines' {
        $made = (Get-AccessLine 1), (Get-AccessLine 2 500) | ConvertTo-LogEvent | ConvertTo-LogEvent -MinimumLevel Error
        $made.StatusCode | Should -Be 500
    }

    It 'filters by <Name>' -ForEach @(
        @{ Name = 'SourceIP'; Arguments = @{ SourceIP = '192.0.2.2' }; Lines = 2 }
        @{ Name = 'Match'; Arguments = @{ Match = 'PAGE/3' }; Lines = 3 }
        @{ Name = 'After'; Arguments = @{ After = '2026-01-05T00:00:02Z' }; Lines = 2, 3 }
        @{ Name = 'Before'; Arguments = @{ Before = '2026-01-05T00:00:02Z' }; Lines = 1 }
        @{ Name = 'MinimumLevel'; Arguments = @{ MinimumLevel = 'Error' }; Lines = 3 }
    ) {
        $made = (Get-AccessLine 1), (Get-AccessLine 2), (Get-AccessLine 3 500) | ConvertTo-LogEvent @Arguments
        $made.LineNumber | Should -Be $Lines
    }

    It 'gives an event as soon as its line has come' {
        $seen = [System.Collections.Generic.List[string]]::new()
        (Get-AccessLine 1), (Get-AccessLine 2) | ForEach-Object { $seen.Add('in'); $_ } | ConvertTo-LogEvent |
            ForEach-Object { $seen.Add('out') }
        $seen | Should -Be in, out, in, out
    }

    It 'keeps what it does not know, says how many lines that were, and sums exactly' {
        $made = 'nonsense', '', 'more nonsense' | ConvertTo-LogEvent -LedgerVariable account -WarningVariable warnings @quiet
        $made.Kind | Select-Object -Unique | Should -Be Unparsed
        $warnings[0].Message | Should -BeLike '2 of 3 lines*'
        $account.LinesRead, $account.Parsed, $account.Unparsed, $account.Skipped | Should -Be 3, 0, 2, 1
    }

    It 'takes nothing from nothing' {
        $null, '' | ConvertTo-LogEvent | Should -BeNullOrEmpty
    }

    It 'takes the fields of a pattern, a file, a LogFormat and an ErrorLogFormat' {
        $format = Join-Path $PSScriptRoot .. .. examples data shop.format.json
        ('a 7' | ConvertTo-LogEvent -Pattern '^(?<user>\S+) (?<n>\d+)$').n | Should -Be 7
        ('05.01.2026 07:00:00|W|192.0.2.7|x' | ConvertTo-LogEvent -FormatPath $format).Level | Should -Be Warning
        ('192.0.2.7 404' | ConvertTo-LogEvent -LogFormat '%h %>s').StatusCode | Should -Be 404
        ('192.0.2.7 404' | ConvertTo-LogEvent -LogFormat '$remote_addr $status').StatusCode | Should -Be 404
        ('[error] boo' | ConvertTo-LogEvent -ErrorLogFormat '[%l] %M').Message | Should -Be boo
    }
}

Describe 'Get-LogEvent' {
    BeforeAll {
        Push-Location $TestDrive
        Set-Content app.jsonl $json, $json.Replace('192.0.2.1', '192.0.2.2').Replace('warn', 'error')
    }

    AfterAll { Pop-Location }

    It 'finds the format of each file' {
        Set-Content a.log (Get-AccessLine 1)
        Set-Content b.log (Get-AuthLine)
        (Get-LogEvent a.log, b.log, app.jsonl).Kind | Should -Be Access, Authentication, Record, Record
    }

    It 'takes names of fields' {
        (Get-LogEvent app.jsonl -Property @{ SourceHost = 'shop_id'; UserName = 'msg' }).UserName | Should -Be hi, hi
    }

    It 'gives what has no field as properties of its own' {
        (Get-LogEvent app.jsonl)[0].shop_id | Should -Be 5
    }

    It 'reads a LogFormat of a configuration file beside it' {
        Set-Content nginx.conf 'log_format shop ''$remote_addr|$status'';'
        Set-Content own.txt '192.0.2.7|503'
        (Get-LogEvent own.txt -LogFormat '@nginx.conf:shop').StatusCode | Should -Be 503
        (Get-ApacheLog own.txt -LogFormat '@nginx.conf').StatusCode | Should -Be 503
    }

    It '<Id>: says what is wrong with <Name>' -ForEach @(
        @{ Name = 'two formats'; Id = 'FormatsExclude'; Arguments = @{ Pattern = 'x'; Format = 'json' }; Like = '*exclude each other*' }
        @{ Name = 'two formats of web servers'; Id = 'FormatsExclude'; Arguments = @{ LogFormat = '%h'; ErrorLogFormat = '%M' }; Like = '*exclude each other*' }
        @{ Name = 'an unknown format'; Id = 'UnknownFormat'; Arguments = @{ Format = 'nope' }; Like = "*'nope'*json*" }
        @{ Name = 'a pattern with a fault'; Id = 'BadFormat'; Arguments = @{ Pattern = '(' }; Like = '*(*' }
        @{ Name = 'a pattern with look-around'; Id = 'BadFormat'; Arguments = @{ Pattern = '(?<a>x)(?=y)' }; Like = '*' }
        @{ Name = 'a missing format file'; Id = 'BadFormat'; Arguments = @{ FormatPath = 'missing.json' }; Like = '*missing.json*' }
        @{ Name = 'a LogFormat with a fault'; Id = 'BadFormat'; Arguments = @{ LogFormat = '%{x' }; Like = '*' }
        @{ Name = 'an ErrorLogFormat without a message'; Id = 'BadFormat'; Arguments = @{ ErrorLogFormat = '%t' }; Like = '*%M*' }
        @{ Name = 'an unknown field'; Id = 'UnknownField'; Arguments = @{ Property = @{ Nope = 'x' } }; Like = "*'Nope'*SourceIP*" }
        @{ Name = 'an unknown encoding'; Id = 'UnknownEncoding'; Arguments = @{ Encoding = 'nope' }; Like = "*'nope'*latin1*" }
    ) {
        $failure = $null
        try { Get-LogEvent app.jsonl @Arguments } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -Be "$Id,LogAnomaly.PowerShell.GetLogEventCommand"
        $failure.Exception.Message | Should -BeLike $Like
    }

    It 'completes formats' {
        $line = 'Get-LogEvent x -Format jour'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain journal-json
        $line = 'Get-ApacheLog x -Format ngin'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain nginx-error
    }
}

Describe 'Get-ApacheLog with other servers' {
    It 'reads <Name>' -ForEach @(
        @{ Name = 'an nginx error log'; Lines = '2026/01/05 07:00:00 [error] 12#12: *3 open() "/srv/x" failed (2: No such file or directory), client: 192.0.2.7, server: shop.example, request: "GET /x HTTP/1.1", host: "shop.example"'; Type = 'NginxErrorEvent' }
        @{ Name = 'IIS'; Lines = '#Software: Microsoft Internet Information Services 10.0', '#Fields: date time c-ip cs-method cs-uri-stem sc-status', '2026-01-05 07:00:00 192.0.2.7 GET /x 404'; Type = 'AccessEvent' }
        @{ Name = 'JSON'; Lines = '{"time":"2026-01-05T07:00:00Z","remote_addr":"192.0.2.7","request":"GET /x HTTP/1.1","status":404}'; Type = 'AccessEvent' }
    ) {
        $path = Join-Path $TestDrive web.log
        Set-Content $path $Lines
        $made = Get-ApacheLog $path
        $made | Should -HaveCount 1
        $made | Should -BeOfType "LogAnomaly.$Type"
        $made.SourceIP | Should -Be 192.0.2.7
    }

    It 'names the formats that it has where it has none' {
        { Get-ApacheLog x.log -Format auth } | Should -Throw -ExpectedMessage '*nginx-error*Get-LogEvent*'
    }
}

Describe 'Test-LogFormat' {
    It 'says of each line whether it matches, and why not' {
        $lines = 'anna 12', 'luca x' | Test-LogFormat -Pattern '^(?<user>\S+) (?<count>\d+)$'
        $lines.IsMatch | Should -Be $true, $false
        $lines[0].Event.UserName | Should -Be anna
        $lines[0].Reason | Should -BeNullOrEmpty
        $lines[1].Event | Should -BeNullOrEmpty
        $lines[1].Reason | Should -BeLike "*count*'x'*"
    }

    It 'gives the failed lines only, of files' {
        Set-Content (Join-Path $TestDrive mixed.log) (Get-AccessLine 1), 'nonsense', (Get-AccessLine 2)
        $failed = Test-LogFormat -Path (Join-Path $TestDrive mixed.log) -Format access -FailedOnly -Verbose 4>&1
        $failed[0].LineNumber | Should -Be 2
        $failed[0].Reason | Should -Not -BeNullOrEmpty
        $failed[1].Message | Should -Be '3 lines = 2 matched + 1 not matched + 0 skipped'
    }

    It 'tries a format string of a web server' {
        $lines = '192.0.2.7 404', 'x y' | Test-LogFormat -LogFormat '%h %>s'
        $lines.IsMatch | Should -Be $true, $false
    }

    It 'wants a format' {
        { 'x' | Test-LogFormat } | Should -Throw -ExpectedMessage '*-Pattern*' -ErrorId 'NoFormat,*'
    }

    It 'gives the fault of a format file with its place' {
        $path = Join-Path $TestDrive bad.json
        Set-Content $path '{ "name": "x", "pattern": "^(?<level>\\w+)$", "samples": ["a b"] }'
        { 'x' | Test-LogFormat -FormatPath $path } | Should -Throw -ExpectedMessage '*samples*'
    }
}
