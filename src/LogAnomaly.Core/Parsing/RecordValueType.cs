namespace LogAnomaly.Parsing;

/// <summary>What a value of a structured line is by its syntax.</summary>
internal enum RecordValueType : byte
{
    /// <summary>Nothing: null, or an empty column.</summary>
    None = 0,

    /// <summary>A text.</summary>
    Text,

    /// <summary>A number that is written as such.</summary>
    Number,

    /// <summary>True.</summary>
    True,

    /// <summary>False.</summary>
    False,

    /// <summary>A JSON array, as text.</summary>
    Array,

    /// <summary>A JSON object that is not flattened, as text.</summary>
    Object,
}
