#Requires -Version 7.4
<#
.SYNOPSIS
    Makes the help file of the module from docs/*.md and from the commands themselves.
.DESCRIPTION
    The prose comes from the page of each command; what a machine knows better (types, positions, parameter sets,
    aliases) comes from the built command. A parameter without prose, or prose without a parameter, is an error.
#>
[CmdletBinding()]
param(
    # Folder of the built module.
    [Parameter(Mandatory)] [string] $Module,
    # Folder of the pages.
    [Parameter(Mandatory)] [string] $Docs
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

$maml = 'http://schemas.microsoft.com/maml/2004/10'
$command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
$dev = 'http://schemas.microsoft.com/maml/dev/2004/10'
$common = [System.Management.Automation.Cmdlet]::CommonParameters
$risk = @{
    WhatIf  = 'Says what would be written and writes nothing.'
    Confirm = 'Asks before anything is written.'
}

# A page is a tree of headings: '# Name' with the synopsis, '## Section', '### Item'. Gives the lines of each item by
# section and item; the item '' is what stands before the first.
function Read-Page([string] $Path) {
    $sections = [ordered]@{}
    $section = 'Synopsis'
    $item = ''
    $sections[$section] = [ordered]@{ '' = [System.Collections.Generic.List[string]]::new() }
    $fenced = $false
    foreach ($line in [System.IO.File]::ReadAllLines($Path)) {
        if ($line.StartsWith('```')) {
            $fenced = -not $fenced
        }

        if (-not $fenced -and $line -match '^## (.+)$') {
            $section, $item = $Matches[1].Trim(), ''
            $sections[$section] = [ordered]@{ '' = [System.Collections.Generic.List[string]]::new() }
        }
        elseif (-not $fenced -and $line -match '^### (.+)$') {
            $item = $Matches[1].Trim()
            $sections[$section][$item] = [System.Collections.Generic.List[string]]::new()
        }
        elseif (-not ($section -eq 'Synopsis' -and $line.StartsWith('# '))) {
            $sections[$section][$item].Add($line)
        }
    }

    $sections
}

# Paragraphs of prose, their lines joined and the marks of Markdown taken away.
function ConvertTo-Paragraph([string[]] $Lines) {
    $text = ($Lines -join "`n").Trim()
    foreach ($paragraph in $text -split '\n\s*\n') {
        $isList = $paragraph.TrimStart().StartsWith('- ')
        $plain = $paragraph -replace '\[([^\]]+)\]\([^)]+\)', '$1' -replace '`', '' -replace '\*\*', ''
        $plain = $isList ? ($plain -replace '\n(?!- )\s*', ' ') : ($plain -replace '\s*\n\s*', ' ')
        if ($plain) {
            $plain
        }
    }
}

function Write-Paragraph($Writer, [string] $Name, [string[]] $Lines, [string] $Namespace = $maml) {
    $Writer.WriteStartElement($Name, $Namespace)
    foreach ($paragraph in @(ConvertTo-Paragraph $Lines)) {
        $Writer.WriteElementString('para', $maml, $paragraph)
    }

    $Writer.WriteEndElement()
}

function Get-TypeName([type] $Type) {
    $inner = [System.Nullable]::GetUnderlyingType($Type) ?? $Type
    $inner.IsArray ? "$($inner.GetElementType().Name)[]" : $inner.Name
}

# What a parameter is without being given: the value that its property has in a new cmdlet, or nothing. What the
# machine decides is said in words, because the help goes to other machines.
function Get-Default($Instance, $Parameter) {
    switch ($Parameter.Name) {
        Threads { return 'one for each processor, at most 8' }
        TimeZone { return 'that of the machine' }
    }

    $property = $Instance.GetType().GetProperty($Parameter.Name)
    $value = $null -eq $property -or $Parameter.IsMandatory ? $null : $property.GetValue($Instance)
    switch ($value) {
        { $null -eq $_ -or $_ -is [switch] -or $_ -is [array] } { return '' }
        { $_ -is [DateTimeOffset] } { return $_.ToString('yyyy-MM-ddTHH:mm:sszzz', [cultureinfo]::InvariantCulture) }
    }

    "$value"
}

function Write-Parameter($Writer, $Parameter, [string[]] $Text, $Instance) {
    $pipeline = @(
        if ($Parameter.ValueFromPipeline) { 'ByValue' }
        if ($Parameter.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
    ) -join ', '
    $Writer.WriteStartElement('parameter', $command)
    $Writer.WriteAttributeString('required', "$($Parameter.IsMandatory)".ToLowerInvariant())
    $Writer.WriteAttributeString('variableLength', "$($Parameter.ParameterType.IsArray)".ToLowerInvariant())
    $wildcards = [System.Management.Automation.SupportsWildcardsAttribute]
    $globbing = @($Parameter.Attributes).Where{ $_ -is $wildcards }.Count -gt 0
    $Writer.WriteAttributeString('globbing', "$globbing".ToLowerInvariant())
    $Writer.WriteAttributeString('pipelineInput', ($pipeline ? "True ($pipeline)" : 'False'))
    $Writer.WriteAttributeString('position', ($Parameter.Position -ge 0 ? "$($Parameter.Position)" : 'named'))
    $Writer.WriteAttributeString('aliases', ($Parameter.Aliases.Count ? ($Parameter.Aliases -join ', ') : 'none'))
    $Writer.WriteElementString('name', $maml, $Parameter.Name)
    Write-Paragraph $Writer 'description' $Text
    $type = Get-TypeName $Parameter.ParameterType
    if ($Parameter.ParameterType -ne [switch]) {
        $Writer.WriteStartElement('parameterValue', $command)
        $Writer.WriteAttributeString('required', 'true')
        $Writer.WriteString($type)
        $Writer.WriteEndElement()
    }

    $Writer.WriteStartElement('type', $dev)
    $Writer.WriteElementString('name', $maml, $type)
    $Writer.WriteEndElement()
    $default = Get-Default $Instance $Parameter
    if ($default) {
        $Writer.WriteElementString('defaultValue', $dev, $default)
    }

    $Writer.WriteEndElement()
}

function Write-TypeList($Writer, [string] $List, [string] $Element, $Items) {
    $Writer.WriteStartElement($List, $command)
    foreach ($name in @($Items.Keys).Where({ $_ })) {
        $Writer.WriteStartElement($Element, $command)
        $Writer.WriteStartElement('type', $dev)
        $Writer.WriteElementString('name', $maml, $name)
        $Writer.WriteEndElement()
        Write-Paragraph $Writer 'description' $Items[$name]
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
}

function Write-Example($Writer, $Items) {
    $Writer.WriteStartElement('examples', $command)
    foreach ($title in @($Items.Keys).Where({ $_ })) {
        $code, $remarks, $fenced = @(), @(), $false
        foreach ($line in $Items[$title]) {
            if ($line.StartsWith('```')) { $fenced = -not $fenced }
            elseif ($fenced) { $code += $line }
            else { $remarks += $line }
        }

        $Writer.WriteStartElement('example', $command)
        $Writer.WriteElementString('title', $maml, "---- $title ----")
        $Writer.WriteElementString('code', $dev, $code -join "`n")
        Write-Paragraph $Writer 'remarks' $remarks $dev
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
}

function Write-Link($Writer, [string[]] $Lines) {
    $Writer.WriteStartElement('relatedLinks', $command)
    foreach ($match in [regex]::Matches($Lines -join "`n", '\[([^\]]+)\]')) {
        $Writer.WriteStartElement('navigationLink', $maml)
        $Writer.WriteElementString('linkText', $maml, $match.Groups[1].Value)
        $Writer.WriteElementString('uri', $maml, '')
        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
}

function Write-Command($Writer, $Cmdlet, $Page) {
    $texts = $Page['Parameters']
    $documented = @($texts.Keys).Where({ $_ }) -replace '^-', ''
    $sets = @($Cmdlet.ParameterSets)
    $parameters = @($sets.Parameters | Where-Object Name -NotIn $common | Sort-Object Name -Unique)
    $own = @($parameters | Where-Object Name -NotIn @($risk.Keys))
    $difference = @(Compare-Object @($own.Name) @($documented))
    if ($difference) {
        throw "docs/$($Cmdlet.Name).md and the command differ in parameters: $($difference.InputObject -join ', ')"
    }

    $instance = [System.Activator]::CreateInstance($Cmdlet.ImplementingType)
    $textOf = { param($name) $risk.ContainsKey($name) ? @($risk[$name]) : $texts["-$name"] }
    $Writer.WriteStartElement('command', 'command', $command)
    $Writer.WriteStartElement('details', $command)
    $Writer.WriteElementString('name', $command, $Cmdlet.Name)
    $Writer.WriteElementString('verb', $command, $Cmdlet.Verb)
    $Writer.WriteElementString('noun', $command, $Cmdlet.Noun)
    Write-Paragraph $Writer 'description' $Page['Synopsis']['']
    $Writer.WriteEndElement()
    Write-Paragraph $Writer 'description' $Page['Description']['']
    $Writer.WriteStartElement('syntax', $command)
    foreach ($set in $sets) {
        $Writer.WriteStartElement('syntaxItem', $command)
        $Writer.WriteElementString('name', $maml, $Cmdlet.Name)
        $named = $set.Parameters | Where-Object Name -NotIn $common |
            Sort-Object { $_.Position -lt 0 ? [int]::MaxValue : $_.Position }, { -not $_.IsMandatory }, Name
        foreach ($parameter in $named) {
            Write-Parameter $Writer $parameter (& $textOf $parameter.Name) $instance
        }

        $Writer.WriteEndElement()
    }

    $Writer.WriteEndElement()
    $Writer.WriteStartElement('parameters', $command)
    foreach ($parameter in $parameters) {
        Write-Parameter $Writer $parameter (& $textOf $parameter.Name) $instance
    }

    $Writer.WriteEndElement()
    Write-TypeList $Writer 'inputTypes' 'inputType' $Page['Inputs']
    Write-TypeList $Writer 'returnValues' 'returnValue' $Page['Outputs']
    $Writer.WriteStartElement('alertSet', $maml)
    Write-Paragraph $Writer 'alert' $Page['Notes']['']
    $Writer.WriteEndElement()
    Write-Example $Writer $Page['Examples']
    Write-Link $Writer $Page['See also']['']
    $Writer.WriteEndElement()
}

Import-Module (Join-Path $Module LogAnomaly.psd1)
$target = Join-Path $Module en-US LogAnomaly.PowerShell.dll-Help.xml
$null = New-Item -ItemType Directory -Path (Split-Path $target) -Force
$settings = [System.Xml.XmlWriterSettings]@{ Indent = $true; Encoding = [System.Text.UTF8Encoding]::new($false) }
$writer = [System.Xml.XmlWriter]::Create($target, $settings)
try {
    $writer.WriteStartElement('helpItems', 'http://msh')
    $writer.WriteAttributeString('schema', 'maml')
    $writer.WriteAttributeString('xmlns', 'maml', $null, $maml)
    $writer.WriteAttributeString('xmlns', 'command', $null, $command)
    $writer.WriteAttributeString('xmlns', 'dev', $null, $dev)
    foreach ($cmdlet in Get-Command -Module LogAnomaly -CommandType Cmdlet | Sort-Object Name) {
        Write-Command $writer $cmdlet (Read-Page (Join-Path $Docs "$($cmdlet.Name).md"))
    }

    $writer.WriteEndElement()
}
finally {
    $writer.Dispose()
}
