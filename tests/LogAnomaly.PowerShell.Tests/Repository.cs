using System.Reflection;

namespace LogAnomaly.PowerShell.Tests;

/// <summary>The files of the repository that the module ships or is made of.</summary>
internal static class Repository
{
    /// <summary>Root folder.</summary>
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot").Value!;

    /// <summary>Full path of a file.</summary>
    /// <param name="parts">Its path from the root.</param>
    /// <returns>The path.</returns>
    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Text of a file.</summary>
    /// <param name="parts">Its path from the root.</param>
    /// <returns>The text.</returns>
    public static string Read(params string[] parts) => File.ReadAllText(PathOf(parts));
}
