BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot DocExample.psm1) -Force
    Import-TestedModule
    $commands = (Get-Command -Module LogAnomaly).ForEach({ @{ Name = $_.Name } })
    $docs = Join-Path $PSScriptRoot .. .. docs
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot Sample.psm1) -Force
    Import-Module (Join-Path $PSScriptRoot DocExample.psm1) -Force
    Import-TestedModule
    $module = Split-Path (Get-Module LogAnomaly).Path
    $root = Join-Path $PSScriptRoot .. ..
}

Describe 'The module' {
    It 'has a valid manifest and exports what the manifest says' {
        $manifest = Test-ModuleManifest (Join-Path $module LogAnomaly.psd1) -ErrorAction Stop
        $data = Import-PowerShellDataFile (Join-Path $module LogAnomaly.psd1)
        (Get-Command -Module LogAnomaly).Name | Sort-Object | Should -Be ($data.CmdletsToExport | Sort-Object)
        $manifest.PowerShellVersion | Should -Be ([version]'7.4')
    }

    It 'ships no assembly but its own outside the folders of its leaves' {
        (Get-ChildItem $module -Filter *.dll).Name | Should -BeLike 'LogAnomaly.*'
        (Get-ChildItem $module -Filter *.dll -Recurse).Where{ $_.Directory.Parent.Name -ne 'lib' }.Name | Should -BeLike 'LogAnomaly.*'
    }

    It 'imports in a process of its own without a word' {
        $time = & (Get-Shell) -NoProfile -NonInteractive -Command {
            param($path)
            $clock = [System.Diagnostics.Stopwatch]::StartNew()
            Import-Module $path
            [int]$clock.ElapsedMilliseconds
        } -args (Join-Path $module LogAnomaly.psd1)
        $time | Should -HaveCount 1
        Write-Host "      import: $time ms"
    }
}

Describe 'Help of <Name>' -ForEach $commands {
    BeforeAll { $help = Get-Help $Name -Full }

    It 'has a synopsis, a description, notes and links' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match ([regex]::Escape("$Name ["))
        $help.description.Text | Should -Not -BeNullOrEmpty
        $help.alertSet.alert.Text | Should -Not -BeNullOrEmpty
        $help.relatedLinks.navigationLink.linkText.Count | Should -BeGreaterThan 1
        $help.inputTypes.inputType.type.name | Should -Not -BeNullOrEmpty
        $help.returnValues.returnValue.type.name | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters
        foreach ($parameter in (Get-Command $Name).Parameters.Keys.Where{ $_ -notin $common }) {
            (Get-Help $Name -Parameter $parameter).description.Text | Should -Not -BeNullOrEmpty -Because $parameter
        }
    }

    It 'names the default of a parameter that has one' {
        $defaults = @{
            Seed = '1'; Format = 'auto'; Type = 'Auto'; Count = '1000'; AnomalyRate = '0.01'; Window = '00:05:00'
            By = 'Event'; Theme = 'Auto'; Threads = 'one for each processor, at most 8'; TimeZone = 'that of the machine'
            Start = '2026-01-05T00:00:00+00:00'
        }
        # Rows are of events, sessions of sources.
        if ($Name -eq 'Get-LogSession') { $defaults.By = 'Source' }
        $optional = (Get-Command $Name).Parameters.Values.Where{ $defaults.ContainsKey($_.Name) }
        # Test-LogFormat has no format that could be found out.
        $optional = $optional.Where{ $Name -ne 'Test-LogFormat' -or $_.Name -ne 'Format' }
        foreach ($parameter in $optional.Where{ @($_.Attributes.Mandatory) -notcontains $true }) {
            (Get-Help $Name -Parameter $parameter.Name).defaultValue | Should -Be $defaults[$parameter.Name]
        }

        (Get-Help Find-LogAnomaly -Parameter Match).defaultValue | Should -BeIn $null, '', 'None'
    }

    It 'has at least two examples' {
        $help.examples.example.Count | Should -BeGreaterThan 1
        (Get-Help $Name -Examples | Out-String) | Should -Match 'PS> '
    }

    It 'has a page with the syntax of the command' {
        $page = Get-Content (Join-Path $root docs "$Name.md") -Raw
        $page -match '(?s)## Syntax\s+```text(.*?)```' | Should -BeTrue
        ($Matches[1] -replace '\s+', ' ').Trim() | Should -Be ((Get-Command $Name -Syntax) -replace '\s+', ' ').Trim()
    }

    It 'has examples whose output is real' {
        $results = @(Invoke-PageExample (Join-Path $root docs "$Name.md") $module (Join-Path $root examples data))
        $results.Count | Should -BeGreaterThan 1
        foreach ($result in $results) {
            $result.Actual | Should -BeExactly $result.Expected -Because "line $($result.Line) runs $($result.Command)"
        }
    }
}

Describe 'Guides' {
    It 'have examples whose output is real: <_>' -ForEach 'README.md', 'docs/learning.md' {
        $results = @(Invoke-PageExample (Join-Path $root $_) $module (Join-Path $root examples data))
        $results.Count | Should -BeGreaterThan 3
        foreach ($result in $results) {
            $result.Actual | Should -BeExactly $result.Expected -Because "line $($result.Line) runs $($result.Command)"
        }
    }

    It 'name every command in README' {
        $readme = Get-Content (Join-Path $root README.md) -Raw
        foreach ($name in (Get-Module LogAnomaly).ExportedCmdlets.Keys) {
            $readme | Should -Match "\| ``$name`` \|"
        }
    }
}

Describe 'Help topics' {
    It 'hold one about the module' {
        Get-Help about_LogAnomaly | Out-String | Should -Match 'NOTHING IS LOST IN SILENCE'
    }
}

Describe 'Examples' {
    It 'run: <_>' -ForEach (Get-ChildItem (Join-Path $PSScriptRoot .. .. examples *.ps1)).Name {
        $script = Join-Path $root examples $_
        $tokens = $errors = $null
        $needs = [System.Management.Automation.Language.Parser]::ParseFile($script, [ref] $tokens, [ref] $errors).ScriptRequirements
        foreach ($name in $needs.RequiredModules.Name) {
            if (-not (Get-Module $name -ListAvailable)) {
                Set-ItResult -Skipped -Because "$name is not installed"
                return
            }
        }

        $import = "Import-Module '$module'; "
        $takesFolder = (Get-Command $script).Parameters.ContainsKey('OutputFolder')
        $run = "& '$script' $($takesFolder ? "-OutputFolder '$TestDrive'" : '')"
        # With the module in the session, as README does it, and without, where it lies built beside them.
        $built = Test-Path (Join-Path $root out LogAnomaly)
        foreach ($command in @("$import$run") + @($run) * $built) {
            $output = & (Get-Shell) -NoProfile -NonInteractive -Command $command 2>&1
            $LASTEXITCODE | Should -Be 0 -Because ($output | Out-String)
            $output | Should -Not -BeNullOrEmpty
        }
    }
}
