using System.Text.RegularExpressions;

namespace LogAnomaly.Parsing;

/// <summary>
/// A format of the user's own: patterns with named groups, such as
/// <c>^(?&lt;timestamp&gt;\S+ \S+) (?&lt;level&gt;\w+) (?&lt;client_ip&gt;\S+) (?&lt;message&gt;.*)$</c>. A group fills
/// the field that its name stands for, in any spelling that is known; any other is a property of that name. Patterns
/// run without backtracking.
/// </summary>
public sealed class PatternFormat : LogFormat
{
    private readonly PatternSyntax _syntax;
    private readonly PatternOptions _options;
    private readonly Regex? _start;

    /// <summary>Creates a format of one pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="options">How captures are read, or null for the defaults.</param>
    /// <exception cref="ArgumentException">The pattern has a fault, names no group, or needs backtracking; the message
    /// says which.</exception>
    public PatternFormat(string pattern, PatternOptions? options = null)
        : this([pattern], options)
    {
    }

    /// <summary>Creates a format of several patterns.</summary>
    /// <param name="patterns">The patterns; the first that matches a line counts.</param>
    /// <param name="options">How captures are read, or null for the defaults.</param>
    /// <exception cref="ArgumentException">A pattern has a fault, names no group, or needs backtracking; the message
    /// says which.</exception>
    public PatternFormat(IReadOnlyList<string> patterns, PatternOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(patterns);
        ArgumentOutOfRangeException.ThrowIfZero(patterns.Count);
        _options = options ?? new PatternOptions();
        _syntax = new PatternSyntax(patterns, _options);
        _start = _options.StartPattern is { } start ? LinePattern.Compile(start) : null;
    }

    /// <inheritdoc/>
    public override string Name => _options.Name;

    /// <inheritdoc/>
    public override string Description => _options.Description;

    /// <summary>The expressions of the patterns.</summary>
    internal IEnumerable<Regex> Expressions => _syntax.Expressions;

    /// <inheritdoc/>
    internal override LineJoiner? NewJoiner() =>
        _start is not null ? new StartPatternJoiner(_start)
            : _options.JoinsContinuations ? new StackTraceJoiner()
            : null;

    /// <inheritdoc/>
    internal override LogEvent? Parse(in LogLine line, ParseContext context) =>
        RecordEvents.Parse(line, context, _syntax);
}
