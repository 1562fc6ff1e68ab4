namespace LogAnomaly.Analysis;

/// <summary>Cuts a column of words out of the lines of a log.</summary>
internal static class ColumnCut
{
    private const byte LineFeed = (byte)'\n';

    /// <summary>Reads a log and leaves the column out.</summary>
    /// <param name="content">The log.</param>
    /// <param name="column">Number of the word, from 1; words are parted by blanks and tabs.</param>
    /// <param name="take">Takes the number of each line, from 1, and its word; lines that have no such word stay as
    /// they are.</param>
    /// <returns>The log without the column, to be read from its start.</returns>
    public static MemoryStream Without(Stream content, int column, Action<long, string> take)
    {
        using MemoryStream all = new();
        content.CopyTo(all);
        ReadOnlySpan<byte> rest = all.GetBuffer().AsSpan(0, (int)all.Length);
        MemoryStream output = new(rest.Length);
        for (long number = 1; rest.Length > 0; number++)
        {
            int end = rest.IndexOf(LineFeed);
            ReadOnlySpan<byte> line = rest[..(end < 0 ? rest.Length : end + 1)];
            rest = rest[line.Length..];
            if (TryFind(line, column, out int start, out int length))
            {
                take(number, System.Text.Encoding.UTF8.GetString(line.Slice(start, length)));
                output.Write(line[..start]);
                ReadOnlySpan<byte> after = line[(start + length)..];
                output.Write(after.Length > 0 && IsBlank(after[0]) ? after[1..] : after);
            }
            else
            {
                output.Write(line);
            }
        }

        output.Position = 0;
        return output;
    }

    private static bool TryFind(ReadOnlySpan<byte> line, int column, out int start, out int length)
    {
        start = 0;
        for (int word = 1; ; word++)
        {
            while (start < line.Length && IsBlank(line[start]))
            {
                start++;
            }

            int end = start;
            while (end < line.Length && !IsBlank(line[end]) && line[end] is not (LineFeed or (byte)'\r'))
            {
                end++;
            }

            length = end - start;
            if (length == 0 || word == column)
            {
                return length > 0;
            }

            start = end;
        }
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';
}
