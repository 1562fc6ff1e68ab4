using System.Collections.ObjectModel;
using System.Text;
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

    /// <summary>
    /// Id of the rule whose findings are hidden, with the wildcards <c>*</c> and <c>?</c>; null for any.
    /// </summary>
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

    /// <summary>
    /// A suppression of findings like one: of the same rule about the same entity; where no rule made it, of the same
    /// template, else of the same title. Id and times are left open.
    /// </summary>
    /// <param name="anomaly">The finding.</param>
    /// <param name="because">Why the findings need not be seen.</param>
    /// <returns>The suppression. Names are meant as they stand, also where attackers put wildcards into them.</returns>
    public static LogSuppression Like(Anomaly anomaly, string because)
    {
        ArgumentNullException.ThrowIfNull(anomaly);
        Dictionary<string, IReadOnlyList<string>> fields = new(StringComparer.OrdinalIgnoreCase);
        if (anomaly is { EntityType: { } type, Entity: { } entity })
        {
            fields[type] = [EscapeWildcards(entity)];
        }

        if (anomaly.RuleId is null)
        {
            (string name, string value) = anomaly.TemplateId is { } template
                ? ("TemplateId", template)
                : ("Title", anomaly.Title);
            fields[name] = [EscapeWildcards(value)];
        }

        return new LogSuppression
        {
            Id = "",
            RuleId = anomaly.RuleId is { } rule ? EscapeWildcards(rule) : null,
            Fields = fields,
            Because = because,
        };
    }

    /// <summary>A text as a value that matches just that text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text with a backtick before each wildcard and backtick.</returns>
    public static string EscapeWildcards(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        StringBuilder escaped = new(text.Length);
        foreach (char character in text)
        {
            if (character is '*' or '?' or '`')
            {
                escaped.Append('`');
            }

            escaped.Append(character);
        }

        return escaped.ToString();
    }

    /// <summary>Whether it hides nothing any more.</summary>
    /// <param name="at">The time that is asked about.</param>
    /// <returns>Whether its end has come by then.</returns>
    public bool IsExpired(DateTimeOffset at) => Until is { } until && until <= at;

    /// <inheritdoc/>
    public override string ToString() => $"{Id} {RuleId ?? "*"} {Because}";
}
