namespace LogAnomaly.Parsing;

/// <summary>The make of the records of one syntax that carry the same fields.</summary>
internal sealed class RecordShape : RecordMake
{
    /// <summary>Creates a shape.</summary>
    /// <param name="fields">The fields, as bytes, in the order of an event's values.</param>
    /// <param name="syntax">Reads the line of such a record.</param>
    /// <param name="map">Which names stand for which fields.</param>
    public RecordShape(byte[] fields, RecordSyntax syntax, PropertyMap map)
        : base(fields)
    {
        Syntax = syntax;
        Map = map;
    }

    /// <summary>Reads the line of such a record.</summary>
    public RecordSyntax Syntax { get; }

    /// <summary>Which names stand for which fields.</summary>
    public PropertyMap Map { get; }

    /// <inheritdoc/>
    public override Dictionary<string, object?> Read(ReadOnlySpan<byte> line, bool withFields) =>
        RecordProperties.Of(this, line, withFields);
}
