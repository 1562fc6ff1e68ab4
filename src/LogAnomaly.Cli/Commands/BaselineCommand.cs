using System.CommandLine;
using LogAnomaly.Analysis;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly baseline</c>: learns what is normal, or makes one baseline of several.</summary>
internal sealed class BaselineCommand : Command
{
    private readonly CliHost _host;
    private readonly InputOptions _input = new("Files to learn from; * and ? are expanded; - is standard input.");
    private readonly Option<string?> _out = FileOption("--out", "File to write.");
    private readonly Option<string?> _name =
        new("--name") { Description = "What the baseline is called.", HelpName = "text" };
    private readonly Option<string?> _update = FileOption(
        "--update", "Baseline to go on from; what differs from it is told.");
    private readonly Option<string[]> _merge = new("--merge")
    {
        Description = "Baseline to make one of with others, in place of learning; to be repeated.",
        HelpName = "file",
    };

    private readonly Option<string?> _learningPeriod = new("--learning-period")
    {
        Description =
            "How long it learns, in the time of the log from its first event, such as 14d; all of it by default.",
        HelpName = "span",
    };

    private readonly Option<string?> _maximumAge = new("--max-age")
    {
        Description = "How long before the latest event a value may have been seen last to be kept, such as 90d.",
        HelpName = "span",
    };

    private readonly Option<string?> _keyFile = FileOption(
        "--key-file",
        "File with the secret key that signs the baseline (HMAC-SHA256) and that those it reads are signed by.");

    private readonly Option<bool> _force = new("--force") { Description = "Replace a file that is there." };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public BaselineCommand(CliHost host)
        : base("baseline", "Learn from log files what is normal, as JSON that a person can read and compare.")
    {
        _host = host;
        _input.AddTo(this);
        _out.Required = true;
        Option[] options = [_out, _name, _update, _merge, _learningPeriod, _maximumAge, _keyFile];
        Array.ForEach(options, FilledOption.Require);
        Array.ForEach(options, Options.Add);
        Options.Add(_force);
        SetAction(Run);
    }

    private static Option<string?> FileOption(string name, string description) =>
        new(name) { Description = description, HelpName = "file" };

    private int Run(ParseResult result)
    {
        string path = result.GetValue(_out)!; // It is required.
        if (File.Exists(path) && !result.GetValue(_force))
        {
            throw new UsageException($"'{path}' exists already: choose another name, or replace it with --force.");
        }

        using BaselineKey? key = BaselineArguments.ReadKey(result.GetValue(_keyFile));
        string[] merged = result.GetValue(_merge) ?? [];
        bool failed = false;
        LogBaseline baseline = merged.Length > 0 ? Merge(result, merged, key) : Learn(result, key, out failed);
        try
        {
            BaselineFile.Write(path, baseline, key, overwrite: result.GetValue(_force));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UsageException($"'{path}' cannot be written: {error.Message}");
        }

        DifferenceList.WriteText(baseline.Drift, _host);
        _host.Tell(FormattableString.Invariant(
            $"{baseline.Name}: {baseline.Events:N0} events of {baseline.Hosts.Count} hosts, {baseline.From:yyyy-MM-dd} to {baseline.To:yyyy-MM-dd}: {path}"), forPeople: true);
        return failed ? ExitCode.Error : ExitCode.Nothing;
    }

    private LogBaseline Merge(ParseResult result, string[] paths, BaselineKey? key)
    {
        if (_input.Paths(result).Length > 0 || result.GetValue(_update) is not null)
        {
            throw new UsageException(
                "--merge learns from no logs and goes on from nothing: leave the files and --update out.");
        }

        LogBaseline[] baselines = [.. paths.Select(path => BaselineArguments.Read(path, key))];
        try
        {
            return LogBaseline.Merge(baselines, result.GetValue(_name));
        }
        catch (InvalidDataException error)
        {
            throw new UsageException(error.Message);
        }
    }

    private LogBaseline Learn(ParseResult result, BaselineKey? key, out bool failed)
    {
        BaselineOptions options = new()
        {
            Name = result.GetValue(_name),
            LearningPeriod = Span(_learningPeriod.Name, result.GetValue(_learningPeriod)),
            MaximumAge = Span(_maximumAge.Name, result.GetValue(_maximumAge)),
            Previous = result.GetValue(_update) is { } old ? BaselineArguments.Read(old, key) : null,
            TimeZone = _input.ReaderOptions(result).TimeZone.Id,
            Rules = RuleSet.Compile(RuleLibrary.Load([]).Rules),
        };
        LogInput input = _input.Open(result, _host, out failed);
        BaselineLearner learner = new(options);
        ReadProgress.Run(_host, input.Sources, progress =>
        {
            foreach (LogEvent logEvent in input.Read(() => { }, progress))
            {
                learner.Add(logEvent);
            }

            return learner.Learned;
        });
        LedgerText.Write(input.Ledger, _host);
        failed |= input.HasFailed;
        if (learner.Learned == 0)
        {
            throw new UsageException("There was no event to learn from: check the files, and --after and --before.");
        }

        if (learner.LeftOut > 0)
        {
            _host.Note(FormattableString.Invariant(
                $"{learner.LeftOut:N0} events lie after the learning period and were left out."));
        }

        return learner.Complete(_host.Cancellation);
    }

    private static TimeSpan? Span(string name, string? text) => text is null ? null
        : TimeAmount.TryParse(text, out TimeSpan span) ? span
        : throw new UsageException(
            $"{name}: '{text}' is no span of time above zero: write one such as 14d, 12h or 30m.");
}
