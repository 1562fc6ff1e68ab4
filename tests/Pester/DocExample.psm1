Set-StrictMode -Version 3.0

# The examples of a page: every line 'PS> command' (continued by '>> ') in a block fenced as powershell, with the output after it.
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

# Runs the commands of a page, in their order and in one scope, in a folder that holds the sample logs.
function Invoke-PageExample {
    param(
        [Parameter(Mandatory)] [string] $Path,
        [Parameter(Mandatory)] [string] $Folder,
        [Parameter(Mandatory)] [string] $SampleFolder
    )

    Copy-Item -Path (Join-Path $SampleFolder *.log) -Destination $Folder
    Push-Location -LiteralPath $Folder
    $rendering = $PSStyle.OutputRendering
    $PSStyle.OutputRendering = 'PlainText'
    try {
        foreach ($example in @(Get-PageExample $Path)) {
            $text = . ([scriptblock]::Create($example.Command)) *>&1 | Out-String -Width 100
            [pscustomobject]@{
                Line     = $example.Line
                Command  = $example.Command
                Expected = $example.Output
                Actual   = ConvertTo-ComparableText @($text)
            }
        }
    }
    finally {
        $PSStyle.OutputRendering = $rendering
        Pop-Location
    }
}

Export-ModuleMember -Function Get-PageExample, Invoke-PageExample
