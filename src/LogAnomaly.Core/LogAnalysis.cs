namespace LogAnomaly;

/// <summary>The result of one run: what was read, what it holds, and what is wrong in it. Commands and the page are drawn from it.</summary>
public sealed class LogAnalysis
{
    /// <summary>The account of every line.</summary>
    public ParseLedger Ledger { get; internal init; } = new();

    /// <summary>What the input holds.</summary>
    public LogSummary Summary { get; internal set; } = new();

    /// <summary>The templates, the most frequent first.</summary>
    public IReadOnlyList<LogTemplate> Templates { get; internal set; } = [];

    /// <summary>The anomalies, the highest score first, then in the order of the input.</summary>
    public IReadOnlyList<Anomaly> Anomalies { get; internal set; } = [];

    /// <summary>The score from which anomalies were reported, 0 to 100; the least, where kinds of events had different ones.</summary>
    public double MinimumScore { get; internal set; }
}
