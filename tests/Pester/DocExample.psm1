Set-StrictMode -Version 3.0

# The examples of a page: every line 'PS> command' (continued by '>> ') in a block fenced as powershell, with the
# output after it.
function Get-PageExample {
    param([Parameter(Mandatory)] [string] $Path)

    $command, $output, $fenced, $number = $null, @(), $false, 0
    foreach ($line in [System.IO.File]::ReadAllLines($Path)) {
        $number++
        $prompt = $fenced -and $line.StartsWith('PS> ')
        if (($prompt -or $line.StartsWith('```')) -and $null -ne $command) {
            [pscustomobject]@{ Line = $start; Command = $command; Output = ConvertTo-ComparableText $output }
            $command = $null
        }

        if ($line.StartsWith('```')) {
            $fenced = -not $fenced -and $line -eq '```powershell'
        }
        elseif ($prompt) {
            $command, $output, $start = $line.Substring(4), @(), $number
        }
        elseif ($fenced -and $null -ne $command) {
            if ($line.StartsWith('>> ')) { $command += "`n" + $line.Substring(3) } else { $output += $line }
        }
    }
}

# Output without what an editor would change: spaces at the ends of lines, empty lines around it.
function ConvertTo-ComparableText([string[]] $Lines) {
    (($Lines -join "`n") -replace '\r', '' -replace '[ \t]+(?=\n|$)', '').Trim("`n")
}

# Runs the commands of a page in their order, in a session of its own that holds the module and stands in a folder
# with the sample logs.
function Invoke-PageExample {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Module,
        [Parameter(Mandatory)] [string] $SampleFolder
    )

    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ([System.IO.Path]::GetRandomFileName())
    $null = New-Item -ItemType Directory -Path $folder
    Copy-Item -Path (Join-Path $SampleFolder *) -Exclude *.labels.json, README.md -Destination $folder
    $session = [powershell]::Create()
    try {
        $null = $session.AddScript({
            param($module, $folder)
            $PSStyle.OutputRendering = 'PlainText'
            Import-Module $module
            Set-Location -LiteralPath $folder
        }.ToString(), $false).AddArgument((Join-Path $Module LogAnomaly.psd1)).AddArgument($folder).Invoke()
        foreach ($example in @(Get-PageExample $Path)) {
            $session.Commands.Clear()
            # Times and numbers are printed by the culture of the machine; the pages are written in none.
            $script = "[cultureinfo]::CurrentCulture = [cultureinfo]::InvariantCulture`n" +
                ". {`n$($example.Command)`n} *>&1 | Out-String -Width 100"
            $text = $session.AddScript($script, $false).Invoke()
            [pscustomobject]@{
                Line     = $example.Line
                Command  = $example.Command
                Expected = $example.Output
                # Where the reader stands is not where the test stands.
                Actual   = (ConvertTo-ComparableText @($text)).Replace($folder, '/srv/logs')
            }
        }
    }
    finally {
        $session.Dispose()
        Remove-Item -LiteralPath $folder -Recurse -Force
    }
}

Export-ModuleMember -Function Get-PageExample, Invoke-PageExample
