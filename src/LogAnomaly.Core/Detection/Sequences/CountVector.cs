namespace LogAnomaly.Detection.Sequences;

/// <summary>Sessions whose events come equally often, whatever their order.</summary>
internal sealed class CountVector
{
    /// <summary>Creates the sessions.</summary>
    /// <param name="example">The first of them.</param>
    public CountVector(EncodedSequence example) => Example = example;

    /// <summary>The first of the sessions.</summary>
    public EncodedSequence Example { get; }

    /// <summary>How many there are.</summary>
    public int Sessions { get; set; }
}
