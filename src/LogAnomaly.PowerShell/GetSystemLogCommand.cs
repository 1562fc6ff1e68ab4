using System.Management.Automation;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.PowerShell;

/// <summary>
/// Reads syslog, messages, the kernel's and the package managers' logs into typed events, and without a path the
/// journal of this machine.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SystemLog", DefaultParameterSetName = JournalSet)]
[OutputType(typeof(SystemEvent), typeof(AuthEvent), typeof(LogEvent))]
public sealed class GetSystemLogCommand : LogSourceCommand
{
    private const string JournalSet = "Journal";
    private const string JournalFormat = "journal-json";
    private const string JournalName = "(journal)";

    /// <summary>Only entries of the journal that belong to one of these units of systemd.</summary>
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateNotNullOrEmpty]
    public string[]? Unit { get; set; }

    /// <summary>
    /// Only entries of the journal of this boot: 0 for the current one, -1 for the one before, or its id.
    /// </summary>
    [Parameter(ParameterSetName = JournalSet)]
    [ValidateNotNullOrEmpty]
    public string? Boot { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName != JournalSet)
        {
            base.ProcessRecord();
            return;
        }

        JournalQuery query = new()
        {
            Since = After,
            Until = Before,
            Units = Unit ?? [],
            Boot = Boot,
            Newest = Tail,
            Follow = Wait,
        };
        if (JournalSource.TryOpen(query) is { } journal)
        {
            ReadStream(journal, JournalName);
            return;
        }

        ThrowTerminatingError(Errors.NoJournal(query.Command));
    }

    /// <inheritdoc/>
    protected override LogReaderOptions SetFormat(LogReaderOptions options)
    {
        // Whether files come through the pipeline is known only later; their formats are found out. The journal's
        // newest entries are journalctl's to choose.
        bool readsJournal = ParameterSetName == JournalSet && !MyInvocation.ExpectingInput;
        return readsJournal ? options with { Format = FormatArguments.Known(JournalFormat), Tail = null } : options;
    }
}
