using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace LogAnomaly.Reading;

/// <summary>
/// Content that a program of the system decompresses. The compressed bytes are piped to it on a thread of its own, so
/// that neither side waits for the other; what it complains of becomes the error that ends the reading, after all that
/// it gave.
/// </summary>
internal sealed class ProgramContent : ForwardStream
{
    private const int PieceLength = 64 * 1024;
    private const int LongestComplaint = 500;

    private readonly CompressionProgram _program;
    private readonly Process _process;
    private readonly Stream _compressed;
    private readonly Stream _output;
    private readonly CancellationToken _cancellation;
    private readonly CancellationTokenRegistration _registration;
    private readonly StringBuilder _complaint = new();
    private volatile Exception? _inputError;
    private bool _ended;

    private ProgramContent(
        CompressionProgram program, Process process, Stream compressed, CancellationToken cancellation)
    {
        _program = program;
        _process = process;
        _compressed = compressed;
        _cancellation = cancellation;
        _output = process.StandardOutput.BaseStream;
        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.BeginErrorReadLine();
        Stream input = process.StandardInput.BaseStream;
        _ = Task.Factory.StartNew(
            () => Feed(input), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        _registration = cancellation.Register(process.Kill);
    }

    /// <summary>Starts a program over compressed content.</summary>
    /// <param name="program">The program.</param>
    /// <param name="compressed">What it decompresses; the result owns it.</param>
    /// <param name="cancellation">Ends the program, and a read with <see cref="OperationCanceledException"/>.</param>
    /// <returns>The content.</returns>
    /// <exception cref="NotSupportedException">The program is not installed or cannot be started.</exception>
    public static ProgramContent Start(CompressionProgram program, Stream compressed, CancellationToken cancellation)
    {
        string path = ProgramPath.Find(program.Program) ?? throw new NotSupportedException(
            $"The content is compressed with {program.Format}, and the program '{program.Program}' that reads it is "
            + "not on the search path: install it, or decompress the content first.");
        ProcessStartInfo start = new(path)
        {
            ArgumentList = { program.Arguments },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = Path.GetDirectoryName(path),
        };
        try
        {
            return new ProgramContent(program, Process.Start(start)!, compressed, cancellation);
        }
        catch (Win32Exception error)
        {
            throw new NotSupportedException(
                $"The content is compressed with {program.Format}, and '{path}' that reads it cannot be started: "
                    + $"{error.Message}",
                error);
        }
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">The content is damaged or ends early; all that could be read has been
    /// given.</exception>
    /// <exception cref="IOException">The compressed bytes could not be read.</exception>
    /// <exception cref="OperationCanceledException">The reading was cancelled.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _output.Read(buffer);
        if (read == 0 && !buffer.IsEmpty && !_ended)
        {
            _ended = true;
            Judge();
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _registration.Dispose();
            if (!_ended)
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Judge()
    {
        _process.WaitForExit();
        _cancellation.ThrowIfCancellationRequested();
        if (_inputError is { } error)
        {
            throw new IOException(error.Message, error);
        }

        if (_process.ExitCode != 0)
        {
            string complaint;
            lock (_complaint)
            {
                complaint = _complaint.ToString().Trim();
            }

            throw new InvalidDataException(string.Create(
                CultureInfo.InvariantCulture,
                $"The {_program.Format} data is damaged or ends early; the lines before were read. '{_program.Program}' says: {complaint}"));
        }
    }

    private void Complain(string? line)
    {
        lock (_complaint)
        {
            if (line is not null && _complaint.Length < LongestComplaint)
            {
                _complaint.Append(line.AsSpan(0, Math.Min(line.Length, LongestComplaint))).Append(' ');
            }
        }
    }

    // Runs on its own thread and may outlive the reading, where the compressed bytes come from a pipe that is silent.
    private void Feed(Stream input)
    {
        using (_compressed)
        using (input)
        {
            byte[] piece = new byte[PieceLength];
            int length;
            while ((length = Take(piece)) > 0 && TryGive(input, piece.AsSpan(0, length)))
            {
            }
        }
    }

    private int Take(byte[] piece)
    {
        try
        {
            return _compressed.Read(piece);
        }
        catch (Exception error) when (error is IOException or InvalidDataException or OperationCanceledException)
        {
            _inputError = error;
            return 0;
        }
    }

    // A program that takes no more has met damage or was ended; its exit code tells which.
    private static bool TryGive(Stream input, ReadOnlySpan<byte> piece)
    {
        try
        {
            input.Write(piece);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
