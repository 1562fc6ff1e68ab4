using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace LogAnomaly;

/// <summary>
/// What a user says of a finding, and what its like are: findings of the same rule, or of the same detector and
/// template, about the same entity. Those about an entity of the same class, such as an address of the same network,
/// are partly like it.
/// </summary>
public sealed record LogVerdict
{
    /// <summary>Short id that never changes, such as <c>V-4f1c09ab</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Benign or Malicious.</summary>
    public required VerdictKind Kind { get; init; }

    /// <summary>Why.</summary>
    public required string Because { get; init; }

    /// <summary>When it was said.</summary>
    public DateTimeOffset MarkedAt { get; init; }

    /// <summary>Who said it, or null where the file does not say.</summary>
    public string? MarkedBy { get; init; }

    /// <summary>The time from which it changes nothing any more, or null where it never ends.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Id of the rule that made the finding, or null where none did.</summary>
    public string? RuleId { get; init; }

    /// <summary>The detector that made the finding, where no rule did.</summary>
    public string? Detector { get; init; }

    /// <summary>Id of the template of the finding, where no rule made it.</summary>
    public string? TemplateId { get; init; }

    /// <summary>Title of the finding; where neither rule nor template is known, it tells what is like it.</summary>
    public string Title { get; init; } = "";

    /// <summary>Kind of the events.</summary>
    public LogKind EventKind { get; init; }

    /// <summary>Name of the field that says whom the finding is about, or null.</summary>
    public string? EntityType { get; init; }

    /// <summary>Whom the finding is about, or null.</summary>
    public string? Entity { get; init; }

    /// <summary>Score of the finding when it was judged.</summary>
    public double Score { get; init; }

    /// <summary>Members that the file has beside ours, which are written back as they were.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonElement>> Others { get; init; } = [];

    /// <summary>A verdict on a finding.</summary>
    /// <param name="anomaly">The finding.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="because">Why.</param>
    /// <param name="markedAt">When that is said.</param>
    /// <param name="markedBy">Who says it, or null.</param>
    /// <param name="until">When it ends, or null for never.</param>
    /// <returns>The verdict.</returns>
    public static LogVerdict On(
        Anomaly anomaly,
        VerdictKind kind,
        string because,
        DateTimeOffset markedAt,
        string? markedBy = null,
        DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(anomaly);
        ArgumentException.ThrowIfNullOrWhiteSpace(because);
        bool isOfRule = anomaly.RuleId is not null;
        LogVerdict verdict = new()
        {
            Id = "",
            Kind = kind,
            Because = because,
            MarkedAt = markedAt.AddTicks(-(markedAt.Ticks % TimeSpan.TicksPerSecond)),
            MarkedBy = markedBy,
            Until = until,
            RuleId = anomaly.RuleId,
            Detector = isOfRule ? null : anomaly.Detector,
            TemplateId = isOfRule ? null : anomaly.TemplateId,
            Title = anomaly.Title,
            EventKind = anomaly.Kind,
            EntityType = anomaly.EntityType,
            Entity = anomaly.Entity,
            Score = anomaly.Score,
        };
        return verdict with { Id = NewId(verdict, markedAt) };
    }

    /// <summary>Whether it changes nothing any more.</summary>
    /// <param name="at">The time that is asked about.</param>
    /// <returns>Whether its end has come by then.</returns>
    public bool IsExpired(DateTimeOffset at) => Until is { } until && until <= at;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {Kind} {Because}";

    // Made of what it says and when, to the tick, so that two of one second differ where they say different things.
    private static string NewId(LogVerdict verdict, DateTimeOffset markedAt)
    {
        string text = string.Join(
            '\0',
            verdict.Kind,
            verdict.RuleId,
            verdict.Detector,
            verdict.TemplateId,
            verdict.Title,
            verdict.EventKind,
            verdict.EntityType,
            verdict.Entity,
            verdict.Because,
            verdict.MarkedBy,
            markedAt.UtcTicks.ToString(CultureInfo.InvariantCulture));
        return "V-" + Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)), 0, 4).ToLowerInvariant();
    }
}
