namespace LogAnomaly;

/// <summary>
/// One line of a log as UTF-8 bytes, without its line end. The bytes are a slice of a block that the reader filled and
/// never writes again, so a line (and an event made of it) may keep the slice and make strings of it later.
/// </summary>
/// <param name="Buffer">The block that holds the line.</param>
/// <param name="Start">Index of the first byte of the line in <paramref name="Buffer"/>.</param>
/// <param name="Length">Bytes in the line, without CR and LF.</param>
/// <param name="Number">Line number in its source, from 1.</param>
/// <param name="Offset">Bytes before the line in its source, after decompression and transcoding.</param>
public readonly record struct LogLine(byte[] Buffer, int Start, int Length, long Number, long Offset)
{
    /// <summary>The bytes of the line.</summary>
    public ReadOnlySpan<byte> Span => Buffer.AsSpan(Start, Length);

    /// <summary>
    /// Further lines of the source that belong to the first, such as those of a stack trace; their bytes and the line
    /// ends between them are part of <see cref="Span"/>.
    /// </summary>
    public int FurtherLines { get; init; }

    /// <summary>The same line in an array of its own, for an event that must not hold on to a whole block.</summary>
    /// <returns>The line.</returns>
    internal LogLine Detach() => this with { Buffer = Span.ToArray(), Start = 0 };

    /// <summary>Makes a line of text, for tests and for strings that come through a pipeline.</summary>
    /// <param name="text">The text, without a line end.</param>
    /// <param name="number">Line number, from 1.</param>
    /// <returns>The line.</returns>
    public static LogLine FromString(string text, long number = 1)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(text);
        return new LogLine(bytes, 0, bytes.Length, number, 0);
    }
}
