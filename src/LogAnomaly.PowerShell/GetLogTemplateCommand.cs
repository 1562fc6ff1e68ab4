using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;
using LogAnomaly.Templates;

namespace LogAnomaly.PowerShell;

/// <summary>Gives the templates of the messages of logs, or how they differ from those of older logs.</summary>
[Cmdlet(VerbsCommon.Get, "LogTemplate", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(LogTemplate), typeof(TemplateChange))]
public sealed class GetLogTemplateCommand : LogFileCommand
{
    private const string InputObjectSet = "InputObject";

    private TemplateMiner? _miner;
    private TemplateComparison? _comparison;
    private Action<LogEvent> _add = _ => { };
    private LogFileReading? _reading;
    private LogFilter? _filter;

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>Paths of older logs to compare with; wildcards are allowed.</summary>
    [Parameter]
    [Alias("ReferencePath")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Diff { get; set; }

    /// <summary>Least number of events of a template, in either input.</summary>
    [Parameter]
    [ValidateRange(1, long.MaxValue)]
    public long MinimumCount { get; set; } = 1;

    /// <summary>Templates that are kept apart; further ones count together.</summary>
    [Parameter]
    [ValidateRange(2, 1_000_000)]
    public int MaximumTemplates { get; set; } = 20_000;

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        _comparison = Diff is null ? null : new TemplateComparison(MaximumTemplates);
        _miner = new TemplateMiner(MaximumTemplates);
        _add = _comparison is null ? logEvent => _miner.Add(logEvent) : _comparison.AddDifference;
        _filter = ToFilter();
        LogReaderOptions options = ToReaderOptions() with
        {
            Format = FormatArguments.Parse(this, Format),
            Threads = Math.Min(Environment.ProcessorCount, 8),
        };
        _reading = new LogFileReading(this, options, new ParseLedger(), Cancellation);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != InputObjectSet)
        {
            _reading!.Read(ResolveFiles(), _add);
        }
        else if (_filter is null || _filter.Admits(InputObject))
        {
            _add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_comparison is not null)
        {
            string[] older = [.. Diff!.SelectMany(path => FileArguments.Expand(this, path))];
            if (older.Length == 0)
            {
                // It was told that there is none; to call everything new would be another answer than was asked for.
                return;
            }

            _reading!.Read(older, _comparison.AddReference);
        }

        _reading!.Finish();
        if (Cancellation.IsCancellationRequested)
        {
            return;
        }

        if (_comparison is null)
        {
            IEnumerable<LogTemplate> templates = TemplateShares.Set(_miner!.ToTemplates());
            WriteObject(templates.Where(template => template.Count >= MinimumCount), enumerateCollection: true);
            return;
        }

        IEnumerable<TemplateChange> changes = _comparison.Complete()
            .Where(change => Math.Max(change.Count, change.ReferenceCount) >= MinimumCount);
        WriteObject(changes, enumerateCollection: true);
    }
}
