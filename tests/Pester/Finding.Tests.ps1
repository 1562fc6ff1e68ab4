BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $log = Join-Path $TestDrive error.log
    # One message that no other line has, and nothing else that could stand out.
    $lines = @(Get-ErrorLine) * 5000
    $lines[4000] = Get-ErrorLine 'AH00051: child pid 7 exit signal Segmentation fault (11)'
    Set-Content $log $lines
}

Describe 'Find-LogAnomaly' {
    It 'finds the one line that is unlike the others, by the fast way and through the pipeline alike' {
        $fast = @(Find-LogAnomaly $log)
        $piped = @(Get-ApacheLog $log | Find-LogAnomaly)
        # It is rare, and a rule knows it, too.
        $fast.ForEach{ "$($_.RuleId)" } | Sort-Object | Should -Be '', 'APE-01'
        $fast.ForEach{ $_.Evidence[0].LineNumber } | Should -Be 4001, 4001
        $fast[0].Reasons.Count | Should -BeGreaterThan 0
        ($piped | ConvertTo-Json -Depth 5) | Should -Be ($fast | ConvertTo-Json -Depth 5)
    }

    It 'gives the worst first and nothing below -MinimumScore' {
        $scores = (New-SyntheticLog Access -Count 3000 -AnomalyRate 0.05 | Find-LogAnomaly -MinimumScore 30).Score
        $scores.Count | Should -BeGreaterThan 3
        $scores | Should -Be ($scores | Sort-Object -Descending)
        $scores[-1] | Should -BeGreaterOrEqual 30
    }

    It 'filters events that come through the pipeline too' {
        @(Get-ApacheLog $log | Find-LogAnomaly -Match 'no such text') | Should -HaveCount 0
        @(Get-ApacheLog $log | Find-LogAnomaly -Match 'AH00558' -MinimumScore 0) | Should -HaveCount 4999
    }

    It 'reads with more threads to the same end' {
        $file = New-SyntheticLog Access -Count 30000 -Path (Join-Path $TestDrive t.log) -Force -PassThru
        $one = $file | Find-LogAnomaly -Threads 1
        $four = $file | Find-LogAnomaly -Threads 4
        $one.Count | Should -BeGreaterThan 0
        ($four | ConvertTo-Json -Depth 5) | Should -Be ($one | ConvertTo-Json -Depth 5)
    }

    It 'names the formats when it does not know one' {
        { Find-LogAnomaly $log -Format nonsense } |
            Should -Throw -ErrorId 'UnknownFormat,*' -ExpectedMessage '*apache-error*'
    }

    It 'completes formats' {
        $line = 'Find-LogAnomaly x -Format apa'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain apache-error
    }

    It 'knows the analysis of an anomaly without printing it' {
        $anomaly = Find-LogAnomaly $log | Select-Object -First 1
        $anomaly.GetAnalysis().Ledger.LinesRead | Should -Be 5000
        $anomaly.psobject.Properties.Name | Should -Not -Contain Analysis
    }

    It 'runs the detectors that are asked for' {
        (Find-LogAnomaly $log -Detector Rules).RuleId | Should -Be APE-01
        "$((Find-LogAnomaly $log -Detector Learned).RuleId)" | Should -Be ''
    }

    It 'gives nothing below -MinimumSeverity and nothing of an excluded rule' {
        @(Find-LogAnomaly $log -Detector Rules -MinimumSeverity High) | Should -HaveCount 0
        (Find-LogAnomaly $log -Detector Rules -MinimumSeverity Medium).RuleId | Should -Be APE-01
        @(Find-LogAnomaly $log -Detector Rules -ExcludeRule ape-*) | Should -HaveCount 0
        (Find-LogAnomaly $log -Detector Rules -ExcludeRule SSH-*).RuleId | Should -Be APE-01
    }

    It 'runs the rules of a path beside the built-in ones, also where one of them has a fault' {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive rules)
        $rule = "title: Hello`nid: OWN-01`nlevel: low`nlogsource: { service: apache }`ndetection: { s: { Message|contains: hello }, condition: s }"
        Set-Content (Join-Path $folder own.yml) $rule
        Set-Content (Join-Path $folder fault.yml) ($rule -replace 'OWN-01', 'OWN-02' -replace 'contains', 'contain')
        $found = Find-LogAnomaly $log -Detector Rules -RulePath $folder -ErrorVariable faults -ErrorAction SilentlyContinue
        $found.RuleId | Should -Be APE-01, OWN-01
        $found[1].Count | Should -Be 4999
        $found[1].Severity | Should -Be Low
        $faults.ForEach{ $_.FullyQualifiedErrorId } | Should -BeLike 'RuleFault,*'
        $faults[0].Exception.Message | Should -BeLike "*fault.yml:5: *'contain'*"
    }

    It 'puts a rule with the id of a built-in one in its place' {
        $path = Join-Path $TestDrive instead.yml
        Set-Content $path "title: Mine`nid: APE-01`nlevel: critical`nlogsource: { service: apache }`ndetection: { s: { ErrorCode: AH00051 }, condition: s }"
        $found = Find-LogAnomaly $log -Detector Rules -RulePath $path
        $found.Title | Should -Be Mine
        $found.Severity | Should -Be Critical
    }

    It 'stops while it analyses' {
        $finder = [powershell]::Create().AddScript({
            param($module)
            Import-Module $module
            while ($true) { $null = New-SyntheticLog Access -Count 20000 | Find-LogAnomaly }
        }).AddArgument((Get-Module LogAnomaly).Path)
        $null = $finder.BeginInvoke()
        Start-Sleep -Milliseconds 1500
        $finder.Stop()
        $finder.InvocationStateInfo.State | Should -Be Stopped
        $finder.Dispose()
    }
}

Describe 'ConvertTo-LogFeature' {
    It 'gives a row for each event by default' {
        $rows = @(Get-ApacheLog $log | Select-Object -First 5 | ConvertTo-LogFeature)
        $rows | Should -HaveCount 5
        $rows[0].By | Should -Be Event
        $rows[0].Values.Count | Should -BeGreaterThan 3
    }

    It 'counts the events of each <By> exactly' -ForEach @{ By = 'SourceIP' }, @{ By = 'Window' } {
        $events = @(New-SyntheticLog Access -Count 500)
        $rows = $events | ConvertTo-LogFeature -By $By -Window 1:00:00
        ($rows | Measure-Object Count -Sum).Sum | Should -Be 500
    }

    It 'refuses a window without length' {
        { Get-ApacheLog $log | ConvertTo-LogFeature -By Window -Window 0 } |
            Should -Throw -ErrorId 'WindowNotPositive,*'
    }
}

Describe 'New-SyntheticLog' {
    It 'gives as many <_> events as asked for, as many of them labelled' -ForEach ApacheError, Access, Auth {
        $made = @(New-SyntheticLog $_ -Count 400 -AnomalyRate 0.05)
        $made | Should -HaveCount 400
        $made.Where{ $_.Label } | Should -HaveCount 20
        $made.Where{ $_.Kind -eq 'Unparsed' } | Should -HaveCount 0
    }

    It 'gives the same for the same seed and something else for another' {
        $first = (New-SyntheticLog Access -Count 50).Raw -join "`n"
        (New-SyntheticLog Access -Count 50).Raw -join "`n" | Should -Be $first
        (New-SyntheticLog Access -Count 50 -Seed 2).Raw -join "`n" | Should -Not -Be $first
    }

    It 'writes a log with its labels beside it, and nothing to the pipeline without -PassThru' {
        $path = Join-Path $TestDrive made.log
        New-SyntheticLog Access -Count 400 -Path $path | Should -BeNullOrEmpty
        (Get-Content $path) | Should -HaveCount 400
        (Get-Content "$path.labels.json" -Raw | ConvertFrom-Json).anomalies | Should -HaveCount 4
    }

    It 'does not overwrite without -Force' {
        $path = Join-Path $TestDrive once.log
        Set-Content $path kept
        { New-SyntheticLog Access -Path $path } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content $path | Should -Be kept
        (New-SyntheticLog Access -Count 10 -Path $path -Force -PassThru).FullName | Should -Be $path
        Get-Content $path | Should -HaveCount 10
    }

    It 'plants scenarios in days of traffic and tells the truth of each incident' {
        $path = Join-Path $TestDrive scenario.log
        New-SyntheticLog Auth -Scenario SshSpray, Silence -Difficulty Easy -Days 2 -Incident 2 -Path $path
        $truth = Get-Content "$path.labels.json" -Raw | ConvertFrom-Json
        $truth.version | Should -Be 2
        ($truth.incidents.scenario | Sort-Object) -join ' ' | Should -Be 'Silence Silence SshSpray SshSpray'
        $lines = Get-Content $path
        $spray = $truth.incidents.Where{ $_.scenario -eq 'SshSpray' }[0]
        $lines[$spray.firstLine - 1] | Should -BeLike "*$($spray.entities[0].value)*"
        $truth.anomalies.Where{ $_.incident -eq $spray.id }.lineNumber | Should -Be $spray.lines
    }

    It 'gives quiet days as <_> events without a label' -ForEach ApacheError, Access, Auth, System {
        $made = @(New-SyntheticLog $_ -Scenario None -Days 1 -Difficulty Hard)
        $made.Count | Should -BeGreaterThan 300
        $made.Where{ $_.Label -or $_.Kind -eq 'Unparsed' } | Should -HaveCount 0
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'a scenario of another type'; Make = { New-SyntheticLog Access -Scenario SshSpray }; Id = 'ScenarioNotPossible,*' }
        @{ Name = 'a system log without one'; Make = { New-SyntheticLog System }; Id = 'ScenarioNotPossible,*' }
        @{ Name = 'more incidents than days'; Make = { New-SyntheticLog Auth -Scenario All -Days 1 -Incident 9 }; Id = 'ScenarioNotPossible,*' }
        @{ Name = 'a count beside scenarios'; Make = { New-SyntheticLog Auth -Scenario All -Count 10 }; Id = 'ScenarioParameter,*' }
        @{ Name = 'days without a scenario'; Make = { New-SyntheticLog Auth -Days 3 }; Id = 'ScenarioParameter,*' }
    ) {
        $Make | Should -Throw -ErrorId $Id
    }

    It 'writes nothing with -WhatIf' {
        $path = Join-Path $TestDrive whatif.log
        New-SyntheticLog Access -Path $path -WhatIf
        $path | Should -Not -Exist
    }
}

Describe 'Export-LogDashboard' {
    It 'writes a page from <Name>' -ForEach @(
        @{ Name = 'anomalies'; Make = { Find-LogAnomaly $log | Export-LogDashboard $page } }
        @{ Name = 'events'; Make = { Get-ApacheLog $log | Export-LogDashboard $page } }
        @{ Name = 'files'; Make = { Export-LogDashboard $page -LogPath $log } }
    ) {
        $page = Join-Path $TestDrive page.html
        Remove-Item $page -ErrorAction Ignore
        & $Make | Should -BeNullOrEmpty
        $html = Get-Content $page -Raw
        $html | Should -Match '^<!doctype html>'
        @((Get-PageData $page).anomalies.title) -match 'Segmentation fault' | Should -Not -BeNullOrEmpty
        Get-ChildItem $TestDrive -Filter *.tmp | Should -BeNullOrEmpty
    }

    It 'writes a page where nothing comes in, and names the way to one with the log' {
        $page = Join-Path $TestDrive none.html
        $quiet = Join-Path $TestDrive quiet.log
        Set-Content $quiet (@(Get-ErrorLine) * 50)
        Find-LogAnomaly $quiet | Export-LogDashboard $page -WarningVariable warnings -WarningAction SilentlyContinue
        $page | Should -Exist
        $warnings | Should -HaveCount 1
        $warnings[0].Message | Should -BeLike '*-LogPath*'
        Export-LogDashboard $page -LogPath $quiet -Force -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        (Get-PageData $page).summary.eventCount | Should -Be 50
    }

    It 'leaves a page alone where <Name> in' -ForEach @(
        @{ Name = 'no file comes'; Make = { Export-LogDashboard $page -LogPath (Join-Path $TestDrive no.log) @force } }
        @{ Name = 'a folder comes'; Make = { Export-LogDashboard $page -LogPath $TestDrive @force } }
        @{ Name = 'other objects come'; Make = { 'text', 7 | Export-LogDashboard $page @force } }
    ) {
        $page = Join-Path $TestDrive earlier.html
        Set-Content $page earlier
        # The errors of the single inputs are not what ends the command.
        $force = @{ Force = $true; ErrorAction = 'SilentlyContinue' }
        $problem = try { & $Make } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'NothingTakenIn,*'
        Get-Content $page | Should -Be earlier
    }

    It 'writes a page of what could be read beside what could not' {
        $page = Join-Path $TestDrive partly.html
        $files = (Join-Path $TestDrive no.log), $log
        Export-LogDashboard $page -LogPath $files -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'FileNotFound,*'
        @((Get-PageData $page).anomalies.title) -match 'Segmentation fault' | Should -Not -BeNullOrEmpty
    }

    It 'refuses a database of countries that <Name> before it reads the log' -ForEach @(
        @{ Name = 'is missing'; Database = 'no.mmdb'; Category = 'ObjectNotFound' }
        @{ Name = 'is something else'; Database = 'countries.csv'; Category = 'InvalidData' }
    ) {
        Set-Content (Join-Path $TestDrive countries.csv) '1.0.0.0/24,AU'
        $page = Join-Path $TestDrive countries.html
        $database = Join-Path $TestDrive $Database
        $problem = try { Export-LogDashboard $page -LogPath $log -CountryDatabase $database } catch { $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'CountryDatabaseNotRead,*'
        $problem.CategoryInfo.Category | Should -Be $Category
        $problem.Exception.Message | Should -BeLike '*-CountryDatabase*'
        $page | Should -Not -Exist
    }

    It 'shows the page with the program that the system has for it' -Skip:(-not $IsLinux) {
        $page = Join-Path $TestDrive opened.html
        $programs = New-Item -ItemType Directory (Join-Path $TestDrive programs)
        $shown = Join-Path $TestDrive shown.txt
        $opener = Join-Path $programs xdg-open
        Set-Content $opener ('#!/bin/sh', "printf %s `"`$1`" > '$shown'")
        chmod +x $opener
        $path = $env:PATH
        try {
            $env:PATH = "${programs}:$path"
            Export-LogDashboard $page -LogPath $log -Open
            foreach ($try in 1..6000) {
                if ((Test-Path $shown) -and (Get-Item $shown).Length -gt 0) { break }
                Start-Sleep -Milliseconds 50
            }

            Get-Content $shown | Should -Be $page
        }
        finally {
            $env:PATH = $path
        }
    }

    It 'opens nothing that is not called a page' {
        $page = Join-Path $TestDrive report.cmd
        { Export-LogDashboard $page -LogPath $log -Open } | Should -Throw -ErrorId 'NotAPageName,*'
        $page | Should -Not -Exist
    }

    It 'names a way to a file with brackets that it takes' {
        $page = Join-Path $TestDrive brackets.html
        { Export-LogDashboard $page -LogPath 'e[1].log' -ErrorAction Stop } |
            Should -Throw -ErrorId 'FileNotFound,*' -ExpectedMessage '*Find-LogAnomaly -LiteralPath*'
    }

    It 'shows the chosen anomalies only' {
        $page = Join-Path $TestDrive chosen.html
        $anomalies = Get-ApacheLog $log | Find-LogAnomaly -MinimumScore 0
        $anomalies | Select-Object -Last 1 | Export-LogDashboard $page -Title 'Of my choice'
        $data = Get-PageData $page
        $data.title | Should -Be 'Of my choice'
        @($data.anomalies) | Should -HaveCount 1
        $data.anomalies[0].title | Should -Be $anomalies[-1].Title
    }

    It 'does not overwrite without -Force' {
        $page = Join-Path $TestDrive kept.html
        Set-Content $page kept
        { Export-LogDashboard $page } | Should -Throw -ErrorId 'FileExists,*'
        Get-Content $page | Should -Be kept
        (Export-LogDashboard $page -Force -PassThru -WarningAction Ignore).FullName | Should -Be $page
    }

    It 'writes nothing with -WhatIf' {
        $page = Join-Path $TestDrive whatif.html
        Find-LogAnomaly $log | Export-LogDashboard $page -WhatIf
        $page | Should -Not -Exist
    }

    It 'says what it takes when it is given something else' {
        $page = Join-Path $TestDrive odd.html
        $events = @(Get-ApacheLog $log | Select-Object -First 3)
        @('text') + $events | Export-LogDashboard $page -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'UnsupportedInput,*'
    }

    It 'ends with an error where the folder does not exist' {
        { Export-LogDashboard (Join-Path $TestDrive no folder.html) } | Should -Throw -ErrorId 'FileNotWritten,*'
    }
}
