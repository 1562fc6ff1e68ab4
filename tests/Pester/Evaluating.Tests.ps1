BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $log = Join-Path $TestDrive auth.log
    New-SyntheticLog Auth -Count 4000 -AnomalyRate 0.02 -Path $log
    $reading = @{ ReferenceTime = '2026-02-01'; TimeZone = 'UTC' }
}

Describe 'Measure-LogDetector' {
    It 'puts the simple detectors beside the chosen one' {
        $rows = Measure-LogDetector $log -Label json -Detector Rules @reading
        $rows.Detector | Should -Be Rules, EventRarity, MessageLength, ErrorLevel, SourceCount, Random
        $rows.IsSimple | Should -Be $false, $true, $true, $true, $true, $true
        $rows[0] | Should -BeOfType LogAnomaly.Analysis.DetectorMeasurement
        $rows[0].IncidentRecall | Should -BeGreaterThan $rows[-1].IncidentRecall
        $rows[0].Incidents | Should -BeGreaterThan 0
        $rows[0].TrainingCount | Should -Be 2000
        $counts = $rows[0].TruePositives + $rows[0].FalsePositives + $rows[0].FalseNegatives + $rows[0].TrueNegatives
        $counts | Should -Be 2000
    }

    It 'takes files from the pipeline and a share to learn from' {
        $rows = Get-Item $log | Measure-LogDetector -Label json -Detector Rules -TrainingShare 0.25 @reading
        $rows[0].TrainingCount | Should -Be 1000
    }

    It 'gives the same figures for the same seed, and a spread over several' {
        $first = Measure-LogDetector $log json -Detector IsolationForest -Repeat 2 @reading
        $second = Measure-LogDetector $log json -Detector IsolationForest -Repeat 2 @reading
        $first[0].Runs | Should -Be 2
        $first[0].RocAuc | Should -Be $second[0].RocAuc
        $first[-1].RocAucSpread | Should -BeGreaterThan 0
    }

    It 'reads labels from a column that no detector sees' {
        $own = Join-Path $TestDrive own.log
        1..200 | ForEach-Object { "$($_ % 20 ? '-' : 'BAD') $(Get-AuthLine)" } | Set-Content $own
        $rows = Measure-LogDetector $own 'column:1!=-' -Detector Rules @reading
        ($rows[0].TruePositives + $rows[0].FalseNegatives) | Should -Be 5
        ($rows | Where-Object Detector -EQ MessageLength).RocAuc | Should -Be 0.5
    }

    It 'tells what is wrong with <Label>' -ForEach @(
        @{ Label = 'column:x=-'; Id = 'BadLabel' }
        @{ Label = 'pattern:('; Id = 'BadLabel' }
        @{ Label = 'json:none.json'; Id = 'NotMeasured' }
        @{ Label = 'pattern:no such text'; Id = 'NotMeasured' }
    ) {
        { Measure-LogDetector $log $Label -Detector Rules @reading } | Should -Throw -ErrorId "$Id,*"
    }

    It 'tells of a detector that there is not, and completes those that there are' {
        { Measure-LogDetector $log json -Detector Oracle @reading } | Should -Throw -ErrorId 'UnknownDetector,*'
        (TabExpansion2 'Measure-LogDetector -Detector Iso' 33).CompletionMatches.CompletionText | Should -Contain IsolationForest
    }
}
