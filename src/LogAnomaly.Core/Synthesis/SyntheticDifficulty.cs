namespace LogAnomaly.Synthesis;

/// <summary>How hard incidents are to tell from the traffic around them.</summary>
public enum SyntheticDifficulty
{
    /// <summary>Loud and much, against a quiet background.</summary>
    Easy = 0,

    /// <summary>Fewer and slower, with harmless noise that looks alike.</summary>
    Medium,

    /// <summary>
    /// Just above what is told from the ordinary: few lines, slow or spread, with much that looks alike.
    /// </summary>
    Hard,
}
