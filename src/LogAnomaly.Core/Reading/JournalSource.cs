using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LogAnomaly.Reading;

/// <summary>
/// The systemd journal of this machine, or files of one, as <c>journalctl -o json</c> prints it: a stream for a
/// log reader with the format <c>journal-json</c>. The program ends when the stream is closed.
/// </summary>
public sealed class JournalSource : ForwardStream
{
    private const int MostComplaint = 2_000;

    private readonly Process _process;
    private readonly StringBuilder _complaint = new();
    private bool _ended;

    private JournalSource(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => Complain(line.Data);
        _process.BeginErrorReadLine();
    }

    /// <summary>Starts the program that prints the journal.</summary>
    /// <param name="query">Which entries.</param>
    /// <returns>The stream, or null where the program is not on this machine.</returns>
    public static JournalSource? TryOpen(JournalQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        ProcessStartInfo start = new(query.Command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string argument in query.ToArguments())
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start) is { } process ? new JournalSource(process) : null;
        }
        catch (Win32Exception)
        {
            // There is no such program on this machine, or it may not be run.
            return null;
        }
    }

    /// <summary>Whether there is a journal with at least one entry that this user may read.</summary>
    /// <param name="query">Which entries, or null for any.</param>
    /// <returns>Whether there is.</returns>
    public static bool HasEntries(JournalQuery? query = null)
    {
        using JournalSource? source = TryOpen((query ?? new JournalQuery()) with { Newest = 1, Follow = false });
        try
        {
            return source is not null && source.Read(new byte[1]) > 0;
        }
        catch (IOException)
        {
            // journalctl ran and found no journal.
            return false;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">journalctl ended with an error; its words are the message.</exception>
    public override int Read(Span<byte> buffer)
    {
        int read = _process.StandardOutput.BaseStream.Read(buffer);
        if (read == 0 && buffer.Length > 0 && !_ended)
        {
            _ended = true;
            _process.WaitForExit();
            if (_process.ExitCode != 0)
            {
                throw new IOException(
                    FormattableString.Invariant($"journalctl ended with code {_process.ExitCode}: {Complaint()}"));
            }
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_ended && !_process.HasExited)
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private string Complaint()
    {
        lock (_complaint)
        {
            return _complaint.ToString().Trim();
        }
    }

    private void Complain(string? line)
    {
        lock (_complaint)
        {
            if (line is not null && _complaint.Length < MostComplaint)
            {
                _complaint.Append(line).Append(' ');
            }
        }
    }
}
