namespace LogAnomaly.Rules;

/// <summary>What a matcher remembers of the strings of one kind of events.</summary>
internal sealed class PlanState
{
    private const int PlacesOfKeys = 256;
    private const int PlacesOfScans = 8192;

    /// <summary>Creates the memory for a plan.</summary>
    /// <param name="plan">The plan.</param>
    public PlanState(KindPlan plan)
    {
        Keys = [.. plan.Keys.Select(_ => new ReferenceCache(PlacesOfKeys))];
        Scans = [.. plan.Scans.Select(scan =>
            new ReferenceCache(scan.Part is ScanPart.Message or ScanPart.Line ? 1 : PlacesOfScans))];
    }

    /// <summary>What is remembered of the shapes of events.</summary>
    public ShapeCache Shapes { get; } = new();

    /// <summary>What is remembered of each table of values.</summary>
    public ReferenceCache[] Keys { get; }

    /// <summary>What is remembered of each scan.</summary>
    public ReferenceCache[] Scans { get; }
}
