using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LogAnomaly.Benchmarks;
using LogAnomaly.Detection;
using LogAnomaly.Synthesis;

// dotnet run -c Release --project tests/Benchmarks [-- --lines 1000000]
// dotnet run -c Release --project tests/Benchmarks -- --latency: how soon guessing is found, by the gap between tries
// dotnet run -c Release --project tests/Benchmarks -- --templates: the template miner alone, warm and cold, on real
// logs dotnet run -c Release --project tests/Benchmarks -- --rules: what rules cost where a million sources come dotnet
// run -c Release --project tests/Benchmarks -- --planted 1000 [detector...]: how often each detector names a planted
// column dotnet run -c Release --project tests/Benchmarks -- --findings LOG THREADS: all that an analysis finds, for a
// comparison of two builds tests/Benchmarks/forest.py: the isolation forest beside scikit-learn's, by --forest, --bgl
// and --detectors dotnet run -c Release --project tests/Benchmarks -- --scenarios [--seeds 5] [--detectors
// rules|learned] [--details]: incidents of synthetic scenarios found and missed, by difficulty, and false alarms on
// quiet weeks dotnet run -c Release --project tests/Benchmarks -- --sequences: labelled sessions of the corpora
// ($LOGANOMALY_CORPORA) dotnet run -c Release --project tests/Benchmarks -- --page PAGE: a written page in Chromium;
// page.sh makes one and does it Every row is measured in a process of its own, so that its peak memory is its own; the
// best of twelve runs counts, of six where a run is long.
if (args is ["--measure", string stageName, string path, string threadText])
{
    Measurement measured = Measure.Run(
        Enum.Parse<Stage>(stageName), path, int.Parse(threadText, CultureInfo.InvariantCulture));
    Console.WriteLine(JsonSerializer.Serialize(measured));
    return 0;
}

if (args is ["--findings", string findingsPath, string findingsThreads])
{
    Measure.PrintFindings(findingsPath, int.Parse(findingsThreads, CultureInfo.InvariantCulture));
    return 0;
}

if (args is ["--latency"])
{
    LatencyTable.Print();
    return 0;
}

if (args is ["--forest", string detectorName, string rowFile, string columnText, string seedText, string roundText])
{
    int[] numbers =
        [.. new[] { columnText, seedText, roundText }.Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
    ForestRun.Run(detectorName, rowFile, numbers[0], numbers[1], numbers[2]);
    return 0;
}

if (args is ["--planted", string caseText, ..])
{
    PlantedRun.Print(
        int.Parse(caseText, CultureInfo.InvariantCulture), args.Length > 2 ? args[2..] : LogDetectors.Names);
    return 0;
}

if (args is ["--bgl", string target])
{
    BglRun.Write(target);
    return 0;
}

if (args is ["--detectors"])
{
    Console.WriteLine(string.Join('\n', LogDetectors.Names));
    return 0;
}

if (args is ["--scenarios", ..])
{
    ScenarioTable.Print(ScenarioRun.Of(args[1..]));
    return 0;
}

if (args is ["--sequences"])
{
    SequenceTable.Print(Environment.GetEnvironmentVariable("LOGANOMALY_CORPORA")
        ?? throw new InvalidOperationException("LOGANOMALY_CORPORA names no folder."));
    return 0;
}

if (args is ["--page", string page])
{
    await PageRun.PrintAsync(page);
    return 0;
}

if (args is ["--rules"])
{
    foreach (int threads in (int[])[1, 2])
    {
        Measurement flood = InOwnProcess(Stage.RulesMillionSources, SourceFlood.Make(), threads);
        Console.WriteLine(FormattableString.Invariant(
            $"rules-million-sources, {threads} threads: {flood.Seconds:0.00} s, {flood.Lines / flood.Seconds / 1e6:0.00} M lines/s, peak {flood.PeakBytes / 1e6:N0} MB"));
    }

    (double first, double further) = RequestRule.Run(Inputs.Make(SyntheticLogType.Access, 1_000_000));
    Console.WriteLine(FormattableString.Invariant(
        $"a rule of distinct pages over every request: {first:0} ns a request with evidence and matcher, {further:0} ns each further rule"));
    return 0;
}

if (args is ["--templates"])
{
    foreach (string log in TemplateMeasure.Logs())
    {
        foreach (Stage stage in (Stage[])[Stage.Templates, Stage.TemplatesCold])
        {
            Measurement row = InOwnProcess(stage, log, 1);
            Console.WriteLine(FormattableString.Invariant(
                $"{Path.GetFileName(log)}, {stage}: {row.Lines / row.Seconds / 1e6:0.00} M events/s, {(double)row.Allocated / row.Lines:0} B allocated an event"));
        }
    }

    return 0;
}

int lines = args is ["--lines", string text] ? int.Parse(text, CultureInfo.InvariantCulture) : 1_000_000;
Console.WriteLine(FormattableString.Invariant(
    $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {lines:N0} lines a log"));
Console.WriteLine(
    "| log | stage | threads | s | M lines/s | MB/s | B allocated an event | peak MB | of the newline scan |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|");
foreach (SyntheticLogType type in (SyntheticLogType[])
[
    SyntheticLogType.ApacheError,
    SyntheticLogType.Access,
    SyntheticLogType.Auth,
])
{
    string log = Inputs.Make(type, lines);
    double scan = 0;
    Dictionary<(Stage, int), double> rates = [];
    foreach (Stage stage in Enum.GetValues<Stage>().Where(stage => stage is not (Stage.RulesMillionSources
        or Stage.Templates or Stage.TemplatesCold or Stage.Cube or Stage.CubeTables)))
    {
        foreach (int threads in stage is Stage.Newlines or Stage.Read or Stage.Zcat or Stage.Gunzip
            ? new[] { 1 }
            : [1, 2])
        {
            Measurement row = InOwnProcess(stage, log, threads);
            double rate = row.Lines / row.Seconds;
            rates[(stage, threads)] = rate;
            scan = stage == Stage.Newlines ? rate : scan;
            Console.WriteLine(FormattableString.Invariant(
                $"| {type} | {stage} | {threads} | {row.Seconds:0.000} | {rate / 1e6:0.00} | {row.Bytes / row.Seconds / 1e6:N0} | {(double)row.Allocated / row.Lines:0} | {row.PeakBytes / 1e6:N0} | 1/{scan / rate:0.0} |"));
        }
    }

    Console.WriteLine(FormattableString.Invariant(
        $"{type}: gzip {rates[(Stage.Gunzip, 1)] / rates[(Stage.Zcat, 1)]:0.0} times zcat; parsing from gzip {rates[(Stage.ParseGzip, 1)] / rates[(Stage.Parse, 1)]:0.00} of parsing text on one thread, {rates[(Stage.ParseGzip, 2)] / rates[(Stage.Parse, 2)]:0.00} on two."));
}

return 0;

static Measurement InOwnProcess(Stage stage, string log, int threads)
{
    ProcessStartInfo start = new(Environment.ProcessPath!) { RedirectStandardOutput = true };
    foreach (string argument in (string[])
    [
        "--measure",
        stage.ToString(),
        log,
        threads.ToString(CultureInfo.InvariantCulture),
    ])
    {
        start.ArgumentList.Add(argument);
    }

    using Process child = Process.Start(start)!;
    string output = child.StandardOutput.ReadToEnd();
    child.WaitForExit();
    return child.ExitCode == 0
        ? JsonSerializer.Deserialize<Measurement>(output)!
        : throw new InvalidOperationException($"Measuring {stage} of {log} failed.");
}
