using System.Runtime.InteropServices;

namespace LogAnomaly.Cli;

/// <summary>
/// Ctrl+C: asks the work to stop, and ends the process where it does not within a second (it may wait for a slow pipe).
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static readonly TimeSpan s_grace = TimeSpan.FromMilliseconds(700);

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _registration;
    private Timer? _timer;

    /// <summary>Starts to listen.</summary>
    public Interruption() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

    /// <summary>Is cancelled by Ctrl+C.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Ends listening.</summary>
    public void Dispose()
    {
        _registration.Dispose();
        _timer?.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _timer ??= new Timer(_ => Environment.Exit(ExitCode.Cancelled), null, s_grace, Timeout.InfiniteTimeSpan);
        _source.Cancel();
    }
}
