using System.Collections.ObjectModel;
using System.Text.Json;

namespace LogAnomaly;

/// <summary>
/// What a user has decided not to be told of, why, and until when. It hides findings that match its rule and all of its
/// fields; hidden findings are counted, never lost.
/// </summary>
public sealed record LogSuppression
{
    /// <summary>Short id that never changes, such as <c>S-4f1c09ab</c>.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the rule whose findings are hidden, with the wildcards <c>*</c> and <c>?</c>; null for any.</summary>
    public string? RuleId { get; init; }

    /// <summary>
    /// For each field, by any of its names, the values that are hidden: a text, a text with the wildcards <c>*</c> and
    /// <c>?</c> (a backtick before one makes it a letter like any other), or for addresses a network such as
    /// <c>10.0.0.0/8</c>. All fields must match, each with one of its values.
    /// </summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Fields { get; init; } =
        ReadOnlyDictionary<string, IReadOnlyList<string>>.Empty;

    /// <summary>The time from which it hides nothing any more, or null where it never ends.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Why the findings need not be seen.</summary>
    public required string Because { get; init; }

    /// <summary>Ticket or change that the decision belongs to, or null.</summary>
    public string? Ticket { get; init; }

    /// <summary>When it was made, or null where the file does not say.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Who made it, or null.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>Members that the file has beside ours, which are written back as they were.</summary>
    internal IReadOnlyList<KeyValuePair<string, JsonElement>> Others { get; init; } = [];

    /// <summary>Whether it hides nothing any more.</summary>
    /// <param name="at">The time that is asked about.</param>
    /// <returns>Whether its end has come by then.</returns>
    public bool IsExpired(DateTimeOffset at) => Until is { } until && until <= at;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {RuleId ?? "*"} {Because}";
}
