namespace LogAnomaly.Parsing;

/// <summary>How one writer of JSON names the parts of a Windows record.</summary>
/// <param name="IdName">Name of the event's id.</param>
/// <param name="Needed">Names that must be there too, so that no other log is taken for a Windows record.</param>
/// <param name="DataPrefixes">What stands before the names of the record's data; an empty one takes every other
/// name.</param>
/// <param name="IsWazuh">Whether names begin with a small letter and backslashes are doubled.</param>
internal sealed record WindowsJsonDialect(string IdName, string[] Needed, string[] DataPrefixes, bool IsWazuh);
