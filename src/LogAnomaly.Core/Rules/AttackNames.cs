using System.Reflection;

namespace LogAnomaly.Rules;

/// <summary>
/// Names of the techniques of MITRE ATT&amp;CK for Enterprise, version 19, with the ids of earlier versions that rules
/// may still carry.
/// </summary>
public static class AttackNames
{
    private const string ResourceName = "LogAnomaly.Rules.attack-names.txt";

    private static readonly Lazy<Dictionary<string, string>> s_names = new(Load);

    /// <summary>How many ids have a name.</summary>
    internal static int Count => s_names.Value.Count;

    /// <summary>The name of a technique; of a sub-technique with that of its technique before it.</summary>
    /// <param name="id">The id, such as <c>T1110.001</c>; letters of either case.</param>
    /// <returns>The name, such as <c>Brute Force: Password Guessing</c>, or null where the id is not known.</returns>
    public static string? Of(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (!s_names.Value.TryGetValue(id, out string? name))
        {
            return null;
        }

        int dot = id.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && s_names.Value.TryGetValue(id[..dot], out string? parent) ? $"{parent}: {name}" : name;
    }

    private static Dictionary<string, string> Load()
    {
        using Stream resource = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)
            ?? throw new InvalidOperationException($"The assembly lacks its names of techniques, {ResourceName}.");
        using StreamReader reader = new(resource);
        Dictionary<string, string> names = new(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space > 0 && line[0] != '#')
            {
                names.Add(line[..space], line[(space + 1)..]);
            }
        }

        return names;
    }
}
