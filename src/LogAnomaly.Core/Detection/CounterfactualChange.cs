namespace LogAnomaly.Detection;

/// <summary>What one column of a row would have to be.</summary>
/// <param name="Column">Name of the column.</param>
/// <param name="Index">Its index.</param>
/// <param name="Observed">What it is.</param>
/// <param name="Needed">What it would have to be: the value of a usual row.</param>
public readonly record struct CounterfactualChange(string Column, int Index, float Observed, float Needed);
