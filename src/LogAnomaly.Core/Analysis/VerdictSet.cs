using System.Globalization;
using LogAnomaly.Detection;

namespace LogAnomaly.Analysis;

/// <summary>
/// Verdicts by which findings are ranked again. The verdict that a finding is most like decides, of several the newest.
/// A benign one takes up to four fifths of the score and, where the finding is fully like it, at least as much as makes
/// it Informational. A malicious one gives up to half of what the score lacks of 100 and, where the finding is fully
/// like it, at least as much as makes it High.
/// </summary>
public sealed class VerdictSet
{
    private const double MostTaken = 0.8;
    private const double MostGiven = 0.5;
    private const double GreatestInformational = 24.9;
    private const double LeastHigh = 75;
    private const string Code = "Verdict";

    private readonly Dictionary<string, List<LogVerdict>> _byMatter = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Creates a set.</summary>
    /// <param name="verdicts">The verdicts, the oldest first.</param>
    public VerdictSet(IEnumerable<LogVerdict> verdicts)
    {
        ArgumentNullException.ThrowIfNull(verdicts);
        Verdicts = [.. verdicts];
        foreach (LogVerdict verdict in Verdicts)
        {
            string matter = verdict.RuleId ?? verdict.TemplateId ?? verdict.Title;
            (_byMatter.TryGetValue(matter, out List<LogVerdict>? list) ? list : _byMatter[matter] = []).Add(verdict);
        }
    }

    /// <summary>The verdicts, in their order.</summary>
    public IReadOnlyList<LogVerdict> Verdicts { get; }

    /// <summary>Finds the verdict that decides on a finding.</summary>
    /// <param name="anomaly">The finding.</param>
    /// <param name="at">The present time; what has expired by then changes nothing.</param>
    /// <param name="similarity">How much the finding is like the one that was judged, 0 to 1.</param>
    /// <returns>The verdict, or null where there is none.</returns>
    public LogVerdict? Find(Anomaly anomaly, DateTimeOffset at, out double similarity)
    {
        ArgumentNullException.ThrowIfNull(anomaly);
        similarity = 0;
        LogVerdict? best = null;
        string matter = anomaly.RuleId ?? anomaly.TemplateId ?? anomaly.Title;
        foreach (LogVerdict verdict in _byMatter.GetValueOrDefault(matter) ?? [])
        {
            double likeness = verdict.IsExpired(at) ? 0 : VerdictLikeness.Of(verdict, anomaly);
            bool isNewer = best is null || verdict.MarkedAt >= best.MarkedAt;
            if (likeness > similarity || (likeness > 0 && likeness >= similarity && isNewer))
            {
                similarity = likeness;
                best = verdict;
            }
        }

        return best;
    }

    /// <summary>Ranks a finding again.</summary>
    /// <param name="anomaly">The finding, which stays as it is.</param>
    /// <param name="at">The present time.</param>
    /// <returns>The change, or null where no verdict changes anything.</returns>
    public VerdictChange? Judge(Anomaly anomaly, DateTimeOffset at)
    {
        if (Find(anomaly, at, out double similarity) is not { } verdict)
        {
            return null;
        }

        double score = ScoreOf(anomaly.Score, verdict.Kind, similarity);
        Severity severity = verdict.Kind == VerdictKind.Benign
            ? (Severity)Math.Min((int)Score.SeverityOf(score), (int)anomaly.Severity)
            : (Severity)Math.Max((int)Score.SeverityOf(score), (int)anomaly.Severity);
        Anomaly after = anomaly.With(score, severity, Explain(anomaly, verdict, score, similarity));
        return new VerdictChange(anomaly, after, verdict, similarity);
    }

    /// <summary>Ranks the findings of an analysis again and notes what changed.</summary>
    /// <param name="analysis">The analysis; its anomalies become the new ones, the highest score first.</param>
    /// <param name="at">The present time.</param>
    public void Apply(LogAnalysis analysis, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(analysis);
        analysis.Anomalies =
            [.. Apply(analysis, [.. analysis.Anomalies], at).OrderByDescending(anomaly => anomaly.Score)];
    }

    /// <summary>Ranks findings again and notes in an analysis what changed.</summary>
    /// <param name="analysis">The analysis that notes it.</param>
    /// <param name="found">The findings.</param>
    /// <param name="at">The present time.</param>
    /// <returns>The findings in the same order, some of them with another score.</returns>
    internal List<Anomaly> Apply(LogAnalysis analysis, List<Anomaly> found, DateTimeOffset at)
    {
        List<VerdictChange> changes = [];
        List<Anomaly> judged = new(found.Count);
        foreach (Anomaly anomaly in found)
        {
            VerdictChange? change = Judge(anomaly, at);
            judged.Add(change?.After ?? anomaly);
            if (change is not null)
            {
                changes.Add(change);
            }
        }

        analysis.Changed = changes;
        return judged;
    }

    private static double ScoreOf(double score, VerdictKind kind, double similarity)
    {
        bool isFull = similarity >= 1;
        double changed = kind == VerdictKind.Benign
            ? Math.Min(score * (1 - (MostTaken * similarity)), isFull ? GreatestInformational : score)
            : Math.Max(score + ((100 - score) * MostGiven * similarity), isFull ? LeastHigh : score);
        return Math.Round(changed, 1, MidpointRounding.AwayFromZero);
    }

    // The verdict bears as much of the score as it moved it by; the other reasons share the rest as before.
    private static IReadOnlyList<Reason> Explain(Anomaly anomaly, LogVerdict verdict, double score, double similarity)
    {
        double moved = Math.Abs(score - anomaly.Score) / Math.Max(Math.Max(score, anomaly.Score), 1e-9);
        string what = verdict.Kind == VerdictKind.Benign ? "benign" : "malicious";
        string who = verdict.MarkedBy is { } name ? $" by {name}" : "";
        string like = similarity >= 1 ? "Marked" : $"Its like ({verdict.Entity}) was marked";
        string sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{like} {what} on {verdict.MarkedAt:yyyy-MM-dd}{who} because {verdict.Because}; score {anomaly.Score:0.#} -> {score:0.#}");
        Reason reason = new(
            Code,
            "Score",
            score.ToString("0.#", CultureInfo.InvariantCulture),
            anomaly.Score.ToString("0.#", CultureInfo.InvariantCulture),
            moved,
            sentence);
        IEnumerable<Reason> others =
            anomaly.Reasons.Select(other => other with { Contribution = other.Contribution * (1 - moved) });
        return [.. others.Prepend(reason).OrderByDescending(entry => entry.Contribution)];
    }
}
