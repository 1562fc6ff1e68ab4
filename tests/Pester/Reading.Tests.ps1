BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
}

Describe 'Get-ApacheLog' {
    It 'tells error and access logs apart file by file' {
        Set-Content (Join-Path $TestDrive e.log) (Get-ErrorLine)
        Set-Content (Join-Path $TestDrive a.log) (Get-AccessLine 1)
        $events = Get-ApacheLog (Join-Path $TestDrive a.log), (Join-Path $TestDrive e.log)
        $events.Kind | Should -Be Access, ApacheError
        $events[0] | Should -BeOfType LogAnomaly.AccessEvent
        $events[1] | Should -BeOfType LogAnomaly.ApacheErrorEvent
    }

    It 'does not read an auth log as one' {
        $path = Join-Path $TestDrive auth-like.log
        Set-Content $path (@(Get-AuthLine) * 3)
        $events = Get-ApacheLog $path -WarningVariable warnings -WarningAction SilentlyContinue
        $events.Kind | Select-Object -Unique | Should -Be Unparsed
        $events | Should -HaveCount 3
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '3 of 3 lines*'
    }

    It 'keeps every line of a file that is mixed, in its order' {
        $path = Join-Path $TestDrive mixed.log
        Set-Content $path (Get-AccessLine 1), 'nonsense', (Get-AccessLine 2)
        $events = Get-ApacheLog $path -Format Access -WarningAction SilentlyContinue
        $events.LineNumber | Should -Be 1, 2, 3
        $events[1].Kind | Should -Be Unparsed
        $events[1].Raw | Should -Be nonsense
    }

    It 'filters in the engine by <Name>' -ForEach @(
        @{ Name = 'MinimumLevel'; Arguments = @{ MinimumLevel = 'Error' }; Lines = 3 }
        @{ Name = 'SourceIP'; Arguments = @{ SourceIP = '192.0.2.1', '192.0.2.2' }; Lines = 1, 2 }
        @{ Name = 'Match'; Arguments = @{ Match = 'PAGE/2' }; Lines = 2 }
        @{ Name = 'After'; Arguments = @{ After = '2026-01-05T00:00:02Z' }; Lines = 2, 3 }
        @{ Name = 'Before'; Arguments = @{ Before = '2026-01-05T00:00:02Z' }; Lines = 1 }
    ) {
        $path = Join-Path $TestDrive filter.log
        Set-Content $path (Get-AccessLine 1), (Get-AccessLine 2), (Get-AccessLine 3 500)
        (Get-ApacheLog $path @Arguments).LineNumber | Should -Be $Lines
    }
}

Describe 'Get-AuthLog' {
    It 'takes year and zone from the parameters' {
        $path = Join-Path $TestDrive auth.log
        Set-Content $path (Get-AuthLine)
        $read = Get-AuthLog $path -ReferenceTime 2024-03-01 -TimeZone +02:00
        $read.Timestamp | Should -Be ([datetimeoffset]'2024-01-05T00:02:30+02:00')
        $read | Should -BeOfType LogAnomaly.AuthEvent
        $read.SourceIP | Should -Be 203.0.113.9
    }

    It 'takes a zone by its id' {
        $path = Join-Path $TestDrive zone.log
        Set-Content $path (Get-AuthLine)
        (Get-AuthLog $path -ReferenceTime 2024-03-01 -TimeZone UTC).Timestamp.Offset | Should -Be ([timespan]::Zero)
    }

    It 'says what a zone may be when it knows none' {
        { Get-AuthLog x.log -TimeZone Nowhere/Else } | Should -Throw -ExpectedMessage '*no time zone*Europe/Berlin*'
    }

    It 'completes zones' {
        $line = 'Get-AuthLog x -TimeZone ut'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain UTC
    }
}

Describe 'Paths' {
    BeforeAll {
        Push-Location $TestDrive
        Set-Content one.log (Get-AccessLine 1)
        Set-Content two.log (Get-AccessLine 2)
        Set-Content -LiteralPath 'br[1].log' (Get-AccessLine 3)
        $null = New-Item -ItemType Directory folder.log
    }

    AfterAll { Pop-Location }

    It 'are relative to the location of the session' {
        (Get-ApacheLog one.log).UrlPath | Should -Be /page/1
    }

    It 'may hold wildcards, and folders among the matches are passed over' {
        $read = Get-ApacheLog *.log -ErrorVariable problems
        $read | Should -HaveCount 3
        $problems | Should -BeNullOrEmpty
    }

    It 'are taken as they are by -LiteralPath' {
        (Get-ApacheLog -LiteralPath 'br[1].log').UrlPath | Should -Be /page/3
    }

    It 'come from Get-ChildItem, brackets and all' {
        (Get-ChildItem *.log -File | Get-ApacheLog).UrlPath | Sort-Object | Should -Be /page/1, /page/2, /page/3
        (Get-Item -LiteralPath 'br[1].log' | Find-LogAnomaly -MinimumScore 0) | Should -HaveCount 1
    }

    It 'come as strings through the pipeline' {
        ('one.log', 'two.log' | Get-ApacheLog) | Should -HaveCount 2
    }

    It 'say which provider they are of where it is not the file system' {
        $null = Get-ApacheLog -LiteralPath env:HOME -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems.FullyQualifiedErrorId | Should -BeLike 'NotFileSystem,*'
    }
}

Describe 'Bad input' {
    BeforeAll { $good = Join-Path $TestDrive good.log; Set-Content $good (Get-AccessLine 1) }

    It '<Id>: gives an error for <Name> and reads the next file' -ForEach @(
        @{ Name = 'a missing file'; Id = 'FileNotFound'; Path = 'missing.log' }
        @{ Name = 'a pattern without a match'; Id = 'FileNotFound'; Path = 'nothing*.log' }
        @{ Name = 'a directory'; Id = 'PathIsDirectory'; Path = '.' }
    ) {
        $files = (Join-Path $TestDrive $Path), $good
        $events = Get-ApacheLog $files -ErrorVariable problems -ErrorAction SilentlyContinue
        $events | Should -HaveCount 1
        $problems | Should -HaveCount 1
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $problems[0].TargetObject | Should -Not -BeNullOrEmpty
    }

    It 'says that lines are no paths and writes their control characters out' {
        $lines = "`e[31mred [05/Jan/2026:x] `a", "$([char]0x9B)2J", "a`e]0;x[1"
        $null = $lines | Get-ApacheLog -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems | Should -HaveCount 3
        $problems[0].TargetObject | Should -BeExactly $lines[0]
        $problems[0].Exception.Message | Should -BeLike '*pipeline takes paths*'
        $shown = $problems.ForEach{ $_.Exception.Message; $_.CategoryInfo.ToString() }
        $shown -match '[\x00-\x1F\x7F-\x9F]' | Should -BeNullOrEmpty
        $shown -match '\\x1b' | Should -HaveCount 4
    }

    It 'writes the control characters of file names out, in warnings and verbose texts' {
        if ($IsWindows) {
            Set-ItResult -Skipped -Because 'Windows has no control characters in names of files'
            return
        }

        $path = Join-Path $TestDrive "a`e7.log"
        Set-Content -LiteralPath $path (Get-AccessLine 1), nonsense
        $shown = @(Get-ApacheLog -LiteralPath $path -Verbose 3>&1 4>&1).Where{ $_ -isnot [LogAnomaly.LogEvent] }
        $shown.Count | Should -BeGreaterOrEqual 2
        $shown.Message -match "`e" | Should -BeNullOrEmpty
        $shown.Message -match '\\x1b' | Should -HaveCount $shown.Count
    }

    It 'gives an error for a file that may not be read' {
        if ($IsWindows -or [System.Environment]::UserName -eq 'root') {
            Set-ItResult -Skipped -Because 'root and Windows read files without the right of reading'
            return
        }

        $path = Join-Path $TestDrive locked.log
        Set-Content $path x
        chmod 000 $path
        $null = Get-ApacheLog $path -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileAccessDenied,*'
    }

    It 'reads nothing from an empty file, without an error' {
        $path = Join-Path $TestDrive empty.log
        [System.IO.File]::WriteAllBytes($path, @())
        $read = Get-ApacheLog $path -ErrorVariable problems -WarningVariable warnings
        $read | Should -BeNullOrEmpty
        $problems + $warnings | Should -BeNullOrEmpty
    }

    It 'keeps what a truncated gzip holds and says where it ended' {
        $path = Join-Path $TestDrive cut.log.gz
        $random = [random]::new(1)
        $text = [System.Text.Encoding]::UTF8.GetBytes(
            ((1..4000).ForEach({ (Get-AccessLine $_).Replace('test/1.0', $random.Next()) }) -join "`n") + "`n")
        $memory = [System.IO.MemoryStream]::new()
        $zip = [System.IO.Compression.GZipStream]::new($memory, [System.IO.Compression.CompressionLevel]::Fastest)
        $zip.Write($text, 0, $text.Length)
        $zip.Dispose()
        $bytes = $memory.ToArray()
        [System.IO.File]::WriteAllBytes($path, $bytes[0..[int]($bytes.Length / 2)])
        $quiet = @{ ErrorAction = 'SilentlyContinue'; WarningAction = 'SilentlyContinue' }
        $events = Get-ApacheLog $path -ErrorVariable problems @quiet
        $events.Count | Should -BeGreaterThan 100
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'ReadingEndedEarly,*'
    }

    It 'keeps every line of binary data' {
        $path = Join-Path $TestDrive binary.log
        $bytes = [byte[]]::new(100000)
        [random]::new(1).NextBytes($bytes)
        $bytes[0] = 0x41
        [System.IO.File]::WriteAllBytes($path, $bytes)
        $events = @(Get-AuthLog $path -WarningAction SilentlyContinue)
        $ends = $bytes.Where{ $_ -eq 10 }.Count + ($bytes[-1] -ne 10)
        $events.Count | Should -BeLessOrEqual $ends
        $events[-1].LineNumber | Should -Be $ends
    }

    It 'reads <Name> and the line after it' -ForEach @(
        @{ Name = 'a line of 1 MB'; Bytes = [byte[]](@(0x78) * 1MB) }
        @{ Name = 'NUL bytes'; Bytes = [byte[]](@(0) * 20) }
        @{ Name = 'invalid UTF-8'; Bytes = [byte[]](0xC3, 0x28, 0xFF, 0xFE, 0x80) }
    ) {
        $path = Join-Path $TestDrive odd.log
        $line = [System.Text.Encoding]::UTF8.GetBytes("$(Get-AccessLine 1)`n")
        [System.IO.File]::WriteAllBytes($path, $line + $Bytes + [byte[]]@(10) + $line)
        $events = Get-ApacheLog $path -WarningAction SilentlyContinue
        $events | Should -HaveCount 3
        $events[1].Kind | Should -Be Unparsed
        $events[1].Raw.Length | Should -BeGreaterThan 0
        $events[2].Kind | Should -Be Access
    }
}

Describe 'Laziness' {
    It 'reads a few kilobytes for Select-Object -First 3' {
        # The writer of the pipe offers 8 KiB at a time and counts what is taken.
        if ($IsWindows) {
            Set-ItResult -Skipped -Because 'Windows has no named pipes among files'
            return
        }

        $path = Join-Path $TestDrive pipe
        mkfifo $path
        $writer = [powershell]::Create().AddScript({
            param($path, $line)
            $stream = [System.IO.FileStream]::new($path, 'Open', 'Write', 'ReadWrite', 0)
            $bytes = [System.Text.Encoding]::UTF8.GetBytes(($line + "`n") * 20)
            $written = 0
            try {
                while ($written -lt 50MB) { $stream.Write($bytes, 0, $bytes.Length); $written += $bytes.Length }
            }
            catch [System.IO.IOException] { $null = $_ }
            finally { try { $stream.Dispose() } catch [System.IO.IOException] { $null = $_ } }
            $written
        }).AddArgument($path).AddArgument((Get-AccessLine 1))
        $running = $writer.BeginInvoke()
        try {
            $events = Get-ApacheLog $path | Select-Object -First 3
            $events | Should -HaveCount 3
            $written = $writer.EndInvoke($running)[0]
            # What the pipe itself holds (64 KiB) counts as written, though nobody read it.
            $written | Should -BeLessThan 200KB
        }
        finally {
            $writer.Dispose()
        }
    }

    It 'stops when the pipeline is stopped' {
        $path = Join-Path $TestDrive long.log
        New-SyntheticLog Access -Count 300000 -Path $path -Force
        $reader = [powershell]::Create().AddScript({
            param($module, $path)
            Import-Module $module
            while ($true) { Get-ApacheLog $path | Out-Null }
        }).AddArgument((Get-Module LogAnomaly).Path).AddArgument($path)
        $running = $reader.BeginInvoke()
        Start-Sleep -Milliseconds 1500
        $reader.InvocationStateInfo.State | Should -Be Running
        $reader.Stop()
        $reader.InvocationStateInfo.State | Should -Be Stopped
        $running.IsCompleted | Should -BeTrue
        $reader.Dispose()
    }

    It 'shows progress for long readings' {
        $path = Join-Path $TestDrive long.log
        $reader = [powershell]::Create().AddScript({
            param($module, $path)
            $ProgressPreference = 'Continue'
            Import-Module $module
            1..5 | ForEach-Object { Get-ApacheLog $path } | Out-Null
        }).AddArgument((Get-Module LogAnomaly).Path).AddArgument($path)
        $null = $reader.Invoke()
        $records = $reader.Streams.Progress.Where{ $_.Activity -eq 'Reading logs' }
        $records.Count | Should -BeGreaterThan 0
        $records[-1].RecordType | Should -Be Completed
        $records.Where{ $_.RecordType -eq 'Processing' }.PercentComplete | ForEach-Object { $_ | Should -BeIn (0..100) }
        $reader.Dispose()
    }
}
