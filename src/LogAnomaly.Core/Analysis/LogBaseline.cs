using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// What is normal in some logs: what they hold, how often and when, as a person can read it in a diff. It holds counts,
/// values such as names of users and addresses, templates and models, and no line of a log.
/// </summary>
public sealed class LogBaseline
{
    /// <summary>The newest version of the format; this is what is written.</summary>
    public const int CurrentVersion = 1;

    /// <summary>Name of the file where none is given.</summary>
    public const string DefaultName = "loganomaly.baseline.json";

    private string? _json;

    /// <summary>Creates a baseline.</summary>
    internal LogBaseline()
    {
    }

    /// <summary>Version of the format that it was read from, or that it is written in.</summary>
    public int FormatVersion { get; internal init; } = CurrentVersion;

    /// <summary>What it is called.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>When it was made.</summary>
    public DateTimeOffset Created { get; internal init; }

    /// <summary>Time of the earliest event that it learned from, or null where none had a time.</summary>
    public DateTimeOffset? From { get; internal init; }

    /// <summary>Time of the latest event that it learned from, or null where none had a time.</summary>
    public DateTimeOffset? To { get; internal init; }

    /// <summary>Hosts that wrote the events, in the order of their names.</summary>
    public IReadOnlyList<string> Hosts { get; internal init; } = [];

    /// <summary>Events that it learned from.</summary>
    public long Events { get; internal init; }

    /// <summary>Events by kind, in the order of the names of kinds.</summary>
    public IReadOnlyList<NameCount> Kinds { get; internal init; } = [];

    /// <summary>Id of the zone that stamps without one were read in.</summary>
    public string TimeZone { get; internal init; } = "UTC";

    /// <summary>Version of the module that made it.</summary>
    public string ModuleVersion { get; internal init; } = "";

    /// <summary>Names of its parts, in the order of the file.</summary>
    public IReadOnlyList<string> Parts => [.. Content.Select(part => part.Key)];

    /// <summary>How far it is known that it is as it was made.</summary>
    public BaselineTrust Trust { get; internal init; }

    /// <summary>Its signature, or null.</summary>
    public BaselineSignature? Signature { get; internal init; }

    /// <summary>
    /// What differs between the baseline that this one goes on from and the events that it learned since: new, gone,
    /// shifted, and what was too old and is forgotten. Empty where it goes on from none. Not part of the file.
    /// </summary>
    public IReadOnlyList<LogDifference> Drift { get; internal init; } = [];

    /// <summary>
    /// The baseline as the text of its file. A property, because it comes along where objects are copied by their
    /// properties, as remoting does: the commands take such a copy for the baseline.
    /// </summary>
    public string Json => Original ?? (_json ??= BaselineFile.ToText(this));

    /// <summary>The text that it was read from, kept because a signature is of that; or null.</summary>
    internal string? Original { get; init; }

    /// <summary>The parts as they stand in the file, those that are not known too.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonElement>> Content { get; init; } = [];

    /// <summary>Reads a baseline from the text of its file.</summary>
    /// <param name="json">The text.</param>
    /// <param name="key">What its signature must agree with; null does not ask for one.</param>
    /// <returns>The baseline.</returns>
    /// <exception cref="InvalidDataException">It is none, or was changed after it was signed, or is not signed as asked
    /// for.</exception>
    public static LogBaseline Parse(string json, BaselineKey? key = null) => BaselineFile.Parse(json, "(text)", key);

    /// <summary>Makes one baseline of several, such as those of several hosts.</summary>
    /// <param name="baselines">The baselines, at least one. A part that is not known is taken from the first that has
    /// it.</param>
    /// <param name="name">What it is called, or null for the names of all.</param>
    /// <param name="created">When it is made; null for now.</param>
    /// <returns>The baseline; it is not signed.</returns>
    /// <exception cref="InvalidDataException">A part cannot be read.</exception>
    public static LogBaseline Merge(
        IReadOnlyList<LogBaseline> baselines, string? name = null, DateTimeOffset? created = null)
    {
        ArgumentNullException.ThrowIfNull(baselines);
        ArgumentOutOfRangeException.ThrowIfZero(baselines.Count);
        IReadOnlyList<IBaselinePart> parts = BaselineParts.Create();
        foreach (LogBaseline baseline in baselines)
        {
            baseline.IncludeIn(parts);
        }

        BaselineHeader header = BaselineHeader.Of(baselines) with
        {
            Name = name
                ?? string.Join(" + ", baselines.Select(baseline => baseline.Name).Distinct(StringComparer.Ordinal)),
            Created = created ?? DateTimeOffset.UtcNow,
        };
        return header.ToBaseline(BaselineFile.ContentOf(parts, baselines));
    }

    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Events} events of {Hosts.Count} hosts");

    /// <summary>Makes the parts that a run with this baseline begins with.</summary>
    /// <returns>New parts that know what the baseline holds.</returns>
    /// <exception cref="InvalidDataException">A part cannot be read.</exception>
    internal IReadOnlyList<IBaselinePart> Restore()
    {
        IReadOnlyList<IBaselinePart> parts = BaselineParts.Create();
        IncludeIn(parts);
        return parts;
    }

    /// <summary>Adds what the baseline holds to parts.</summary>
    /// <param name="parts">The parts.</param>
    /// <exception cref="InvalidDataException">A part cannot be read.</exception>
    internal void IncludeIn(IEnumerable<IBaselinePart> parts)
    {
        foreach (IBaselinePart part in parts)
        {
            foreach ((string _, JsonElement element) in Content.Where(entry => entry.Key == part.Name))
            {
                try
                {
                    part.Include(element);
                }
                catch (Exception error) when (error is FormatException or OverflowException)
                {
                    throw new InvalidDataException(
                        $"The part '{part.Name}' of the baseline '{Name}' cannot be read: {error.Message}", error);
                }
            }
        }
    }
}
