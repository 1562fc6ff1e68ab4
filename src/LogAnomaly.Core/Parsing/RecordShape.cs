namespace LogAnomaly.Parsing;

/// <summary>What records of the same make share: which fields they carry and how their lines are read.</summary>
/// <param name="Fields">The fields, as bytes, in the order of an event's values.</param>
/// <param name="Syntax">Reads the line of such a record.</param>
/// <param name="Map">Which names stand for which fields.</param>
internal sealed record RecordShape(byte[] Fields, RecordSyntax Syntax, PropertyMap Map);
