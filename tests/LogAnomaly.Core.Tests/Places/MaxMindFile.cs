using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using LogAnomaly.Places;

namespace LogAnomaly.Tests.Places;

/// <summary>Writes small databases in the MaxMind DB format, for the tests of the reader.</summary>
/// <param name="recordSize">Bits of a record: 24, 28 or 32.</param>
/// <param name="ipVersion">4 or 6.</param>
internal sealed class MaxMindFile(int recordSize, int ipVersion)
{
    private readonly List<byte> _data = [];

    // Each node has two records: null for nothing, a node, or (negative, less one) an offset in the data.
    private readonly List<long?[]> _nodes = [new long?[2]];

    /// <summary>Puts a value into the data.</summary>
    /// <param name="value">Text, an unsigned number, a truth, a double, octets, a list, or pairs as a map; an
    /// <see cref="int"/> is a pointer.</param>
    /// <returns>Its offset.</returns>
    public int AddData(object value)
    {
        int offset = _data.Count;
        Encode(_data, value);
        return offset;
    }

    /// <summary>Names the record of a network.</summary>
    /// <param name="network">The network in CIDR notation.</param>
    /// <param name="offset">Offset of the record in the data.</param>
    /// <returns>This file.</returns>
    public MaxMindFile Add(string network, int offset)
    {
        string[] parts = network.Split('/');
        Assert.True(AddressNumber.TryParse(parts[0], out AddressNumber address));
        int length = int.Parse(parts[1], CultureInfo.InvariantCulture);
        length += address.IsVersion4 && ipVersion == 6 ? 96 : 0;
        UInt128 bits = address.IsVersion4 && ipVersion == 4 ? address.Value << 96 : address.Value;
        int node = 0;
        for (int bit = 0; bit < length - 1; bit++)
        {
            ref long? next = ref _nodes[node][(int)(bits >> (127 - bit)) & 1];
            if (next is not { } known)
            {
                known = _nodes.Count;
                next = known;
                _nodes.Add(new long?[2]);
            }

            node = (int)known;
        }

        _nodes[node][(int)(bits >> (127 - (length - 1))) & 1] = -1 - offset;
        return this;
    }

    /// <summary>Leads both records of a node back to it, as damage would.</summary>
    /// <param name="node">The node.</param>
    public void Knot(int node) => _nodes[node] = [node, node];

    /// <summary>The octets of the file.</summary>
    /// <returns>The octets.</returns>
    public byte[] ToBytes()
    {
        List<byte> bytes = [];
        foreach (long?[] node in _nodes)
        {
            AddNode(bytes, Number(node[0]), Number(node[1]));
        }

        bytes.AddRange(new byte[16]);
        bytes.AddRange(_data);
        bytes.AddRange([0xAB, 0xCD, 0xEF]);
        bytes.AddRange(Encoding.ASCII.GetBytes("MaxMind.com"));
        Encode(bytes, new (string, object)[]
        {
            ("binary_format_major_version", 2u), ("binary_format_minor_version", 0u), ("build_epoch", 1_700_000_000UL),
            ("database_type", "Test-Country"), ("ip_version", (uint)ipVersion), ("node_count", (uint)_nodes.Count),
            ("record_size", (uint)recordSize), ("languages", new object[] { "en" }),
        });
        return [.. bytes];
    }

    private uint Number(long? record) => record switch
    {
        null => (uint)_nodes.Count,
        >= 0 => (uint)record.Value,
        _ => (uint)(_nodes.Count + 16 - 1 - record.Value),
    };

    private void AddNode(List<byte> bytes, uint left, uint right)
    {
        switch (recordSize)
        {
            case 24:
                bytes.AddRange([(byte)(left >> 16), (byte)(left >> 8), (byte)left]);
                bytes.AddRange([(byte)(right >> 16), (byte)(right >> 8), (byte)right]);
                break;
            case 28:
                bytes.AddRange([(byte)(left >> 16), (byte)(left >> 8), (byte)left]);
                bytes.Add((byte)(((left >> 24) << 4) | (right >> 24)));
                bytes.AddRange([(byte)(right >> 16), (byte)(right >> 8), (byte)right]);
                break;
            default:
                Span<byte> pair = stackalloc byte[8];
                BinaryPrimitives.WriteUInt32BigEndian(pair, left);
                BinaryPrimitives.WriteUInt32BigEndian(pair[4..], right);
                bytes.AddRange(pair.ToArray());
                break;
        }
    }

    private static void Encode(List<byte> bytes, object value)
    {
        switch (value)
        {
            case string text:
                Control(bytes, 2, Encoding.UTF8.GetByteCount(text));
                bytes.AddRange(Encoding.UTF8.GetBytes(text));
                break;
            case (string, object)[] map:
                Control(bytes, 7, map.Length);
                foreach ((string key, object item) in map)
                {
                    Encode(bytes, key);
                    Encode(bytes, item);
                }

                break;
            case object[] list:
                Control(bytes, 11, list.Length);
                list.ToList().ForEach(item => Encode(bytes, item));
                break;
            case int pointer:
                AddPointer(bytes, pointer);
                break;
            default:
                EncodePlain(bytes, value);
                break;
        }
    }

    private static void EncodePlain(List<byte> bytes, object value)
    {
        switch (value)
        {
            case bool truth:
                Control(bytes, 14, truth ? 1 : 0);
                break;
            case double number:
                Control(bytes, 3, 8);
                bytes.AddRange(BitConverter.GetBytes(number).Reverse());
                break;
            case byte[] octets:
                Control(bytes, 4, octets.Length);
                bytes.AddRange(octets);
                break;
            case uint or ulong:
                // Leading zeros are left out, as the makers of such files do.
                byte[] whole =
                    [.. BitConverter.GetBytes(Convert.ToUInt64(value, null)).Reverse().SkipWhile(one => one == 0)];
                Control(bytes, value is uint ? 6 : 9, whole.Length);
                bytes.AddRange(whole);
                break;
            default:
                throw new ArgumentException("There is no such type.", nameof(value));
        }
    }

    private static void AddPointer(List<byte> bytes, int target)
    {
        if (target < 2048)
        {
            bytes.AddRange([(byte)(0x20 | (target >> 8)), (byte)target]);
        }
        else if (target < 526336)
        {
            int rest = target - 2048;
            bytes.AddRange([(byte)(0x28 | (rest >> 16)), (byte)(rest >> 8), (byte)rest]);
        }
        else
        {
            bytes.AddRange([0x38, (byte)(target >> 24), (byte)(target >> 16), (byte)(target >> 8), (byte)target]);
        }
    }

    private static void Control(List<byte> bytes, int type, int size)
    {
        int kind = type > 7 ? 0 : type;
        bytes.Add((byte)((kind << 5) | size switch { < 29 => size, < 285 => 29, < 65821 => 30, _ => 31 }));
        if (type > 7)
        {
            bytes.Add((byte)(type - 7));
        }

        switch (size)
        {
            case >= 65821:
                bytes.AddRange([(byte)((size - 65821) >> 16), (byte)((size - 65821) >> 8), (byte)(size - 65821)]);
                break;
            case >= 285:
                bytes.AddRange([(byte)((size - 285) >> 8), (byte)(size - 285)]);
                break;
            case >= 29:
                bytes.Add((byte)(size - 29));
                break;
        }
    }
}
