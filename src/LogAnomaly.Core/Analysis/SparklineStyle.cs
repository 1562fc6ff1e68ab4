namespace LogAnomaly.Analysis;

/// <summary>The signs that a <see cref="Sparkline"/> is made of.</summary>
public enum SparklineStyle
{
    /// <summary>The blocks of Unicode, from one to eight eighths of a line.</summary>
    Blocks = 0,

    /// <summary>Signs of ASCII, for terminals that show nothing else.</summary>
    Ascii,
}
