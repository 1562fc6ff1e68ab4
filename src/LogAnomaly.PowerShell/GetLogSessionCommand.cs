using System.Management.Automation;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Tells as one story what each source, user or host did: what was tried, what succeeded, what followed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "LogSession", DefaultParameterSetName = InputObjectSet)]
[OutputType(typeof(LogSession))]
public sealed class GetLogSessionCommand : LogFileCommand
{
    private const string InputObjectSet = "InputObject";
    private static readonly SessionOptions s_defaults = new();

    private SessionBuilder? _builder;
    private LogFileReading? _reading;
    private LogFilter? _filter;

    /// <summary>The event.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public LogEvent InputObject { get; set; } = null!; // PowerShell sets it before each record.

    /// <summary>Whose doings one session tells.</summary>
    [Parameter]
    public SessionGrouping By { get; set; }

    /// <summary>Failed logins from which a session is told whatever else it holds.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MinimumTries { get; set; } = s_defaults.MinimumTries;

    /// <summary>Gives the sessions of ordinary days too.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <summary>Name of the format of the files; by default it is found out for each file.</summary>
    [Parameter(ParameterSetName = PathSet)]
    [Parameter(ParameterSetName = LiteralPathSet)]
    [ArgumentCompleter(typeof(FormatCompleter))]
    [ValidateNotNullOrEmpty]
    public string Format { get; set; } = FormatArguments.Auto;

    /// <summary>Files and folders of Sigma rules to run beside the built-in ones.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? RulePath { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        // A user is told of as a user, a host as a host, unless the command says otherwise.
        SessionGrouping by = MyInvocation.BoundParameters.ContainsKey(nameof(By)) || SourceIP is not null ? By
            : UserName is not null ? SessionGrouping.User
            : HostName is not null ? SessionGrouping.Host
            : By;
        _builder = new SessionBuilder(new SessionOptions
        {
            By = by,
            MinimumTries = MinimumTries,
            IncludesAll = All,
            Rules = RuleArguments.Load(this, RulePath),
            SourceIP = SourceIP,
            UserName = UserName,
            HostName = HostName,
        });

        // These choose sessions, not events: a session has events that do not name its source.
        LogFilter? filter = ToFilter();
        _filter = filter is null ? null : filter with { SourceIP = null, UserName = null, HostName = null };
        LogReaderOptions options = ToReaderOptions() with
        {
            Filter = _filter,
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
            _reading!.Read(ResolveFiles(), _builder!.Add);
        }
        else if (_filter is null || _filter.Admits(InputObject))
        {
            _builder!.Add(InputObject);
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        _reading!.Finish();
        if (_builder!.Forgotten > 0)
        {
            WriteWarning(FormattableString.Invariant(
                $"{_builder.Forgotten} quiet sessions were forgotten, because there were too many to keep at a time."));
        }

        if (!Cancellation.IsCancellationRequested)
        {
            WriteObject(_builder.Complete(), enumerateCollection: true);
        }
    }
}
