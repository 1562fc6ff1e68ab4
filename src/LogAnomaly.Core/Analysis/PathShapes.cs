namespace LogAnomaly.Analysis;

/// <summary>
/// Paths of requests without the numbers and ids in them, so that <c>/order/17</c> and <c>/order/18</c> are one place.
/// </summary>
internal sealed class PathShapes
{
    private const int MostKnown = 20_000;
    private const int LongestVersion = 3;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The shape of a path.</summary>
    /// <param name="path">The path, or null.</param>
    /// <returns>The path with <c>&lt;id&gt;</c> for each part that holds a digit; short ones such as <c>v2</c> stay.
    /// Null for null.</returns>
    public string? Of(string? path)
    {
        if (path is null || !path.AsSpan().ContainsAnyInRange('0', '9'))
        {
            return path;
        }

        if (_known.TryGetValue(path, out string? shape))
        {
            return shape;
        }

        string[] parts = path.Split('/');
        for (int i = 0; i < parts.Length; i++)
        {
            bool isVersion = parts[i].Length is > 1 and <= LongestVersion && char.IsAsciiLetter(parts[i][0]);
            parts[i] = !isVersion && parts[i].AsSpan().ContainsAnyInRange('0', '9') ? "<id>" : parts[i];
        }

        shape = string.Join('/', parts);
        if (_known.Count < MostKnown)
        {
            _known.Add(path, shape);
        }

        return shape;
    }
}
