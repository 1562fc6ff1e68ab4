using System.IO.Compression;
using System.Security.Cryptography;

namespace LogAnomaly.Dashboard;

/// <summary>
/// Deflates what is written (zlib) and writes it in base64, which needs no care in HTML. Nothing is held whole.
/// </summary>
internal sealed class PageStream : IDisposable
{
    private readonly ToBase64Transform _transform = new();
    private readonly CryptoStream _base64;
    private readonly ZLibStream _zlib;

    /// <summary>Opens a stream.</summary>
    /// <param name="output">Where the letters go, as ASCII; it stays open.</param>
    internal PageStream(Stream output)
    {
        _base64 = new CryptoStream(output, _transform, CryptoStreamMode.Write, leaveOpen: true);
        // The smallest size would take four times as long for a twentieth less.
        _zlib = new ZLibStream(_base64, CompressionLevel.Optimal, leaveOpen: true);
    }

    /// <summary>Takes what is to be written.</summary>
    internal Stream Input => _zlib;

    /// <inheritdoc/>
    public void Dispose()
    {
        _zlib.Dispose();
        _base64.Dispose();
        _transform.Dispose();
    }
}
