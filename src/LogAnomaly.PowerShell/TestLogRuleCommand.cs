using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.PowerShell;

/// <summary>Checks rules, and says what they would have found in a log.</summary>
[Cmdlet(VerbsDiagnostic.Test, "LogRule")]
[OutputType(typeof(LogRule), typeof(RuleTestResult))]
public sealed class TestLogRuleCommand : CancellableCommand
{
    private readonly List<string> _rules = [];

    /// <summary>Files and folders of rules.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath")]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Log files to try the rules on; wildcards are allowed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? LogPath { get; set; }

    /// <summary>Zone of stamps that name none, as an id or an offset; by default the machine's.</summary>
    [Parameter]
    [TimeZoneTransformation]
    [ArgumentCompleter(typeof(TimeZoneCompleter))]
    [ValidateNotNull]
    public TimeZoneInfo TimeZone { get; set; } = TimeZoneInfo.Local;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            if (FileArguments.Resolve(this, path) is not { } full)
            {
                continue;
            }

            if (File.Exists(full) || Directory.Exists(full))
            {
                _rules.Add(full);
                continue;
            }

            WriteError(Errors.RulesNotFound(path));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        List<LogRule> rules = [.. _rules.SelectMany(Read)];
        if (rules.Count == 0)
        {
            return;
        }

        if (LogPath is null)
        {
            WriteObject(rules.Where(rule => !rule.IsPart), enumerateCollection: true);
            return;
        }

        RuleTest test = new(RuleSet.Compile(rules));
        LogFileReading reading = new(
            this,
            new() { TimeZone = TimeZone, Threads = Math.Min(Environment.ProcessorCount, 8) },
            new ParseLedger(),
            Cancellation);
        foreach (string path in LogPath)
        {
            reading.Read(FileArguments.Expand(this, path), test.Add);
        }

        reading.Finish();
        WriteObject(test.Complete(), enumerateCollection: true);
    }

    private IReadOnlyList<LogRule> Read(string path)
    {
        try
        {
            SigmaRules read = Directory.Exists(path) ? SigmaReader.ReadFolder(path) : SigmaReader.ReadFile(path);
            foreach (RuleFault fault in read.Faults)
            {
                WriteError(Errors.RuleFault(fault));
            }

            return read.Rules;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            WriteError(Errors.RulesNotRead(error));
            return [];
        }
    }
}
