using LogAnomaly.Cli.Output;
using Spectre.Console;

namespace LogAnomaly.Cli.Input;

/// <summary>Shows how far a long reading is, where a person looks on.</summary>
internal sealed class ReadProgress : IReadProgress
{
    private const long LongReading = 32 * 1024 * 1024;
    private const int StepsBetweenLooks = 8192;

    private readonly ProgressTask? _task;
    private int _steps;

    private ReadProgress(ProgressTask? task) => _task = task;

    /// <summary>
    /// Runs work that reads, with a bar on standard error where that is a terminal and the reading is long.
    /// </summary>
    /// <typeparam name="T">What the work gives.</typeparam>
    /// <param name="host">The run.</param>
    /// <param name="sources">What is read.</param>
    /// <param name="work">The work.</param>
    /// <returns>What the work gives.</returns>
    public static T Run<T>(CliHost host, IReadOnlyList<InputSource> sources, Func<IReadProgress, T> work)
    {
        long bytes = host.ErrorIsTerminal ? sources.Sum(Length) : 0;
        if (bytes < LongReading)
        {
            return work(new ReadProgress(null));
        }

        return Terminal.Create(host.Error, host, isTerminal: true).Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new ReadProgress(context.AddTask("Reading", maxValue: bytes))));
    }

    /// <inheritdoc/>
    public void Step(ParseLedger ledger)
    {
        if (_task is null || ++_steps < StepsBetweenLooks)
        {
            return;
        }

        _steps = 0;
        _task.Value = Math.Min(ledger.Bytes, _task.MaxValue);
    }

    private static long Length(InputSource source)
    {
        FileInfo file = new(source.Name);
        return source.Open is null && file.Exists ? file.Length : 0;
    }
}
