Set-StrictMode -Version 3.0

# Lines for tests, and the module under test: that of LOGANOMALY_MODULE, else of out/LogAnomaly.
function Import-TestedModule {
    $folder = $env:LOGANOMALY_MODULE ?? (Join-Path $PSScriptRoot .. .. out LogAnomaly)
    Import-Module (Join-Path $folder LogAnomaly.psd1) -Global
}

# This PowerShell; as a tool of .NET it runs inside 'dotnet', and then the one on the path has to do.
function Get-Shell {
    $process = [System.Environment]::ProcessPath
    (Split-Path $process -LeafBase) -eq 'pwsh' ? $process : 'pwsh'
}

function Get-AccessLine([int] $Number, [int] $Status = 200) {
    '192.0.2.{0} - - [05/Jan/2026:{1:00}:{2:00}:{3:00} +0000] "GET /page/{4} HTTP/1.1" {5} 512 "-" "test/1.0"' -f
        ($Number % 250), ([math]::Floor($Number / 3600) % 24), ([math]::Floor($Number / 60) % 60), ($Number % 60), $Number, $Status
}

function Get-ErrorLine([string] $Message = 'AH00558: hello', [string] $Level = 'core:notice') {
    "[Mon Jan 05 00:00:02.000000 2026] [$Level] [pid 1:tid 2] $Message"
}

function Get-AuthLine([string] $Message = 'Invalid user test from 203.0.113.9 port 26616') {
    "Jan  5 00:02:30 web1 sshd[12784]: $Message"
}

# The data that a page carries: base64 of JSON that zlib has packed.
function Get-PageData([string] $Path) {
    $block = [regex]::Match((Get-Content $Path -Raw), '(?s)<script[^>]* id="data">(.*?)</script>').Groups[1].Value.Trim()
    $packed = [System.IO.MemoryStream]::new([System.Convert]::FromBase64String($block))
    $stream = [System.IO.Compression.ZLibStream]::new($packed, [System.IO.Compression.CompressionMode]::Decompress)
    [System.IO.StreamReader]::new($stream).ReadToEnd() | ConvertFrom-Json -DateKind String
}

Export-ModuleMember -Function *
