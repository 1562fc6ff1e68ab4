using System.Text.Json;

namespace LogAnomaly.Analysis;

/// <summary>
/// How many findings of which score the learning periods of a baseline had: what a budget of alerts is measured by.
/// </summary>
internal sealed class AlertsPart : IBaselinePart
{
    /// <inheritdoc/>
    public string Name => "alerts";

    /// <summary>The history.</summary>
    public AlertHistory History { get; } = new();

    /// <inheritdoc/>
    public void Learn(LogEvent logEvent)
    {
        // Findings are not events: the learner adds them when it knows them.
    }

    /// <inheritdoc/>
    public void EndLearning(CancellationToken cancellation)
    {
        // See Learn.
    }

    /// <inheritdoc/>
    public void Write(Utf8JsonWriter writer) => History.Write(writer);

    /// <inheritdoc/>
    public void Include(JsonElement element) => History.Include(element);

    /// <inheritdoc/>
    public void Forget(long utcTicks)
    {
        // A history of counts has no times; it is a mean over all of it.
    }
}
