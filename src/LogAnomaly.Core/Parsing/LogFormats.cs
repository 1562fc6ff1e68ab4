using System.Diagnostics.CodeAnalysis;

namespace LogAnomaly.Parsing;

/// <summary>The formats that are read.</summary>
public static class LogFormats
{
    /// <summary>All formats, the most specific first.</summary>
    public static IReadOnlyList<LogFormat> All { get; } = [];

    /// <summary>Finds a format by its name, without regard to case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="format">The format.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out LogFormat? format)
    {
        format = All.FirstOrDefault(known => string.Equals(known.Name, name, StringComparison.OrdinalIgnoreCase));
        return format is not null;
    }
}
