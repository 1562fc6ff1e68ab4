using System.CommandLine;
using LogAnomaly.Cli.Output;
using LogAnomaly.Synthesis;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly new-log</c>: synthetic logs with planted anomalies.</summary>
internal sealed class NewLogCommand : Command
{
    private const int LinesBetweenLooks = 1024;

    private static readonly SyntheticLogOptions s_defaults = new();

    private static readonly (string Name, SyntheticLogType Type)[] s_types =
    [
        ("apache-error", SyntheticLogType.ApacheError),
        ("access", SyntheticLogType.Access),
        ("auth", SyntheticLogType.Auth),
        ("system", SyntheticLogType.System),
    ];

    private readonly CliHost _host;
    private readonly Option<string> _type = new("--type")
    {
        Description = "Kind of the log.",
        HelpName = string.Join('|', s_types.Select(type => type.Name)),
        DefaultValueFactory = _ => s_types[0].Name,
    };

    private readonly ScenarioOptionSet _scenarios = new();
    private readonly Option<int?> _count = NumberOption.Whole("--count", 1);
    private readonly Option<double?> _anomalyRate = NumberOption.Between("--anomaly-rate", 0, 0.5);

    private readonly Option<string?> _start = new("--start")
    {
        Description = "Time of the first line; UTC where it names no offset. "
            + $"By default {s_defaults.Start:yyyy-MM-dd}.",
        HelpName = "time",
    };

    private readonly Option<int?> _seed = NumberOption.Whole("--seed");

    private readonly Option<string?> _path = new("--path")
    {
        Description = "File to write, with its labels beside it in FILE.labels.json. Without it the log goes to "
            + "standard output.",
        HelpName = "file",
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace files that are there." };
    private readonly Option<bool> _json = new("--json")
    {
        Description = "One JSON object a line: Timestamp, Text and Label.",
    };

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public NewLogCommand(CliHost host)
        : base("new-log", "Make a synthetic log with planted, labelled anomalies.")
    {
        _host = host;
        DescribeNumbers();
        FilledOption.Require(_path);
        Choice.Restrict(_type, [.. s_types.Select(type => type.Name)]);
        foreach (Option option in (Option[])[_type, _count, _anomalyRate, _start, _seed, _path, _force, _json])
        {
            Options.Add(option);
        }

        _scenarios.AddTo(this, _count, _anomalyRate);
        Validators.Add(result =>
        {
            if (result.GetValue(_json) && result.GetValue(_path) is not null)
            {
                result.AddError("--json and --path exclude each other: the file has its labels beside it.");
            }
        });
        SetAction(Run);
    }

    private void DescribeNumbers()
    {
        _count.Description = "Lines in all.";
        _count.HelpName = "number";
        _count.DefaultValueFactory = _ => s_defaults.Count;
        _anomalyRate.Description = "Share of anomalous lines, 0 to 0.5.";
        _anomalyRate.HelpName = "share";
        _anomalyRate.DefaultValueFactory = _ => s_defaults.AnomalyRate;
        _seed.Description = "Seed; equal options give equal bytes.";
        _seed.HelpName = "number";
        _seed.DefaultValueFactory = _ => s_defaults.Seed;
    }

    private int Run(ParseResult result)
    {
        string type = result.GetRequiredValue(_type);
        SyntheticLogOptions options = new()
        {
            Type = s_types.First(known => string.Equals(known.Name, type, StringComparison.OrdinalIgnoreCase)).Type,
            Count = result.GetValue(_count) ?? s_defaults.Count,
            AnomalyRate = result.GetValue(_anomalyRate) ?? s_defaults.AnomalyRate,
            Start = TimeText.Parse(_start.Name, result.GetValue(_start), TimeZoneInfo.Utc) ?? s_defaults.Start,
            Seed = result.GetValue(_seed) ?? s_defaults.Seed,
        };
        options = _scenarios.Apply(result, options);
        try
        {
            Write(options, result);
        }
        catch (ArgumentOutOfRangeException error)
        {
            // The engine checks the ranges; its message without the value and the parameter says which.
            throw new UsageException(error.Message.Split('\n', '(')[0].Trim()
                + " 'loganomaly new-log --help' names the options.");
        }

        return ExitCode.Nothing;
    }

    private void Write(SyntheticLogOptions options, ParseResult result)
    {
        if (result.GetValue(_path) is not { } path)
        {
            Print(options, result.GetValue(_json));
            return;
        }

        ExistingFile existing = result.GetValue(_force) ? ExistingFile.Replace : ExistingFile.Refuse;
        try
        {
            LogSynthesizer.Write(options, path, existing, _host.Cancellation);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            bool isThere = existing == ExistingFile.Refuse
                && (File.Exists(path) || File.Exists(LogSynthesizer.LabelsPath(path)));
            throw new UsageException(error.Message + (isThere ? " --force replaces it." : ""));
        }

        string made = options.Scenarios is null
            ? FormattableString.Invariant($"{options.Count:N0} lines, {options.AnomalyCount:N0} of them anomalous")
            : FormattableString.Invariant($"{options.Days} days");
        _host.Note($"{made}: {path}, labels in {LogSynthesizer.LabelsPath(path)}");
    }

    private void Print(SyntheticLogOptions options, bool asJson)
    {
        using SyntheticPrinter printer = new(_host, asJson);
        int count = 0;
        foreach (SyntheticLine line in LogSynthesizer.Generate(options))
        {
            printer.Print(line);
            if (++count % LinesBetweenLooks == 0)
            {
                _host.Cancellation.ThrowIfCancellationRequested();
            }
        }

        printer.Flush();
    }
}
