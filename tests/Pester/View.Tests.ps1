BeforeDiscovery {
    $kinds = @(
        @{ Name = 'ApacheErrorEvent'; Make = { Get-ApacheLog (Join-Path $TestDrive e.log) } }
        @{ Name = 'AccessEvent'; Make = { Get-ApacheLog (Join-Path $TestDrive a.log) } }
        @{ Name = 'AuthEvent'; Make = { Get-AuthLog (Join-Path $TestDrive s.log) } }
        @{ Name = 'LogEvent'; Make = { Get-AuthLog (Join-Path $TestDrive u.log) -WarningAction SilentlyContinue } }
        @{ Name = 'NginxErrorEvent'; Make = { Get-ApacheLog (Join-Path $TestDrive n.log) } }
        @{ Name = 'SystemEvent'; Make = { Get-SystemLog (Join-Path $TestDrive k.log) } }
        @{ Name = 'RecordEvent'; Make = { Get-LogEvent (Join-Path $TestDrive j.log) } }
        @{ Name = 'WindowsEvent'; Make = { $record | ConvertTo-LogEvent } }
        @{ Name = 'Parsing.FormatTestLine'; Make = { Test-LogFormat -Path (Join-Path $TestDrive u.log) -Format auth } }
        @{ Name = 'Rules.LogRule'; Make = { Get-LogRule EVIL -Path (Join-Path $TestDrive evil.yml) } }
        @{ Name = 'UnparsedShape'; Make = { (Get-LogLedger (Join-Path $TestDrive u.log)).UnparsedShapes } }
        @{ Name = 'Anomaly'; Make = { Find-LogAnomaly (Join-Path $TestDrive e.log) -MinimumScore 0 } }
        @{ Name = 'Reason'; Make = { (Find-LogAnomaly (Join-Path $TestDrive e.log) -MinimumScore 0).Reasons } }
        @{ Name = 'Evidence'; Make = { (Find-LogAnomaly (Join-Path $TestDrive e.log) -MinimumScore 0).Evidence } }
        @{ Name = 'LogTemplate'; Make = { $analysis.Templates } }
        @{ Name = 'Analysis.DetectorMeasurement'; Make = { Measure-LogDetector (Join-Path $TestDrive m.log) pattern:fault -Detector Rules } }
        @{ Name = 'Analysis.LogBaseline'; Make = { New-LogBaseline (Join-Path $TestDrive e.log) -Name $evil } }
        @{ Name = 'LogDifference'; Make = { Compare-Log (Join-Path $TestDrive a.log) (Join-Path $TestDrive e.log) -All } }
        @{
            Name = 'LogVerdict'
            Make = {
                Find-LogAnomaly (Join-Path $TestDrive e.log) -MinimumScore 0 |
                    Set-LogVerdict -Benign -Because $evil -VerdictPath (Join-Path $TestDrive v.jsonl) -PassThru
            }
        }
        @{ Name = 'LedgerEntry'; Make = { $analysis.Ledger.Entries } }
        @{ Name = 'Analysis.LogGroup'; Make = { Measure-Log (Join-Path $TestDrive a.log) -GroupBy UrlPath } }
        @{ Name = 'Analysis.LogInterval'; Make = { Measure-Log (Join-Path $TestDrive a.log) -Interval 1:00:00 } }
        @{ Name = 'Analysis.TemplateChange'; Make = { Get-LogTemplate (Join-Path $TestDrive e.log) -Diff (Join-Path $TestDrive s.log) } }
        @{
            Name = 'LogFeature'
            Make = { Get-ApacheLog (Join-Path $TestDrive a.log) | ConvertTo-LogFeature -By SourceIP }
        }
    )
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $PSStyle.OutputRendering = 'PlainText'
    # A title that renames the window, a colour, a C1 control and a mark that reverses text.
    $evil = "`e]0;owned`a`e[31m$([char]0x9B)2J $([char]0x202E)gpj.exe " + ('long ' * 40)
    Set-Content (Join-Path $TestDrive e.log) (@(Get-ErrorLine) * 50 + (Get-ErrorLine "AH00001: $evil"))
    $evilRequest = (Get-AccessLine 2).Replace('/page/', "/page/$($evil -replace ' ')")
    Set-Content (Join-Path $TestDrive a.log) (Get-AccessLine 1), $evilRequest
    Set-Content (Join-Path $TestDrive s.log) (Get-AuthLine "Invalid user $evil from 203.0.113.9 port 1")
    Set-Content (Join-Path $TestDrive u.log) $evil
    Set-Content (Join-Path $TestDrive n.log) "2026/01/05 07:00:00 [error] 12#12: *3 open() failed $evil, client: 192.0.2.7, server: x"
    Set-Content (Join-Path $TestDrive k.log) "Jan  5 00:02:30 web1 systemd[1]: Failed to start x.service - $evil"
    Set-Content (Join-Path $TestDrive j.log) (@{ level = 'warn'; message = $evil; user = $evil; own = $evil } | ConvertTo-Json -Compress)
    Set-Content (Join-Path $TestDrive m.log) (@(Get-AuthLine) * 20 + (Get-AuthLine "fault $evil"))
    $title = $evil | ConvertTo-Json -EscapeHandling EscapeNonAscii
    Set-Content (Join-Path $TestDrive evil.yml) "title: $title`nid: EVIL`ndescription: $title`ndetection: { s: { a: b }, condition: s }"
    $record = [pscustomobject]@{
        Id = 1; ProviderName = 'x'; LogName = 'Application'; TimeCreated = [datetime]::new(2026, 1, 2); Message = $evil
    }
    $files = (Join-Path $TestDrive e.log), (Join-Path $TestDrive u.log)
    $analysis = (Find-LogAnomaly $files -MinimumScore 0 -WarningAction SilentlyContinue)[0].GetAnalysis()
}

Describe 'The view of <Name>' -ForEach $kinds {
    BeforeAll { $objects = @(& $Make) }

    It 'is a table of at most 100 columns with a row for each object' {
        $objects.Count | Should -BeGreaterThan 0
        $objects[0].PSObject.TypeNames | Should -Contain "LogAnomaly.$Name"
        $lines = ($objects | Out-String -Width 100) -split '\r?\n' | Where-Object { $_ }
        $lines | ForEach-Object { $_.Length | Should -BeLessOrEqual 100 }
        $lines.Count | Should -Be ($objects.Count + 2)
    }

    It 'writes control characters out, as table and as list' {
        $text = ($objects | Out-String -Width 100) + ($objects | Format-List | Out-String -Width 100)
        $text -replace '[\r\n]' | Should -Not -Match '[\x00-\x1F\x7F-\x9F\u200E\u200F\u202A-\u202E\u2066-\u2069]'
    }

    It 'is the same for objects that were exported and imported, as table and as list' {
        $path = Join-Path $TestDrive view.xml
        $objects | Export-Clixml $path
        $imported = @(Import-Clixml $path)
        if ($Name -eq 'LogFeature') {
            # Clixml does not keep the order of the values, so only the values are the same.
            $imported[0].Key | Should -BeExactly $objects[0].Key
            $imported[0].Values.Count | Should -Be $objects[0].Values.Count
            foreach ($feature in $objects[0].Values.Keys) {
                $imported[0].Values[$feature] | Should -Be $objects[0].Values[$feature] -Because $feature
            }

            return
        }

        ($imported | Out-String -Width 100) | Should -BeExactly ($objects | Out-String -Width 100)
        $lists = ($objects | Format-List | Out-String -Width 100), ($imported | Format-List | Out-String -Width 100)
        $lists[1] | Should -BeExactly $lists[0]
    }
}

Describe 'A log with lines of several kinds' {
    It 'is one table' {
        $path = Join-Path $TestDrive several.log
        Set-Content $path (Get-AccessLine 1), 'not a request', (Get-AccessLine 2)
        $text = Get-ApacheLog $path -WarningAction SilentlyContinue | Out-String -Width 100
        ([regex]::Matches($text, 'Timestamp')).Count | Should -Be 1
        $text | Should -Match 'not a request'
    }
}

Describe 'Lists' {
    It 'give an element for an index, as lists do in PowerShell' {
        $summary, $ledger = $analysis.Summary, $analysis.Ledger
        $owners = $analysis, $summary, $ledger, $ledger.Entries[1], $summary.Timeline[0], $analysis.Anomalies[0]
        $seen = 0
        foreach ($owner in $owners) {
            $lists = $owner.psobject.Properties.Where{ $_.TypeNameOfValue -like '*IReadOnlyList*' }
            foreach ($list in $lists.Where{ $_.Value.Count -gt 0 }) {
                $seen++
                $name = "$($owner.GetType().Name).$($list.Name)"
                $list.Value[0] -is [System.Collections.IEnumerable] | Should -BeFalse -Because $name
            }
        }

        $seen | Should -BeGreaterThan 8
    }
}

Describe 'Objects that leave the session' {
    BeforeAll {
        $anomaly = (Find-LogAnomaly (Join-Path $TestDrive e.log) -MinimumScore 0)[0]
        $read = (Get-ApacheLog (Join-Path $TestDrive a.log))[0]
    }

    It 'are JSON of their own properties' {
        $json = $read | ConvertTo-Json -Depth 3 -WarningAction Stop | ConvertFrom-Json
        $json.SourceIP | Should -Be 192.0.2.1
        $json.psobject.Properties.Name | Should -Be $read.psobject.Properties.Name
        $again = $anomaly | ConvertTo-Json -Depth 3 -WarningAction Stop | ConvertFrom-Json
        $again.Reasons[0].Sentence | Should -Be $anomaly.Reasons[0].Sentence
        $again.Evidence[0].Raw | Should -Be $anomaly.Evidence[0].Raw
    }

    It 'keep their properties, reasons and views through Clixml' {
        $path = Join-Path $TestDrive objects.xml
        $anomaly, $read | Export-Clixml $path
        $first, $second = Import-Clixml $path
        $first.Reasons[0].Sentence | Should -Be $anomaly.Reasons[0].Sentence
        $first.Evidence[0].LineNumber | Should -Be $anomaly.Evidence[0].LineNumber
        $second.Raw | Should -Be $read.Raw
        ($first | Out-String -Width 100) | Should -Be ($anomaly | Out-String -Width 100)
        ($second | Out-String -Width 100) | Should -Be ($read | Out-String -Width 100)
    }
}
