BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $module = (Get-Module LogAnomaly).Path

    # Runs a script that follows files in a session of its own; gives the session, its output so far and the run.
    function Start-Follow([string] $Script) {
        $shell = [powershell]::Create()
        $null = $shell.AddScript("Import-Module '$module'; Set-Location '$TestDrive'; $Script")
        $output = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $nothing.Complete()
        $run = $shell.BeginInvoke($nothing, $output)
        [pscustomobject]@{ Shell = $shell; Output = $output; Run = $run }
    }

    function Wait-Until([scriptblock] $Condition) {
        $clock = [System.Diagnostics.Stopwatch]::StartNew()
        while (-not (& $Condition) -and $clock.Elapsed.TotalMinutes -lt 5) { Start-Sleep -Milliseconds 50 }
        & $Condition
    }
}

Describe 'Tail' {
    It 'gives the last lines of each file' {
        $path = Join-Path $TestDrive tail.log
        Set-Content $path (1..9).ForEach{ Get-AccessLine $_ }
        (Get-ApacheLog $path -Tail 2).UrlPath | Should -Be /page/8, /page/9
        Get-ApacheLog $path -Tail 0 | Should -BeNullOrEmpty
    }
}

Describe 'Wait' {
    BeforeEach { Push-Location $TestDrive; Get-ChildItem $TestDrive -File | Remove-Item }
    AfterEach { Pop-Location }

    It 'sees lines that are added, through rotation, and ends when the pipeline is stopped' {
        Set-Content live.log (Get-AccessLine 1)
        $follow = Start-Follow 'Get-ApacheLog live.log -Wait'
        try {
            Wait-Until { $follow.Output.Count -eq 1 } | Should -BeTrue
            Add-Content live.log (Get-AccessLine 2)
            Wait-Until { $follow.Output.Count -eq 2 } | Should -BeTrue
            Move-Item live.log live.log.1
            Add-Content live.log.1 (Get-AccessLine 3)
            Set-Content live.log (Get-AccessLine 4)
            Wait-Until { $follow.Output.Count -eq 4 } | Should -BeTrue
            # To enumerate the collection would wait for its end.
            (0..3).ForEach{ $follow.Output[$_].UrlPath } | Should -Be /page/1, /page/2, /page/3, /page/4
            $stopping = $follow.Shell.BeginStop($null, $null)
            # A session that did not end would make this wait for ever; it is a limit and no measurement.
            $stopping.AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
            $follow.Shell.InvocationStateInfo.State | Should -Be Stopped
        }
        finally {
            $follow.Shell.Dispose()
        }
    }

    It 'ends when a later command has enough' {
        Set-Content live.log (Get-AccessLine 1), (Get-AccessLine 2)
        (Get-ApacheLog live.log -Wait | Select-Object -First 2).UrlPath | Should -Be /page/1, /page/2
        (Get-ApacheLog live.log -Tail 1 -Wait | Select-Object -First 1).UrlPath | Should -Be /page/2
    }

    It 'waits for a file that does not exist yet' {
        $follow = Start-Follow 'Get-ApacheLog -LiteralPath late.log -Wait | Select-Object -First 1'
        try {
            Start-Sleep -Milliseconds 300
            Set-Content late.log (Get-AccessLine 1)
            Wait-Until { $follow.Run.IsCompleted } | Should -BeTrue
            $follow.Output[0].UrlPath | Should -Be /page/1
        }
        finally {
            $follow.Shell.Dispose()
        }
    }
}

Describe 'CheckpointPath' {
    It 'gives what is new since the last run, through rotation' {
        Push-Location $TestDrive
        try {
            Set-Content kept.log (Get-AccessLine 1), (Get-AccessLine 2)
            (Get-ApacheLog kept.log -CheckpointPath kept.position).UrlPath | Should -Be /page/1, /page/2
            Get-ApacheLog kept.log -CheckpointPath kept.position | Should -BeNullOrEmpty
            Add-Content kept.log (Get-AccessLine 3)
            Move-Item kept.log kept.log.1
            Set-Content kept.log (Get-AccessLine 4)
            (Get-ApacheLog kept.log -CheckpointPath kept.position).UrlPath | Should -Be /page/3, /page/4
            Get-ApacheLog kept.log -CheckpointPath kept.position | Should -BeNullOrEmpty
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Encoding' {
    It 'reads Latin-1 where it is named' {
        $path = Join-Path $TestDrive latin.log
        [System.IO.File]::WriteAllBytes($path, [System.Text.Encoding]::Latin1.GetBytes((Get-ErrorLine 'Grüße') + "`n"))
        (Get-ApacheLog $path -Encoding latin1).Message | Should -Be 'Grüße'
        (Get-ApacheLog $path).Message | Should -Not -Be 'Grüße'
    }

    It 'completes names' {
        $line = 'Get-AuthLog x -Encoding lat'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain latin1
    }
}

Describe 'Rotated sets' {
    It 'come in the order of time, packed ones too' {
        $line = { param($day) "Jan  $day 00:02:30 web1 sshd[1]: Invalid user u$day from 203.0.113.9 port 1" }
        Set-Content (Join-Path $TestDrive auth.log) (& $line 7)
        Set-Content (Join-Path $TestDrive auth.log.1) (& $line 6)
        $file = [System.IO.File]::Create((Join-Path $TestDrive auth.log.2.gz))
        $zip = [System.IO.Compression.GZipStream]::new($file, [System.IO.Compression.CompressionLevel]::Fastest)
        $bytes = [System.Text.Encoding]::UTF8.GetBytes((& $line 5) + "`n")
        $zip.Write($bytes, 0, $bytes.Length)
        $zip.Dispose()
        $file.Dispose()
        $read = Get-AuthLog (Join-Path $TestDrive 'auth.log*') -ReferenceTime 2026-02-01 -TimeZone UTC
        $read.UserName | Should -Be u5, u6, u7
    }
}

Describe 'Get-SystemLog' {
    BeforeAll {
        $syslog = Join-Path $PSScriptRoot .. .. examples data syslog

        # A journalctl that prints two entries and what it was asked for.
        function New-Journal([string] $Body) {
            $folder = Join-Path $TestDrive ([guid]::NewGuid().ToString('N'))
            $null = New-Item -ItemType Directory $folder
            $program = Join-Path $folder journalctl
            Set-Content $program "#!/bin/sh`necho `"`$@`" > '$folder/arguments'`n$Body"
            if (-not $IsWindows) { chmod +x $program }
            $folder
        }

        function Get-Entry([int] $Number) {
            '{"__REALTIME_TIMESTAMP":"176759425000000' + $Number + '","_HOSTNAME":"web1","SYSLOG_IDENTIFIER":"sshd",' +
                '"_PID":"12","PRIORITY":"6","MESSAGE":"Invalid user u' + $Number + ' from 203.0.113.9 port 1"}'
        }

        $path = $env:PATH
    }

    AfterEach { $env:PATH = $path }

    It 'tells what the kernel and the services did' {
        $read = Get-SystemLog $syslog -ReferenceTime 2026-02-01 -TimeZone UTC
        $read | Should -HaveCount 30
        $blocked = $read.Where{ $_.Action -eq 'packet_blocked' }
        $blocked | Should -HaveCount 5
        $blocked[0].SourceIP, $blocked[0].DestinationPort, $blocked[0].Protocol | Should -Be 203.0.113.45, 23, tcp
        $read.Where{ $_.Action -eq 'service_failed' }.ServiceName | Select-Object -First 1 | Should -Be shop.service
    }

    It 'reads paths of the pipeline, though the journal is its default' {
        $syslog | Get-SystemLog -Tail 1 | Should -HaveCount 1
        Get-Item $syslog | Get-SystemLog -Tail 1 | Should -HaveCount 1
    }

    It 'reads the journal through journalctl and hands on what is asked for' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows runs no shell script as journalctl'; return }
        $folder = New-Journal "echo '$(Get-Entry 1)'; echo '$(Get-Entry 2)'"
        $env:PATH = "$folder$([System.IO.Path]::PathSeparator)$env:PATH"
        $read = Get-SystemLog -Unit ssh, cron -Boot 0 -Tail 5 -After 2026-01-01T00:00Z -Before 2027-01-01T00:00Z -LedgerVariable account
        $read.UserName | Should -Be u1, u2
        $read[0].Path | Should -Be '(journal)'
        $account.Format | Should -Be journal-json
        $arguments = Get-Content (Join-Path $folder arguments)
        $arguments | Should -BeLike '*--since=@1767225600*--until=@1798761600*--unit=ssh --unit=cron*--boot=0*--lines=5*'
        $arguments | Should -Not -BeLike '*--follow*'
    }

    It 'follows the journal until a later command has enough' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows runs no shell script as journalctl'; return }
        $folder = New-Journal "echo '$(Get-Entry 1)'; sleep 1; echo '$(Get-Entry 2)'; exec sleep 600"
        $env:PATH = "$folder$([System.IO.Path]::PathSeparator)$env:PATH"
        (Get-SystemLog -Wait | Select-Object -First 2).UserName | Should -Be u1, u2
        Get-Content (Join-Path $folder arguments) | Should -BeLike '*--follow*'
    }

    It 'ends when the pipeline is stopped while the journal is silent' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows runs no shell script as journalctl'; return }
        $folder = New-Journal "echo '$(Get-Entry 1)'; exec sleep 600"
        $env:PATH = "$folder$([System.IO.Path]::PathSeparator)$env:PATH"
        $follow = Start-Follow 'Get-SystemLog -Wait'
        try {
            Wait-Until { $follow.Output.Count -eq 1 } | Should -BeTrue
            $follow.Shell.BeginStop($null, $null).AsyncWaitHandle.WaitOne(10000) | Should -BeTrue
        }
        finally {
            $follow.Shell.Dispose()
        }
    }

    It 'names -Path where there is no journal' {
        $env:PATH = $TestDrive
        $failure = $null
        try { Get-SystemLog } catch { $failure = $_ }
        $failure.FullyQualifiedErrorId | Should -BeLike 'NoJournal,*'
        $failure.Exception.Message | Should -BeLike '*journalctl*-Path*'
    }

    It 'tells what journalctl says when it fails' {
        if ($IsWindows) { Set-ItResult -Skipped -Because 'Windows runs no shell script as journalctl'; return }
        $folder = New-Journal "echo 'no such boot' >&2; exit 3"
        $env:PATH = "$folder$([System.IO.Path]::PathSeparator)$env:PATH"
        Get-SystemLog -Boot -9 -ErrorVariable problems -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $problems[0].Exception.Message | Should -BeLike '*no such boot*'
    }
}
