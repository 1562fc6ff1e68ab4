BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    function Get-JobLine([string] $User, [int] $Count, [int] $Day = 2, [string] $Name = 'web1') {
        foreach ($i in 0..($Count - 1)) {
            '{{"time":"2026-03-{0:00}T10:{1:00}:00Z","level":"info","host":"{2}","user":"{3}","msg":"the job has ended"}}' -f $Day, $i, $Name, $User
        }
    }

    $one = Join-Path $TestDrive one.log
    $two = Join-Path $TestDrive two.log
    Set-Content $one (Get-JobLine anna 40)
    Set-Content $two ((Get-JobLine anna 40 -Name web2) + (Get-JobLine bert 40 -Name web2))
}

Describe 'Baselines' {
    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid()).json" }

    It 'are learned from files and from the pipeline alike' {
        $ofFile = New-LogBaseline $one -Name jobs
        $ofFile.Events | Should -Be 40
        $ofFile.Hosts | Should -Be web1
        $ofEvents = Get-LogEvent $one | New-LogBaseline -Name jobs
        $created = '"created": "[^"]*"|"timeZone": "[^"]*"'
        $ofEvents.Json -replace $created | Should -BeExactly ($ofFile.Json -replace $created)
    }

    It 'learn for a period of the time of the log' {
        (New-LogBaseline $one -LearningPeriod 10m).Events | Should -Be 10
        (New-LogBaseline $one -LearningPeriod ([timespan]::FromMinutes(5))).Events | Should -Be 5
        { New-LogBaseline $one -LearningPeriod never } | Should -Throw -ExpectedMessage '*14d*'
        { New-LogBaseline $one -After 2030-01-01 -ErrorAction Stop } | Should -Throw -ErrorId 'NothingLearned,*'
    }

    It 'travel as objects without their types, and are merged' {
        $copies = foreach ($path in $one, $two) {
            [System.Management.Automation.PSSerializer]::Deserialize(
                [System.Management.Automation.PSSerializer]::Serialize((New-LogBaseline $path -Name (Split-Path $path -Leaf))))
        }

        $copies[0] | Should -Not -BeOfType LogAnomaly.Analysis.LogBaseline
        $merged = New-LogBaseline -Merge $copies -Name both
        $merged.Events | Should -Be 120
        $merged.Hosts | Should -Be web1, web2
        @(Compare-Log -Reference $copies[0] -Difference $merged).Value | Should -Contain bert
        $copies[1] | Export-LogBaseline $file
        (Import-LogBaseline $file).Events | Should -Be 80
    }

    It 'go on from an earlier one and say what drifted' {
        $old = New-LogBaseline $one
        Set-Content (Join-Path $TestDrive later.log) ((Get-JobLine anna 40 -Day 20) + (Get-JobLine carl 40 -Day 20))
        $new = New-LogBaseline (Join-Path $TestDrive later.log) -Baseline $old -MaximumAge 10d
        $new.Events | Should -Be 120
        ($new.Drift | Where-Object Kind -EQ NewValue).Value | Should -Contain carl
    }

    It 'are written once, with -Force again, and not with -WhatIf' {
        $baseline = New-LogBaseline $one
        $baseline | Export-LogBaseline $file -WhatIf
        Test-Path $file | Should -BeFalse
        $baseline | Export-LogBaseline $file -PassThru | Should -BeOfType System.IO.FileInfo
        { $baseline | Export-LogBaseline $file } | Should -Throw -ErrorId 'FileExists,*'
        $baseline | Export-LogBaseline $file -Force
        { $baseline, $baseline | Export-LogBaseline $file -Force } | Should -Throw -ErrorId 'SeveralBaselines,*'
        @(Get-ChildItem $TestDrive -Filter *.tmp) | Should -HaveCount 0
    }

    It 'are signed by a key and refused with another, after a change and without a signature' {
        $key = ConvertTo-SecureString 'a long secret key' -AsPlainText -Force
        $other = ConvertTo-SecureString 'another long key' -AsPlainText -Force
        New-LogBaseline $one | Export-LogBaseline $file -Key $key
        (Import-LogBaseline $file -Key $key).Trust | Should -Be Verified
        (Import-LogBaseline $file -WarningVariable told -WarningAction SilentlyContinue).Trust | Should -Be Unchecked
        "$told" | Should -Match 'not checked'
        { Import-LogBaseline $file -Key $other -ErrorAction Stop } | Should -Throw -ErrorId 'BadBaseline,*' -ExpectedMessage '*key is another*'
        (Get-Content $file -Raw) -replace '"events": 40', '"events": 41' | Set-Content $file
        { Import-LogBaseline $file -Key $key -ErrorAction Stop } | Should -Throw -ErrorId 'BadBaseline,*' -ExpectedMessage '*changed after*'
        New-LogBaseline $one | Export-LogBaseline $file -Force
        { Import-LogBaseline $file -Key $key -ErrorAction Stop } | Should -Throw -ErrorId 'BadBaseline,*' -ExpectedMessage '*no signature*'
    }

    It 'are signed by a certificate and asked for its thumbprint' {
        $rsa = [System.Security.Cryptography.RSA]::Create(2048)
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new(
            'CN=test', $rsa, [System.Security.Cryptography.HashAlgorithmName]::SHA256, [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(1))
        New-LogBaseline $one | Export-LogBaseline $file -Certificate $certificate
        (Import-LogBaseline $file -Thumbprint $certificate.Thumbprint).Trust | Should -Be Verified
        (Import-LogBaseline $file -WarningAction SilentlyContinue).Trust | Should -Be Intact
        { Import-LogBaseline $file -Thumbprint ('0' * 40) -ErrorAction Stop } | Should -Throw -ErrorId 'BadBaseline,*'
        { Import-LogBaseline $file -Thumbprint abc } | Should -Throw -ErrorId 'BadKey,*'
        $public = [System.Security.Cryptography.X509Certificates.X509Certificate2]::new($certificate.RawData)
        { New-LogBaseline $one | Export-LogBaseline $file -Certificate $public -Force } | Should -Throw -ErrorId 'BadKey,*'
        { Import-LogBaseline $file -KeyPath $one -Thumbprint $certificate.Thumbprint } | Should -Throw -ErrorId 'KeysExclude,*'
    }

    It 'that are none are refused with the file and the cause' {
        foreach ($text in '', '{', '[]', '{"format":"LogAnomaly baseline","version":99}') {
            Set-Content $file $text
            { Import-LogBaseline $file -ErrorAction Stop } | Should -Throw -ErrorId 'BadBaseline,*' -ExpectedMessage "*$(Split-Path $file -Leaf)*"
        }
    }
}

Describe 'Find-LogAnomaly -Baseline' {
    BeforeAll {
        $usual = Join-Path $TestDrive usual.log
        $odd = Join-Path $TestDrive odd.log
        New-SyntheticLog Auth -Count 1500 -AnomalyRate 0 -Path $usual
        New-SyntheticLog Auth -Count 1500 -AnomalyRate 0.02 -Seed 3 -Path $odd
        $baseline = New-LogBaseline $usual -Name usual
        $saved = Join-Path $TestDrive usual.json
        $baseline | Export-LogBaseline $saved
    }

    It 'gives the same by an object, a copy of one, a path and a file' {
        $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($baseline))
        $titles = (Find-LogAnomaly $odd -Baseline $baseline -MinimumScore 10).Title
        $titles.Count | Should -BeGreaterThan 5
        foreach ($same in $copy, $saved, (Get-Item $saved)) {
            (Find-LogAnomaly $odd -Baseline $same -MinimumScore 10).Title | Should -Be $titles
        }
    }

    It 'gives what it learned of as the events come, each once, and the rest worst first' {
        $read = [System.Collections.Generic.List[object]]::new()
        $first = Get-AuthLog $odd | ForEach-Object { $read.Add($_); $_ } | Find-LogAnomaly -Baseline $baseline -MinimumScore 10 -Detector Learned |
            Select-Object -First 1
        $first.RuleId | Should -BeNullOrEmpty
        $read.Count | Should -BeLessThan 1500
        $all = @(Find-LogAnomaly $odd -Baseline $baseline -MinimumScore 10)
        $marks = $all.ForEach{ "$($_.Timestamp.Ticks) $($_.Title) $($_.Entity) $($_.Evidence[0].LineNumber) $($_.Detector)" }
        @($marks | Select-Object -Unique).Count | Should -Be $all.Count
        $rules = @($all.Where({ $_.RuleId }, 'SkipUntil').Score)
        $rules | Should -Be @($rules | Sort-Object -Descending)
    }

    It 'gives all at the end, worst first, where suppressions change what is shown' {
        $file = Join-Path $TestDrive none.json
        Set-Content $file '[]'
        $scores = (Find-LogAnomaly $odd -Baseline $baseline -MinimumScore 10 -SuppressionPath $file).Score
        $scores | Should -Be ($scores | Sort-Object -Descending)
    }

    It 'keeps to a budget, counts what it holds back and says the threshold' {
        $all = @(Find-LogAnomaly $odd)
        $told = $null
        $some = @(Find-LogAnomaly $odd -AlertBudget 1/month -WarningVariable told -WarningAction SilentlyContinue)
        $some | Should -HaveCount 1
        $some[0].Score | Should -Be $all[0].Score
        "$told" | Should -BeLike "*1/month held $($all.Count - 1) findings back*"
        $verbose = Find-LogAnomaly $odd -AlertBudget 1000/day -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -Match 'score of 25; [\d.]+ false alarms a day .* held 0 findings back'
        $some[0].GetAnalysis().HeldBack | Should -Be ($all.Count - 1)
    }

    It 'refuses what it cannot go by' {
        { Find-LogAnomaly $odd -AlertBudget many } | Should -Throw -ErrorId 'BadAlertBudget,*' -ExpectedMessage '*5/day*'
        { Find-LogAnomaly $odd -Model Oracle } | Should -Throw -ErrorId 'UnknownModel,*' -ExpectedMessage '*Ecod*'
        { Find-LogAnomaly $odd -Model Ecod -Baseline $baseline } | Should -Throw -ErrorId 'BaselineHasModel,*'
        { Find-LogAnomaly $odd -Baseline 7 } | Should -Throw -ErrorId 'NoBaseline,*'
        { Find-LogAnomaly $odd -Baseline (Join-Path $TestDrive no.json) } | Should -Throw -ErrorId 'FileNotRead,*'
        { Find-LogAnomaly $odd -Baseline $odd } | Should -Throw -ErrorId 'BadBaseline,*'
    }

    It 'warns of a signature that nobody checked' {
        $signed = Join-Path $TestDrive signed.json
        $baseline | Export-LogBaseline $signed -Key (ConvertTo-SecureString 'a long secret key' -AsPlainText -Force)
        $null = Find-LogAnomaly $odd -Baseline $signed -WarningVariable told -WarningAction SilentlyContinue
        "$told" | Should -Match 'not checked'
    }

    It 'judges by other detectors where they are named' {
        (Find-LogAnomaly $odd -Model Ecod -MinimumScore 5 -Detector Learned).Detector | Should -Contain Ecod
        (TabExpansion2 'Find-LogAnomaly -Model ' 23).CompletionMatches.CompletionText | Should -Contain PrincipalComponents
        (TabExpansion2 'Find-LogAnomaly -AlertBudget ' 29).CompletionMatches.CompletionText | Should -Contain 5/day
    }
}

Describe 'Compare-Log' {
    It 'says nothing of logs that are alike and what is new of others, by files, events and baselines alike' {
        @(Compare-Log $one $one) | Should -HaveCount 0
        $ofFiles = @(Compare-Log $one $two)
        ($ofFiles | Where-Object { $_.Kind -eq 'NewValue' -and $_.Field -eq 'UserName' }).Value | Should -Be bert
        $ofEvents = @(Compare-Log (Get-LogEvent $one) (Get-LogEvent $two))
        $ofPipeline = @(Get-LogEvent $two | Compare-Log -Reference (New-LogBaseline $one))
        $ofEvents.Sentence | Should -Be $ofFiles.Sentence
        $ofPipeline.Sentence | Should -Be $ofFiles.Sentence
        $file = Join-Path $TestDrive reference.json
        New-LogBaseline $one | Export-LogBaseline $file
        @(Compare-Log $file $two).Sentence | Should -Be $ofFiles.Sentence
    }

    It 'refuses what cannot be compared' {
        { Compare-Log $one 7 -ErrorAction Stop } | Should -Throw -ErrorId 'NotComparable,*'
        { Compare-Log $one (Join-Path $TestDrive no.log) -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
        Set-Content (Join-Path $TestDrive empty.log) $null
        { Compare-Log $one (Join-Path $TestDrive empty.log) -ErrorAction Stop } | Should -Throw -ErrorId 'NothingToCompare,*'
    }
}

Describe 'Verdicts' {
    BeforeAll {
        $log = Join-Path $TestDrive auth.log
        $guesses = foreach ($i in 0..9) {
            "Jan  5 00:02:3$i web1 sshd[$(100 + $i)]: Failed password for root from 203.0.113.9 port 26616 ssh2"
        }
        Set-Content $log $guesses
    }

    BeforeEach { $file = Join-Path $TestDrive "$([guid]::NewGuid()).jsonl" }

    It 'rank what was marked lower or higher in later runs, and say so' {
        $finding = Find-LogAnomaly $log -Detector Rules | Where-Object RuleId -EQ SSH-01
        $made = $finding | Set-LogVerdict -Benign -Because 'our scanner' -VerdictPath $file -PassThru
        $made.RuleId | Should -Be SSH-01
        $made.Entity | Should -Be 203.0.113.9
        $later = Find-LogAnomaly $log -Detector Rules -VerdictPath $file -WarningVariable told -WarningAction SilentlyContinue |
            Where-Object RuleId -EQ SSH-01
        $later.Severity | Should -Be Informational
        $later.Reasons.Code | Should -Contain Verdict
        ($later.Reasons | Where-Object Code -EQ Verdict).Sentence | Should -BeLike 'Marked benign on * because our scanner; score * -> *'
        "$told" | Should -Match 'ranked 1 findings lower'
        Find-LogAnomaly $log -Detector Rules -VerdictPath $file -MinimumSeverity Low -WarningAction SilentlyContinue |
            Where-Object RuleId -EQ SSH-01 | Should -BeNullOrEmpty
        Start-Sleep -Milliseconds 1100
        $finding | Set-LogVerdict -Malicious -Because 'it was not' -VerdictPath $file | Should -BeNullOrEmpty
        $raised = Find-LogAnomaly $log -Detector Rules -VerdictPath $file -WarningAction SilentlyContinue | Where-Object RuleId -EQ SSH-01
        $raised.Score | Should -BeGreaterThan $finding.Score
        @(Get-Content $file) | Should -HaveCount 2
    }

    It 'write nothing with -WhatIf, and need a cause' {
        $finding = Find-LogAnomaly $log -Detector Rules | Select-Object -First 1
        $finding | Set-LogVerdict -Benign -Because test -VerdictPath $file -WhatIf
        Test-Path $file | Should -BeFalse
        { $finding | Set-LogVerdict -Benign -Because ' ' -VerdictPath $file } | Should -Throw -ErrorId 'NoCause,*'
        { $finding | Set-LogVerdict -Benign -Because late -Until 2020-01-01 -VerdictPath $file } | Should -Throw -ErrorId 'AlreadyExpired,*'
    }

    It 'with a fault end the command with file and line' {
        Set-Content $file "`n{ `"Id`": 7 }"
        { Find-LogAnomaly $log -VerdictPath $file } | Should -Throw -ErrorId 'BadVerdictFile,*' -ExpectedMessage '*line 2*'
    }
}
