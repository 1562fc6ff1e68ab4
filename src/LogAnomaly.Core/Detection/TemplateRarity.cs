using LogAnomaly.Numerics;

namespace LogAnomaly.Detection;

/// <summary>
/// Tells a rare template from one that is merely at the end of a long tail. Most logs have a few templates for each
/// power of ten, so that a count says nothing by itself; a template stands out where the logarithm of its count lies
/// far below those of the others, in units of their own spread (median absolute deviation about the count that most
/// events have), judged by Student's t because templates are few.
/// </summary>
internal sealed class TemplateRarity
{
    // Even where all statements are made equally often, the counts of a real log differ by half.
    private const double LeastSpread = 0.7;
    private const double DeviationOfNormal = 1.4826;
    private const double PriorDegrees = 2;

    private readonly double _center;
    private readonly double _spread;
    private readonly double _degrees;
    private readonly long[] _sorted;
    private readonly double[] _upTo;

    private TemplateRarity(double center, double spread, double degrees, long[] sorted, double[] upTo)
    {
        _center = center;
        _spread = spread;
        _degrees = degrees;
        _sorted = sorted;
        _upTo = upTo;
    }

    /// <summary>Number of templates: as many judgements are made.</summary>
    public int TemplateCount => _sorted.Length;

    /// <summary>Learns how often templates come.</summary>
    /// <param name="counts">Events of each template, each at least 1; at least one template.</param>
    /// <returns>What was learned.</returns>
    public static TemplateRarity Of(IEnumerable<long> counts)
    {
        long[] sorted = [.. counts.Order()];
        double total = sorted.Sum();
        double[] upTo = new double[sorted.Length];
        double sum = 0;
        double center = 0;
        for (int i = 0; i < sorted.Length; i++)
        {
            center = sum < total / 2 ? Math.Log(sorted[i]) : center;
            sum += sorted[i];
            upTo[i] = sum / total;
        }

        double[] deviations = Array.ConvertAll(sorted, count => Math.Abs(Math.Log(count) - center));
        Array.Sort(deviations);
        double spread = Math.Max(DeviationOfNormal * deviations[(deviations.Length - 1) / 2], LeastSpread);
        return new TemplateRarity(center, spread, sorted.Length + PriorDegrees, sorted, upTo);
    }

    /// <summary>How probable a template as rare as this is among templates such as the others.</summary>
    /// <param name="count">Events of the template, at least 1.</param>
    /// <returns>The tail probability, above 0 and at most 1.</returns>
    public double ProbabilityOf(long count) =>
        Math.Max(BetaFunction.StudentUpperTail((_center - Math.Log(count)) / _spread, _degrees), double.Epsilon);

    /// <summary>The share of events whose template is as rare or rarer.</summary>
    /// <param name="count">Events of the template, one of the counts that were learned.</param>
    /// <returns>The share, above 0 and at most 1.</returns>
    public double ShareUpTo(long count)
    {
        int low = 0;
        int high = _sorted.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = _sorted[middle] <= count ? (middle + 1, high) : (low, middle);
        }

        return low == 0 ? _upTo[0] : _upTo[low - 1];
    }
}
