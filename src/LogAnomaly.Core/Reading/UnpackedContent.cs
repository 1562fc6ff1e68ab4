namespace LogAnomaly.Reading;

/// <summary>A content that cannot seek, of which a part is passed over.</summary>
internal sealed class UnpackedContent : ForwardStream
{
    private readonly Stream _content;
    private readonly LineEnds _ends;
    private readonly byte[] _piece = new byte[64 * 1024];
    private int _given;
    private int _filled;

    /// <summary>Creates the stream; it owns the content.</summary>
    /// <param name="content">The content after its first bytes.</param>
    /// <param name="start">Its first bytes, less than 64 KiB.</param>
    /// <param name="ends">How its lines end.</param>
    public UnpackedContent(Stream content, ReadOnlyMemory<byte> start, LineEnds ends)
    {
        _content = content;
        _ends = ends;
        start.CopyTo(_piece);
        _filled = start.Length;
    }

    /// <summary>Bytes passed over or given.</summary>
    public long Offset { get; private set; }

    /// <summary>Passes over bytes.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public void SkipBytes(long count)
    {
        while (Offset < count)
        {
            Fill();
            Give((int)Math.Min(_filled - _given, count - Offset));
        }
    }

    /// <summary>Passes over lines.</summary>
    /// <param name="count">How many.</param>
    /// <exception cref="InvalidDataException">There are not so many.</exception>
    public void SkipLines(long count)
    {
        while (count > 0)
        {
            Fill();
            int after = _ends.AfterFirst(_piece.AsSpan(_given, _filled - _given));
            count -= after > 0 ? 1 : 0;
            Give(after > 0 ? after : _filled - _given);
        }
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int length = Math.Min(buffer.Length, _filled - _given);
        if (length == 0)
        {
            length = _content.Read(buffer);
            Offset += length;
            return length;
        }

        _piece.AsSpan(_given, length).CopyTo(buffer);
        Give(length);
        return length;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _content.Dispose();
        }

        base.Dispose(disposing);
    }

    // Pieces are filled whole, so that no character is cut.
    private void Fill()
    {
        if (_given < _filled)
        {
            return;
        }

        _given = 0;
        _filled = _content.ReadAtLeast(_piece, _piece.Length, throwOnEndOfStream: false);
        if (_filled == 0)
        {
            throw new InvalidDataException(
                "It ends before the place up to which it was read: it is another log, or it was cut.");
        }
    }

    private void Give(int count)
    {
        _given += count;
        Offset += count;
    }
}
