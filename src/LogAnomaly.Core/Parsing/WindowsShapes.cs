namespace LogAnomaly.Parsing;

/// <summary>The names of the last record of each id, so that the records that have the same names share them.</summary>
internal sealed class WindowsShapes
{
    private const int MostIds = 4_096;

    private readonly Dictionary<int, string[]> _names = [];

    /// <summary>Replaces names by equal ones of an earlier record.</summary>
    /// <param name="id">Id of the event.</param>
    /// <param name="names">Its names.</param>
    public void Share(int id, ref string[] names)
    {
        if (_names.TryGetValue(id, out string[]? known) && known.AsSpan().SequenceEqual(names))
        {
            names = known;
        }
        else if (_names.Count < MostIds)
        {
            _names[id] = names;
        }
    }
}
