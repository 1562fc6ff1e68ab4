namespace LogAnomaly.Parsing;

/// <summary>Tells by the first line of a source whether the first record may go on on the next ones.</summary>
internal static class FirstLine
{
    /// <summary>Whether a line may begin an object, an array or an element over several lines.</summary>
    /// <param name="line">The first line.</param>
    /// <returns>Whether it may.</returns>
    public static bool BeginsMore(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> text = line.Trim(" \t\r-"u8);
        bool isObject = text.StartsWith("{"u8) || text.StartsWith("[{"u8) || text.SequenceEqual("["u8);
        return (isObject && !text.EndsWith("}"u8)) || text.StartsWith("<Event"u8) || text.StartsWith("<?xml"u8);
    }
}
