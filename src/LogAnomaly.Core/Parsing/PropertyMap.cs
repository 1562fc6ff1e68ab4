using System.Collections.Frozen;

namespace LogAnomaly.Parsing;

/// <summary>
/// Which names of structured logs stand for which fields: those of <see cref="FieldNames"/>, and the user's own.
/// </summary>
internal sealed class PropertyMap
{
    private const int RankBehindPrefix = 5;

    // Objects that a writer puts around the fields of the program.
    private static readonly string[] s_wrappers =
    [
        "fields.", "@fields.", "attributes.", "attr.", "properties.", "context.", "extra.", "data.", "payload.",
        "jsonPayload.", "body.", "state.", "record.extra.", "record.", "resource.attributes.", "resource.", "log.",
        "_source.", "details.", "request.", "req.", "http.request.", "structuredData.", "contextMap.", "mdc.",
    ];

    private readonly FrozenDictionary<string, PropertyAlias[]>? _own;
    private readonly FrozenSet<LogField>? _ownFields;

    private PropertyMap(IReadOnlyDictionary<LogField, string>? own)
    {
        if (own is { Count: > 0 })
        {
            _own = own
                .GroupBy(pair => pair.Value, StringComparer.OrdinalIgnoreCase)
                .ToFrozenDictionary(
                    group => group.Key,
                    group => group.Select(pair => new PropertyAlias(pair.Key, 0)).ToArray(),
                    StringComparer.OrdinalIgnoreCase);
            _ownFields = own.Keys.ToFrozenSet();
        }
    }

    /// <summary>The map without names of the user's own.</summary>
    public static PropertyMap Default { get; } = new(null);

    /// <summary>A map in which some fields have the names that the user gives.</summary>
    /// <param name="own">The name of each such field; no other name stands for it then.</param>
    /// <returns>The map.</returns>
    public static PropertyMap Create(IReadOnlyDictionary<LogField, string>? own) =>
        own is { Count: > 0 } ? new PropertyMap(own) : Default;

    /// <summary>What a name may stand for.</summary>
    /// <param name="name">The name, with dots between the names of nested objects.</param>
    /// <param name="extraRank">To be added to the ranks: greater for a name whose wrapper was left out.</param>
    /// <returns>The fields; empty where it stands for none.</returns>
    public PropertyAlias[] Find(string name, out int extraRank)
    {
        extraRank = 0;
        if (_own is not null && _own.TryGetValue(name, out PropertyAlias[]? own))
        {
            return own;
        }

        PropertyAlias[] found = FieldNames.Find(name);
        if (found.Length == 0 && name.Contains('.', StringComparison.Ordinal))
        {
            extraRank = RankBehindPrefix;
            found = FindWithoutWrapper(name);
        }

        return found;
    }

    /// <summary>Whether the user named the value that a field is taken from.</summary>
    /// <param name="field">The field.</param>
    /// <returns>Whether he did.</returns>
    public bool IsOwn(LogField field) => _ownFields is not null && _ownFields.Contains(field);

    private static PropertyAlias[] FindWithoutWrapper(string name)
    {
        foreach (string wrapper in s_wrappers)
        {
            if (name.StartsWith(wrapper, StringComparison.OrdinalIgnoreCase))
            {
                return FieldNames.Find(name[wrapper.Length..]);
            }
        }

        return [];
    }
}
