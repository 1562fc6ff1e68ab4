using System.Collections;
using System.Globalization;
using System.Management.Automation;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>Adds a suppression to a file: which findings need not be seen, why, and until when.</summary>
[Cmdlet(VerbsCommon.New, "LogSuppression", SupportsShouldProcess = true)]
[OutputType(typeof(LogSuppression))]
public sealed class NewLogSuppressionCommand : PSCmdlet
{
    private const int Days = 90;

    /// <summary>A finding whose like is to be hidden: the same rule about the same entity.</summary>
    [Parameter(ValueFromPipeline = true)]
    public Anomaly? InputObject { get; set; }

    /// <summary>Id of the rule whose findings are hidden; wildcards are allowed.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? RuleId { get; set; }

    /// <summary>Addresses or networks that the findings are about.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? SourceIP { get; set; }

    /// <summary>Users that the findings are about.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? UserName { get; set; }

    /// <summary>Hosts that the findings are about.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? HostName { get; set; }

    /// <summary>Programs that the findings are about.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Program { get; set; }

    /// <summary>Values of any other fields, such as @{ TemplateId = '5c1b', 'url.path' = '/health*' }.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? Field { get; set; }

    /// <summary>The time when it ends; 90 days from now by default.</summary>
    [Parameter]
    public DateTimeOffset? Until { get; set; }

    /// <summary>Lets it never end.</summary>
    [Parameter]
    public SwitchParameter NoExpiry { get; set; }

    /// <summary>Why the findings need not be seen.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string Because { get; set; } = "";

    /// <summary>Ticket or change that the decision belongs to.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Ticket { get; set; }

    /// <summary>The file, which is made where there is none.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = SuppressionFile.DefaultName;

    /// <summary>Gives the suppression that was added.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (NoExpiry && Until is not null)
        {
            ThrowTerminatingError(Errors.ExpiryExcludes());
        }

        if (Until is { } until && until <= DateTimeOffset.Now)
        {
            ThrowTerminatingError(Errors.AlreadyExpired(until));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        string path = FileArguments.ResolveTarget(this, Path, mayOverwrite: true);
        LogSuppression suppression = Make();
        string what = string.Join(
            ", ", suppression.Fields.Select(field => $"{field.Key} {string.Join(" or ", field.Value)}"));
        if (!ShouldProcess(
            VisibleText.Escape(path),
            VisibleText.Escape($"Hide findings of {suppression.RuleId ?? "any rule"}: {what}")))
        {
            return;
        }

        try
        {
            SuppressionFile.Add(path, suppression);
        }
        catch (FormatException error)
        {
            WriteError(Errors.BadSuppression(error, suppression));
            return;
        }
        catch (InvalidDataException error)
        {
            ThrowTerminatingError(Errors.BadSuppressionFile(error, path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.NotWritten(path, error));
        }

        if (PassThru)
        {
            WriteObject(suppression);
        }
    }

    private LogSuppression Make()
    {
        Dictionary<string, IReadOnlyList<string>> fields = new(StringComparer.OrdinalIgnoreCase);
        LogSuppression like = InputObject is null
            ? new LogSuppression { Id = "", Because = Because }
            : LogSuppression.Like(InputObject, Because);
        foreach ((string name, IReadOnlyList<string> values) in like.Fields)
        {
            fields[name] = values;
        }

        Set(fields, nameof(SourceIP), SourceIP);
        Set(fields, nameof(UserName), UserName);
        Set(fields, nameof(HostName), HostName);
        Set(fields, nameof(Program), Program);
        foreach (DictionaryEntry entry in Field ?? [])
        {
            Set(fields, TextOf(entry.Key), LanguagePrimitives.GetEnumerable(entry.Value) is { } values
                ? [.. values.Cast<object?>().Select(TextOf)]
                : [TextOf(entry.Value)]);
        }

        DateTimeOffset now = DateTimeOffset.Now;
        LogSuppression suppression = like with
        {
            RuleId = RuleId ?? like.RuleId,
            Fields = fields,
            Until = NoExpiry ? null : WholeSeconds(Until ?? now.AddDays(Days)),
            Ticket = Ticket,
            CreatedAt = now,
            CreatedBy = Environment.UserName,
        };
        return suppression with { Id = SuppressionFile.NewId(suppression), CreatedAt = WholeSeconds(now) };
    }

    private static void Set(Dictionary<string, IReadOnlyList<string>> fields, string name, string[]? values)
    {
        if (values is not null)
        {
            fields[name] = values;
        }
    }

    private static string TextOf(object? value) =>
        Convert.ToString(value is PSObject wrapped ? wrapped.BaseObject : value, CultureInfo.InvariantCulture) ?? "";

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) =>
        time.AddTicks(-(time.Ticks % TimeSpan.TicksPerSecond));
}
