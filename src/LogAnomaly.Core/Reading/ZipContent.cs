using System.IO.Compression;

namespace LogAnomaly.Reading;

/// <summary>
/// A zip archive. Each file in it is a source of its own with lines of its own numbers, named
/// <c>archive.zip!path/in/archive</c>; rotated logs in it come in the order of time. Nothing is extracted: a file in it
/// is decompressed while it is read.
/// </summary>
internal sealed class ZipContent : IDisposable
{
    private const int BufferLength = 64 * 1024;

    private readonly ZipArchive _archive;

    private ZipContent(ZipArchive archive)
    {
        _archive = archive;
        Dictionary<string, ZipArchiveEntry> files = new(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (!entry.FullName.EndsWith('/'))
            {
                files.TryAdd(entry.FullName, entry);
            }
        }

        Files = [.. RotationSets.OrderNames([.. files.Keys]).Select(name => files[name])];
    }

    /// <summary>The files in the archive, each rotated set in the order of time.</summary>
    public IReadOnlyList<ZipArchiveEntry> Files { get; }

    /// <summary>Whether content is a zip archive with at least one file in it, or an empty one.</summary>
    /// <param name="signature">Its first bytes.</param>
    /// <returns>Whether it is.</returns>
    public static bool HasSignature(ReadOnlySpan<byte> signature) =>
        signature.StartsWith("PK\u0003\u0004"u8) || signature.StartsWith("PK\u0005\u0006"u8);

    /// <summary>Opens an archive.</summary>
    /// <param name="stream">The archive; what cannot seek is first copied to a file that is deleted when it is
    /// closed.</param>
    /// <param name="cancellation">Ends the copying.</param>
    /// <returns>The archive, which owns the stream.</returns>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    /// <exception cref="OperationCanceledException">The copying was cancelled.</exception>
    public static ZipContent Open(Stream stream, CancellationToken cancellation)
    {
        Stream whole = stream.CanSeek ? stream : Copy(stream, cancellation);
        try
        {
            return new ZipContent(new ZipArchive(new BufferedStream(whole, BufferLength), ZipArchiveMode.Read));
        }
        catch (InvalidDataException)
        {
            whole.Dispose();
            throw;
        }
    }

    /// <summary>Opens a file in the archive.</summary>
    /// <param name="file">The file.</param>
    /// <returns>Its content.</returns>
    /// <exception cref="NotSupportedException">It is encrypted or compressed in a way that is not read.</exception>
    public static Stream OpenFile(ZipArchiveEntry file)
    {
        if (file.IsEncrypted)
        {
            throw new NotSupportedException("It is encrypted: extract it with its password and read the result.");
        }

        try
        {
            return new ReadAheadStream(new MeasuredContent(file.Open(), file.Length));
        }
        catch (InvalidDataException error)
        {
            throw new NotSupportedException(
                $"It is damaged or compressed in a way that is not read: {error.Message}", error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _archive.Dispose();

    private static FileStream Copy(Stream stream, CancellationToken cancellation)
    {
        FileStreamOptions options = new()
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            BufferSize = 0,
            Options = FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        FileStream copy = new(Path.Combine(Path.GetTempPath(), $"loganomaly-{Guid.NewGuid():N}.zip"), options);
        try
        {
            byte[] piece = new byte[BufferLength];
            int length;
            while ((length = stream.Read(piece)) > 0)
            {
                cancellation.ThrowIfCancellationRequested();
                copy.Write(piece.AsSpan(0, length));
            }

            copy.Position = 0;
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
        finally
        {
            stream.Dispose();
        }
    }

    // The framework takes data that ends early for data that ends.
    private sealed class MeasuredContent(Stream content, long length) : ForwardStream
    {
        private long _read;

        public override int Read(Span<byte> buffer)
        {
            int read = content.Read(buffer);
            _read += read;
            return read > 0 || buffer.IsEmpty || _read == length
                ? read
                : throw new InvalidDataException("The zip data ends early; the lines before its end were read.");
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                content.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
