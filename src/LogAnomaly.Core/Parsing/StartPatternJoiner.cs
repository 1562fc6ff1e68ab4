using System.Text;
using System.Text.RegularExpressions;

namespace LogAnomaly.Parsing;

/// <summary>
/// Joins every line that does not begin an event to the event before, by a pattern for the first lines.
/// </summary>
internal sealed class StartPatternJoiner : LineJoiner
{
    private readonly Regex _start;

    /// <summary>Creates a joiner.</summary>
    /// <param name="start">Matches the first line of an event.</param>
    public StartPatternJoiner(Regex start) => _start = start;

    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line) => !_start.IsMatch(Encoding.UTF8.GetString(line));
}
