using System.Runtime.InteropServices;

namespace LogAnomaly.Parsing;

/// <summary>
/// Joins lines that begin with white space to the line before them, as the syslog of macOS writes the further lines of
/// a message.
/// </summary>
internal sealed class IndentJoiner : LineJoiner
{
    /// <inheritdoc/>
    public override bool Joins(ReadOnlySpan<byte> line) =>
        !line.IsEmpty && line[0] is (byte)' ' or (byte)'\t' && line.ContainsAnyExcept((byte)' ', (byte)'\t');

    /// <inheritdoc/>
    public override void Join(List<LogLine> lines)
    {
        // Hardly any log has such lines; looking for one costs less than handing out each line again.
        foreach (ref readonly LogLine line in CollectionsMarshal.AsSpan(lines))
        {
            if (line.Length > 0 && line.Buffer[line.Start] is (byte)' ' or (byte)'\t')
            {
                base.Join(lines);
                return;
            }
        }
    }
}
