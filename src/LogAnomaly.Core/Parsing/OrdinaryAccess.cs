using System.Buffers.Binary;

namespace LogAnomaly.Parsing;

/// <summary>
/// The fields of an ordinary line of an access log, which is nearly every line of one:
/// <code>
/// client - user [dd/Mmm/yyyy:hh:mm:ss +hhmm] "method target HTTP/version" status bytes[ "referrer" "agent"]
/// </code>
/// Ordinary is a line that can be put together again from its fields byte for byte: one space between fields, an ident
/// of <c>-</c>, a usual method and version, no escaped quote, numbers without leading zeros. <see cref="AccessFormat"/>
/// reads all others. For an ordinary line both give the same fields.
/// </summary>
internal ref struct OrdinaryAccess
{
    private const int LongestClient = 45;
    private const int LongestNumber = 9;

    // Little-endian words: " HTTP/1.", "GET ", "POST", "HEAD".
    private const ulong HttpSlash = 0x2E312F5054544820;
    private const uint GetWord = 0x20544547;
    private const uint PostWord = 0x54534F50;
    private const uint HeadWord = 0x44414548;

    // Places in the line and not slices of it: there are many, and most callers want few.
    private ReadOnlySpan<byte> _line;
    private int _clientEnd;
    private int _userEnd;
    private int _stampStart;
    private int _urlStart;
    private int _urlEnd;
    private int _referrerStart;
    private int _referrerEnd;
    private int _agentStart;
    private int _agentEnd;

    /// <summary>The client; whether it is an address is not settled.</summary>
    public readonly ReadOnlySpan<byte> Client => _line[.._clientEnd];

    /// <summary>The user, or empty for a hyphen.</summary>
    public readonly ReadOnlySpan<byte> User => _userEnd == 0 ? default : _line[(_clientEnd + 3).._userEnd];

    /// <summary>The stamp, <see cref="StampCache.StampLength"/> bytes; whether it is one is not settled.</summary>
    public readonly ReadOnlySpan<byte> Stamp => _line.Slice(_stampStart, StampCache.StampLength);

    /// <summary>Code of the method (<see cref="RequestWords"/>).</summary>
    public int Method { get; private set; }

    /// <summary>The target.</summary>
    public readonly ReadOnlySpan<byte> Url => _line[_urlStart.._urlEnd];

    /// <summary>Code of the version (<see cref="RequestWords"/>).</summary>
    public int Version { get; private set; }

    /// <summary>Status, 100 to 999.</summary>
    public int Status { get; private set; }

    /// <summary>Bytes of the body, or -1.</summary>
    public long Bytes { get; private set; }

    /// <summary>Whether the line has a referrer and an agent.</summary>
    public bool IsCombined { get; private set; }

    /// <summary>The referrer, or a hyphen.</summary>
    public readonly ReadOnlySpan<byte> Referrer => _line[_referrerStart.._referrerEnd];

    /// <summary>The user agent, or a hyphen.</summary>
    public readonly ReadOnlySpan<byte> Agent => _line[_agentStart.._agentEnd];

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="access">Its fields.</param>
    /// <returns>Whether the line is ordinary.</returns>
    public static bool TryRead(ReadOnlySpan<byte> line, out OrdinaryAccess access)
    {
        access = default;
        int space = line[..Math.Min(line.Length, LongestClient + 1)].IndexOf((byte)' ');
        if (space < 2 || line.Length < space + 6 + StampCache.StampLength + 3)
        {
            return false;
        }

        access._line = line;
        access._clientEnd = space;
        int at = space + 6;
        if (!line.Slice(space, 6).SequenceEqual(" - - ["u8) && !access.TryReadUser(line, space, out at))
        {
            return false;
        }

        if (line.Length < at + StampCache.StampLength + 3)
        {
            return false;
        }

        access._stampStart = at;
        at += StampCache.StampLength;
        return line.Slice(at, 3).SequenceEqual("] \""u8) && access.TryReadRequest(line, at + 3, out int end)
            && access.TryReadTail(line, end);
    }

    private bool TryReadUser(ReadOnlySpan<byte> line, int space, out int at)
    {
        at = 0;
        ReadOnlySpan<byte> rest = line[space..];
        int end = rest.StartsWith(" - "u8) ? rest[3..].IndexOfAny((byte)' ', (byte)'"') : -1;
        if (end <= 0 || !rest[(3 + end)..].StartsWith(" ["u8) || (end == 1 && rest[3] == '-'))
        {
            return false;
        }

        _userEnd = space + 3 + end;
        at = _userEnd + 2;
        return true;
    }

    // "method target HTTP/version" and its quote.
    private bool TryReadRequest(ReadOnlySpan<byte> line, int from, out int taken)
    {
        ReadOnlySpan<byte> text = line[from..];
        int quote = text.IndexOf((byte)'"');
        taken = from + quote + 1;
        if (quote < 14 || text[quote - 1] == '\\')
        {
            return false;
        }

        int end = ReadVersion(text[..quote]);
        int start = ReadMethod(text);
        if (end <= start || start == 0)
        {
            return false;
        }

        _urlStart = from + start;
        _urlEnd = from + end;
        return true;
    }

    // Where the target ends, or 0.
    private int ReadVersion(ReadOnlySpan<byte> request)
    {
        int at = request.Length - 9;
        if (BinaryPrimitives.ReadUInt64LittleEndian(request[at..]) == HttpSlash)
        {
            Version = request[^1] switch
            {
                (byte)'1' => RequestWords.Version11,
                (byte)'0' => RequestWords.Version10,
                _ => 0,
            };
            return Version == 0 ? 0 : at;
        }

        Version = request.EndsWith(" HTTP/2.0"u8) ? RequestWords.Version20
            : request.EndsWith(" HTTP/3.0"u8) ? RequestWords.Version30 : 0;
        return Version == 0 ? 0 : at;
    }

    // Where the target starts, or 0.
    private int ReadMethod(ReadOnlySpan<byte> text)
    {
        uint word = BinaryPrimitives.ReadUInt32LittleEndian(text);
        if (word == GetWord)
        {
            Method = RequestWords.Get;
            return 4;
        }

        if ((word == PostWord || word == HeadWord) && text[4] == ' ')
        {
            Method = word == PostWord ? RequestWords.Post : RequestWords.Head;
            return 5;
        }

        int space = text.IndexOf((byte)' ');
        Method = space is < 3 or > 8 ? 0 : RequestWords.MethodCode(text[..space]);
        return Method == 0 ? 0 : space + 1;
    }

    // " status bytes" and perhaps " "referrer" "agent"".
    private bool TryReadTail(ReadOnlySpan<byte> line, int from)
    {
        ReadOnlySpan<byte> text = line[from..];
        if (text.Length < 6 || text[0] != ' ' || text[4] != ' ')
        {
            return false;
        }

        uint first = (uint)text[1] - '1';
        uint second = (uint)text[2] - '0';
        uint third = (uint)text[3] - '0';
        if (first > 8 || second > 9 || third > 9)
        {
            return false;
        }

        Status = (int)(((first + 1) * 100) + (second * 10) + third);
        int at = ReadBytes(text);
        int quoteStart = at + 2;
        if (at == text.Length)
        {
            return true;
        }

        if (at == 0 || !TrySkipQuoted(text, ref at))
        {
            return false;
        }

        _referrerStart = from + quoteStart;
        _referrerEnd = from + at - 1;
        quoteStart = at + 2;
        if (!TrySkipQuoted(text, ref at))
        {
            return false;
        }

        IsCombined = true;
        _agentStart = from + quoteStart;
        _agentEnd = from + at - 1;
        return at == text.Length;
    }

    // Where the bytes end, or 0.
    private int ReadBytes(ReadOnlySpan<byte> text)
    {
        int at = 5;
        if (text[at] == '-')
        {
            Bytes = -1;
            return at + 1;
        }

        long value = 0;
        while (at < text.Length && (uint)(text[at] - '0') <= 9)
        {
            value = (value * 10) + text[at++] - '0';
            if (at > 5 + LongestNumber)
            {
                return 0;
            }
        }

        Bytes = value;
        bool isPlain = at > 5 && (text[5] != '0' || at == 6);
        return isPlain ? at : 0;
    }

    // A space, and a quoted field that is not empty and has no quote within.
    private static bool TrySkipQuoted(ReadOnlySpan<byte> text, ref int at)
    {
        if (text.Length < at + 4 || text[at] != ' ' || text[at + 1] != '"')
        {
            return false;
        }

        ReadOnlySpan<byte> rest = text[(at + 2)..];
        int quote = rest.IndexOf((byte)'"');
        if (quote <= 0 || rest[quote - 1] == '\\')
        {
            return false;
        }

        at += 2 + quote + 1;
        return true;
    }
}
