namespace LogAnomaly.Analysis;

/// <summary>The values of a field.</summary>
/// <param name="Entries">What is known of each value.</param>
/// <param name="IsCut">Whether there were more values than are kept, so that one which is not here may have been
/// there.</param>
internal sealed record ProfileField(SortedDictionary<string, ProfileEntry> Entries, bool IsCut);
