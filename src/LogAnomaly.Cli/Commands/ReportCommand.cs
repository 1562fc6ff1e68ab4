using System.CommandLine;
using LogAnomaly.Cli.Input;
using LogAnomaly.Cli.Output;
using LogAnomaly.Dashboard;
using LogAnomaly.Places;

namespace LogAnomaly.Cli.Commands;

/// <summary><c>loganomaly report</c>: the worst anomalies as a table, and everything as a page.</summary>
internal sealed class ReportCommand : Command
{
    private const int MostInTable = 10;

    private readonly CliHost _host;
    private readonly InputOptions _input = new(
        "Files to read; * and ? are expanded; - is standard input. Without files: the logs of this machine, with "
            + "the journal where no system log can be read, or the sample where there are none.");

    private readonly AnalysisOptionSet _analysis = new();
    private readonly Option<string> _output = new("--output", "-o")
    {
        Description = "The page to write; an older one is replaced.",
        HelpName = "file",
        DefaultValueFactory = _ => "loganomaly-report.html",
    };

    private readonly Option<string?> _title = new("--title")
    {
        Description = "Heading of the page.",
        HelpName = "text",
    };

    private readonly Option<string> _theme = new("--theme")
    {
        Description = "Colours of the page: light, dark, or auto for those of the reader's system.",
        HelpName = "colours",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<string?> _countryDatabase = CountryDatabaseOption.Create();
    private readonly Option<bool> _json = new("--json")
    {
        Description = "Print the rows as one JSON object a line instead of a table; Repeats counts the anomalies "
            + "of a row.",
    };

    private readonly Option<int?> _top = TopOption.Create(
        "Most rows of the table. Anomalies of one template share a row, as do requests of one client that stand out "
            + "by the same thing.", MostInTable);

    /// <summary>Creates the command.</summary>
    /// <param name="host">The run.</param>
    public ReportCommand(CliHost host)
        : base("report", "Print the worst anomalies with their reasons and write all of them as one offline page. "
            + "Exit code 1 says that there are some.")
    {
        _host = host;
        FilledOption.Require(_output);
        _input.AddTo(this);
        _analysis.AddTo(this);
        Options.Add(_output);
        Options.Add(_title);
        Options.Add(_theme);
        Choice.Restrict(_theme, ["auto", "light", "dark"]);
        Options.Add(_countryDatabase);
        Options.Add(_top);
        Options.Add(_json);
        SetAction(Run);
    }

    private int Run(ParseResult result)
    {
        string page = Path.GetFullPath(result.GetRequiredValue(_output));
        RequirePlace(page);
        SourcePlaces places = CountryDatabaseOption.Open(result.GetValue(_countryDatabase));
        bool failed = false;
        bool asJson = result.GetValue(_json);
        bool areNamed = _input.Paths(result).Length > 0;
        LogInput input = areNamed
            ? _input.Open(result, _host, out failed)
            : new LogInput(_host, _input.ReaderOptions(result), MachineLogs.Find(_host, !asJson));
        (LogAnalysis analysis, _) = _analysis.Analyse(result, _host, input, places, found: null, out bool rulesFailed);
        failed |= rulesFailed;
        IReadOnlyList<AnomalyRow> rows = AnomalyRow.Distinct(
            analysis.Anomalies, result.GetValue(_top) ?? MostInTable);
        Print(rows, analysis, input.Ledger, asJson);
        LedgerText.Write(input.Ledger, _host);

        // Where nobody named the file, one that is not understood among others that are is worth a word and no more.
        failed |= input.TellNotUnderstood() && (areNamed || input.Ledger.Parsed == 0);
        if (input.HasFailed && input.Ledger.LinesRead == 0)
        {
            // A page of nothing must not replace yesterday's.
            return ExitCode.Error;
        }

        WritePage(page, analysis, result, places, !asJson);
        return failed || input.HasFailed
            ? ExitCode.Error
            : analysis.Anomalies.Count > 0 ? ExitCode.Findings : ExitCode.Nothing;
    }

    private void Print(IReadOnlyList<AnomalyRow> rows, LogAnalysis analysis, ParseLedger ledger, bool asJson)
    {
        if (!asJson)
        {
            AnomalyTable.Write(rows, analysis, ledger, _host);
            return;
        }

        using AnomalyJson json = new(_host.Output);
        foreach (AnomalyRow row in rows)
        {
            json.Print(row.Worst, row.Repeats);
        }

        json.Flush();
    }

    // What can be known before is not said after minutes of reading.
    private static void RequirePlace(string path)
    {
        string folder = Path.GetDirectoryName(path) ?? path;
        string? fault = Directory.Exists(path) ? "it is a folder."
            : !Directory.Exists(folder) ? $"there is no folder '{folder}'."
            : null;
        if (fault is not null)
        {
            throw NotWritten(path, fault);
        }
    }

    private static UsageException NotWritten(string path, string fault) =>
        new($"The page '{path}' cannot be written: {fault} Name another file with --output.");

    private void WritePage(
        string path, LogAnalysis analysis, ParseResult result, SourcePlaces places, bool forPeople)
    {
        _host.Cancellation.ThrowIfCancellationRequested();
        DashboardOptions options = new()
        {
            Places = places,
            Theme = Enum.Parse<DashboardTheme>(result.GetRequiredValue(_theme), ignoreCase: true),
        };
        if (result.GetValue(_title) is { } title && !string.IsNullOrWhiteSpace(title))
        {
            options = options with { Title = title };
        }

        try
        {
            DashboardWriter.WriteFile(analysis, options, path);
        }
        catch (InvalidDataException error)
        {
            throw CountryDatabaseOption.Unusable(error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(path, error.Message);
        }

        _host.Tell($"The page: {path}", forPeople);
    }
}
