using LogAnomaly.Reading;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace LogAnomaly.Cli.Input;

/// <summary>The systemd journal as lines of a syslog, as <c>journalctl</c> prints it.</summary>
internal sealed class JournalStream : ForwardStream
{
    private const int MostLines = 200_000;

    private readonly Process _process;
    private readonly StringBuilder _complaint = new();
    private bool _ended;

    private JournalStream(Process process)
    {
        _process = process;
        _process.ErrorDataReceived += (_, line) => _complaint.Append(line.Data).Append(' ');
        _process.BeginErrorReadLine();
    }

    /// <summary>Opens the newest lines of the journal.</summary>
    /// <param name="command">The program that prints it.</param>
    /// <returns>The stream.</returns>
    /// <exception cref="UsageException">The program cannot be started.</exception>
    public static JournalStream Open(string command) =>
        new(Start(command, MostLines) ?? throw new UsageException(
            $"'{command}' cannot be started: name the logs to read instead."));

    /// <summary>Whether there is a journal with at least one line that this user may read.</summary>
    /// <param name="command">The program that prints it.</param>
    /// <returns>Whether there is.</returns>
    public static bool HasLines(string command)
    {
        using Process? process = Start(command, 1);
        if (process is null)
        {
            return false;
        }

        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        bool hasLines = process.StandardOutput.Read() >= 0;
        process.Kill();
        process.WaitForExit();
        return hasLines;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = _process.StandardOutput.BaseStream.Read(buffer);
        if (read == 0 && !_ended)
        {
            _ended = true;
            _process.WaitForExit();
            if (_process.ExitCode != 0)
            {
                throw new IOException(
                    $"journalctl ended with code {_process.ExitCode}: {_complaint.ToString().Trim()}");
            }
        }

        return read;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (!_ended)
            {
                _process.Kill();
            }

            _process.Dispose();
        }

        base.Dispose(disposing);
    }

    private static Process? Start(string command, int lines)
    {
        ProcessStartInfo start = new(command)
        {
            ArgumentList = { "-o", "short-iso", "--no-pager", "-q", "-n", FormattableString.Invariant($"{lines}") },
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        try
        {
            return Process.Start(start);
        }
        catch (Win32Exception)
        {
            // There is no such program on this machine.
            return null;
        }
    }
}
