using System.Buffers.Binary;

namespace LogAnomaly.Places;

/// <summary>Where the parts of a MaxMind database lie, as its metadata say.</summary>
/// <param name="NodeCount">Nodes of the tree.</param>
/// <param name="RecordSize">Bits of a record; each node has two.</param>
/// <param name="IsVersion6">Whether the tree is one of IPv6 addresses.</param>
/// <param name="DataStart">Where the data begin.</param>
/// <param name="DataLength">Octets of the data.</param>
internal readonly record struct MaxMindLayout(
    long NodeCount, int RecordSize, bool IsVersion6, int DataStart, int DataLength)
{
    private const int SeparatorLength = 16;

    // The specification's bound on how far from the end the metadata may begin.
    private const int MostMetadata = 128 * 1024;

    private static ReadOnlySpan<byte> Marker =>
        [0xAB, 0xCD, 0xEF, (byte)'M', (byte)'a', (byte)'x', (byte)'M', (byte)'i', (byte)'n', (byte)'d', (byte)'.',
            (byte)'c', (byte)'o', (byte)'m'];

    /// <summary>Reads the metadata at the end of a database.</summary>
    /// <param name="bytes">The database.</param>
    /// <returns>The layout.</returns>
    /// <exception cref="InvalidDataException">The octets are no such database, or a damaged one.</exception>
    public static MaxMindLayout Read(ReadOnlySpan<byte> bytes)
    {
        int searched = Math.Max(0, bytes.Length - MostMetadata);
        int found = bytes[searched..].LastIndexOf(Marker);
        if (found < 0)
        {
            throw new InvalidDataException("it has no metadata at its end");
        }

        int marker = searched + found;
        MaxMindData metadata = new(bytes[(marker + Marker.Length)..]);
        ulong version = metadata.FindNumber(0, "binary_format_major_version");
        ulong nodes = metadata.FindNumber(0, "node_count");
        ulong size = metadata.FindNumber(0, "record_size");
        ulong family = metadata.FindNumber(0, "ip_version");
        if (version != 2 || size is not (24 or 28 or 32) || family is not (4 or 6))
        {
            throw new InvalidDataException(
                $"its format is version {version} with records of {size} bits for IP version {family}");
        }

        // A node has at least six octets, so that no larger count can be true, nor overflow below.
        if (nodes == 0 || nodes > (ulong)marker || ((long)nodes * (long)size / 4) + SeparatorLength > marker)
        {
            throw new InvalidDataException($"its {nodes} nodes do not fit into the file");
        }

        int start = (int)((long)nodes * (long)size / 4) + SeparatorLength;
        return new MaxMindLayout((long)nodes, (int)size, family == 6, start, marker - start);
    }

    /// <summary>One of the two records of a node.</summary>
    /// <param name="bytes">The database.</param>
    /// <param name="node">The node, less than <see cref="NodeCount"/>.</param>
    /// <param name="side">0 for the left record, 1 for the right one.</param>
    /// <returns>The number of a node, or <see cref="NodeCount"/> for nothing, or more for data.</returns>
    public long Record(ReadOnlySpan<byte> bytes, long node, int side)
    {
        ReadOnlySpan<byte> pair = bytes.Slice((int)(node * RecordSize / 4), RecordSize / 4);
        switch (RecordSize)
        {
            case 24:
                ReadOnlySpan<byte> small = pair.Slice(side * 3, 3);
                return (small[0] << 16) | (small[1] << 8) | small[2];
            case 28:
                // The octet in the middle holds the highest four bits of either record.
                int high = side == 0 ? pair[3] >> 4 : pair[3] & 0x0F;
                ReadOnlySpan<byte> middle = pair.Slice(side * 4, 3);
                return (high << 24) | (middle[0] << 16) | (middle[1] << 8) | middle[2];
            default:
                return BinaryPrimitives.ReadUInt32BigEndian(pair[(side * 4)..]);
        }
    }
}
