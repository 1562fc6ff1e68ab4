using System.Net;
using LogAnomaly.Analysis;

namespace LogAnomaly.Dashboard;

/// <summary>What the page tells beyond the log: where addresses lie, and what techniques are called.</summary>
internal static class PageKnowledge
{
    /// <summary>How the page asks for the counts; here is where a table of countries comes in.</summary>
    internal static CubeOptions Counts { get; } = new();

    /// <summary>What kind of address a source is, by its name in the page's <c>SourceOrigin</c>.</summary>
    /// <param name="source">The source.</param>
    /// <returns>The name.</returns>
    internal static string OriginOf(CubeSource source) => IPAddress.TryParse(source.Name, out _) ? "Public" : "Name";

    /// <summary>The country of a source.</summary>
    /// <param name="source">The source.</param>
    /// <returns>Two letters of ISO 3166-1, or null where it is not known.</returns>
    internal static string? CountryOf(CubeSource source) => null;

    /// <summary>The name of an ATT&amp;CK technique.</summary>
    /// <param name="id">Its id, such as <c>T1110.001</c>.</param>
    /// <returns>The name, or null where it is not known.</returns>
    internal static string? TechniqueName(string id) => null;
}
