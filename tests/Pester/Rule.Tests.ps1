BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    # Any version but that of the module, as another module would bring it.
    $packages = Join-Path ($env:NUGET_PACKAGES ?? (Join-Path $HOME .nuget packages)) yamldotnet
    $other = Get-ChildItem (Join-Path $packages * lib netstandard* YamlDotNet.dll) -ErrorAction Ignore |
        Where-Object FullName -NotMatch '[\\/]16\.3\.0[\\/]' | Select-Object -First 1 -ExpandProperty FullName
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-TestedModule
    $module = Split-Path (Get-Module LogAnomaly).Path
    $folder = Join-Path $TestDrive own
    $null = New-Item -ItemType Directory -Path $folder
    $rule = "title: T`nid: OWN-01`nlevel: high`ntags: [attack.t1562.001]`ndetection: { s: { a: b }, condition: s }"
    Set-Content (Join-Path $folder a.yml) $rule
    Set-Content (Join-Path $folder b.yml) ($rule -replace 'OWN-01', 'OWN-02' -replace 'high', 'low' -replace 't1562.001', 't1685.006')
    Set-Content (Join-Path $folder c.yml) "title: T`nid: OWN-03`ndetection:`n  s: { a|never: b }`n  condition: s"
}

Describe 'Get-LogRule' {
    It 'lists the rules of a folder and tells the fault of one with its place' {
        $rules = Get-LogRule OWN-* -Path $folder -ErrorVariable faults -ErrorAction SilentlyContinue
        $rules.Id | Should -Be OWN-01, OWN-02
        $rules[0] | Should -BeOfType LogAnomaly.Rules.LogRule
        $faults.Count | Should -Be 1
        $faults[0].Exception.Message | Should -BeLike "*c.yml:4: *'never'*"
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'RuleFault,*'
    }

    It 'filters by area, severity and technique, by its old id too' {
        $list = @{ Path = $folder; Id = 'OWN-*'; ErrorAction = 'SilentlyContinue' }
        (Get-LogRule @list -Area own).Count | Should -Be 2
        Get-LogRule @list -Area other | Should -BeNullOrEmpty
        (Get-LogRule @list -MinimumSeverity High).Id | Should -Be OWN-01
        (Get-LogRule @list -Technique T1685).Id | Should -Be OWN-01, OWN-02
        (Get-LogRule @list -Technique T1562.001).Id | Should -Be OWN-01
        (Get-LogRule @list -Technique t1562).Id | Should -Be OWN-01
        (Get-LogRule @list -Technique T1070.002).Id | Should -Be OWN-02
    }

    It 'tells that a path is not there' {
        { Get-LogRule -Path (Join-Path $TestDrive none.yml) -ErrorAction Stop } | Should -Throw -ErrorId 'FileNotFound,*'
    }

    It 'completes the areas and ids of the built-in rules' {
        $rules = Get-LogRule
        $ids = (TabExpansion2 'Get-LogRule -Id ' 16).CompletionMatches.CompletionText
        $areas = (TabExpansion2 'Get-LogRule -Area ' 18).CompletionMatches.CompletionText
        foreach ($one in $rules) {
            $one.Id | Should -BeIn $ids
            $one.Area | Should -BeIn $areas
        }
    }
}

Describe 'Test-LogRule' {
    It 'gives one error for a rule with a fault, with its place and cause, and the rules without' {
        $rules = Test-LogRule $folder -ErrorVariable faults -ErrorAction SilentlyContinue
        $rules.Id | Should -Be OWN-01, OWN-02
        $faults.Count | Should -Be 1
        $faults[0].Exception.Message | Should -BeLike "*c.yml:4: *'never'*"
        $faults[0].FullyQualifiedErrorId | Should -BeLike 'RuleFault,*'
    }

    It 'takes files from the pipeline, and tells that one is not there' {
        (Get-Item (Join-Path $folder [ab].yml) | Test-LogRule).Id | Should -Be OWN-01, OWN-02
        { Test-LogRule (Join-Path $TestDrive none.yml) -ErrorAction Stop } | Should -Throw -ErrorId 'RulesNotFound,*'
    }

    It 'says what each rule would have found in a log' {
        $own = Join-Path $TestDrive tried.yml
        $log = Join-Path $TestDrive tried.log
        Set-Content $own @'
title: Login refused
id: TRY-01
level: low
logsource: { product: linux, service: sshd }
detection: { s: { Outcome: failure }, condition: s }
---
title: Logins refused
id: TRY-02
level: high
correlation:
  type: event_count
  rules: [TRY-01]
  group-by: [SourceIP]
  timespan: 10m
  condition: { gte: 3 }
  generate: true
'@
        $refused = 'Failed password for ann from 203.0.113.{0} port 26616 ssh2'
        $lines = 1, 1, 1, 2 | ForEach-Object { Get-AuthLine ($refused -f $_) }
        Set-Content $log ($lines + (Get-AuthLine 'Server listening on 0.0.0.0 port 22.'))
        $each, $many = Test-LogRule $own -LogPath $log -TimeZone UTC
        $each | Should -BeOfType LogAnomaly.Analysis.RuleTestResult
        $each.RuleId, $many.RuleId | Should -Be TRY-01, TRY-02
        $each.LineCount, $each.MatchedLineCount, $each.FindingCount, $each.FindingsPerDay | Should -Be 5, 4, 2, 2
        $each.TopEntities[0].Name, $each.TopEntities[0].Count | Should -Be 203.0.113.1, 3
        $each.Examples.LineNumber | Should -Be 1, 2, 3, 4
        $many.MatchedLineCount, $many.FindingCount | Should -Be 4, 1
        $many.Findings.Severity | Should -Be High
    }
}

Describe 'The package of the rules' {
    It 'lies in a folder of its own with the assembly that needs it' {
        (Get-ChildItem $module -Filter *.dll).Name | Should -Not -Contain 'LogAnomaly.Sigma.dll'
        (Get-ChildItem (Join-Path $module lib LogAnomaly.Sigma)).Name |
            Should -Be 'LogAnomaly.Sigma.deps.json', 'LogAnomaly.Sigma.dll', 'YamlDotNet.dll'
    }

    It 'is loaded into a context of its own, and not before it is needed' {
        $answer = & (Get-Shell) -NoProfile -NonInteractive -Command {
            param($module, $folder)
            function Get-Context([string] $Name) {
                [System.AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq $Name }.ForEach{
                    $context = [System.Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_)
                    $context -eq [System.Runtime.Loader.AssemblyLoadContext]::Default ? 'default' : $context.Name
                }
            }

            Import-Module $module
            "before $(Get-Context YamlDotNet)"
            "rules $((Get-LogRule OWN-* -Path $folder -ErrorAction Ignore).Count)"
            'YamlDotNet', 'LogAnomaly.Sigma', 'LogAnomaly.Core' | ForEach-Object { "$_ $(Get-Context $_)" }
        } -args (Join-Path $module LogAnomaly.psd1), $folder
        $answer | Should -Be 'before ', 'rules 2', 'YamlDotNet LogAnomaly.Sigma', 'LogAnomaly.Sigma LogAnomaly.Sigma', 'LogAnomaly.Core default'
    }

    It 'lives beside another version that was loaded <Order> it' -Skip:(-not $other) -ForEach @(
        @{ Order = 'before'; Other = $other }
        @{ Order = 'after'; Other = $other }
    ) {
        $answer = & (Get-Shell) -NoProfile -NonInteractive -Command {
            param($module, $folder, $other, $order)
            if ($order -eq 'before') { Add-Type -LiteralPath $other }
            Import-Module $module
            "rules $((Get-LogRule OWN-* -Path $folder -ErrorAction Ignore).Count)"
            if ($order -eq 'after') { Add-Type -LiteralPath $other }
            "other $([YamlDotNet.Serialization.Deserializer]::new().Deserialize([System.IO.StringReader]::new('a: b'))['a'])"
            "rules $((Get-LogRule OWN-* -Path $folder -ErrorAction Ignore).Count)"
            $loaded = [System.AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'YamlDotNet' }
            "versions $($loaded.ForEach{ $_.GetName().Version.Major } | Sort-Object -Unique | Measure-Object | ForEach-Object Count)"
        } -args (Join-Path $module LogAnomaly.psd1), $folder, $Other, $Order
        $answer | Should -Be 'rules 2', 'other b', 'rules 2', 'versions 2'
    }

    It 'serves parallel runspaces, also after one has let go of the module' {
        $answer = & (Get-Shell) -NoProfile -NonInteractive -Command {
            param($module, $folder)
            1..8 | ForEach-Object -Parallel {
                Import-Module $using:module
                if ($_ -lt 3) { Remove-Module LogAnomaly; return }
                (Get-LogRule OWN-* -Path $using:folder -ErrorAction Ignore).Count
            } -ThrottleLimit 4
            @([System.AppDomain]::CurrentDomain.GetAssemblies().Where{ $_.GetName().Name -eq 'LogAnomaly.Sigma' }).Count
        } -args (Join-Path $module LogAnomaly.psd1), $folder
        $answer | Should -Be 2, 2, 2, 2, 2, 2, 1
    }
}
