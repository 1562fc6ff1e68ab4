using System.Diagnostics;
using System.Text.Json;
using LogAnomaly.Analysis;
using LogAnomaly.Dashboard;
using LogAnomaly.Detection.Behaviours;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;
using LogAnomaly.Rules;
using LogAnomaly.Sigma;
using LogAnomaly.Templates;

namespace LogAnomaly.Benchmarks;

/// <summary>Measures one stage on one log in this process.</summary>
internal static class Measure
{
    // A stage of tenths of a second needs some rounds until all of its code is compiled with care; a long one has them
    // within.
    private const int Rounds = 12;
    private const int RoundsOfLong = 6;

    // Rules are compiled once, however many logs follow.
    private static readonly Lazy<RuleSet> s_rules = new(() => RuleSet.Compile(BuiltInRules.Load().Rules));

    /// <summary>Runs a stage a few times.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="path">The log.</param>
    /// <param name="threads">Threads that parse.</param>
    /// <returns>The best run.</returns>
    public static Measurement Run(Stage stage, string path, int threads)
    {
        LogAnalysis? analysis = stage == Stage.Page ? Analyse(path, threads).Analysis : null;
        Measurement? best = null;
        double processor = double.MaxValue;
        if (stage is Stage.Zcat or Stage.Gunzip or Stage.ParseGzip)
        {
            Compressed.Make(path);
        }

        int rounds = stage == Stage.RulesMillionSources ? 1
            : stage is Stage.Analyse or Stage.Page ? RoundsOfLong
            : Rounds;
        List<LogEvent> events = stage switch
        {
            Stage.Templates or Stage.TemplatesCold => TemplateMeasure.Read(path),
            Stage.Cube or Stage.CubeTables => CubeMeasure.Read(path),
            _ => [],
        };
        TemplateMiner known = new();
        for (int round = 0; round < rounds; round++)
        {
            GC.Collect();
            long before = GC.GetTotalAllocatedBytes(precise: true);
            TimeSpan work = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            long lines = stage switch
            {
                Stage.Newlines => CountNewlines(path),
                Stage.Read => ReadLines(path),
                Stage.Count => Count(path, threads),
                Stage.Parse => Parse(path, threads),
                Stage.ParseMessage => ParseMessage(path, threads),
                Stage.Stats => Stats(path, threads),
                Stage.StatsBySource => StatsBySource(path, threads),
                Stage.Analyse => Analyse(path, threads).Lines,
                Stage.Match => Match(path, threads),
                Stage.Rules => RunRules(path, threads),
                Stage.Mine => Mine(path, threads, null),
                Stage.Behaviours => Mine(path, threads, BehaviourSet.Create(new BehaviourOptions())),
                Stage.RulesMillionSources => RunRules(path, threads),
                Stage.Zcat => Whole(path, Compressed.RunZcat(Compressed.Make(path))),
                Stage.Gunzip => Whole(path, Gunzip(Compressed.Make(path))),
                Stage.ParseGzip => Parse(Compressed.Make(path), threads),
                Stage.Templates => TemplateMeasure.Mine(events, known),
                Stage.TemplatesCold => TemplateMeasure.Mine(events, new TemplateMiner()),
                Stage.Cube or Stage.CubeTables => CubeMeasure.Count(events, stage == Stage.CubeTables),
                _ => WritePage(analysis!),
            };
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            processor = Math.Min(processor, (Environment.CpuUsage.TotalTime - work).TotalSeconds / Math.Max(lines, 1));
            long allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
            // A warm miner takes more lines than the cold one of the first round.
            if (best is null || seconds * Math.Max(best.Lines, 1) < best.Seconds * Math.Max(lines, 1))
            {
                best = new Measurement(lines, new FileInfo(path).Length, seconds, allocated, 0, 0);
            }
        }

        using Process self = Process.GetCurrentProcess();
        long counted = best!.Lines;
        best = best.Lines == 0 ? best with { Lines = CountNewlines(path) } : best;
        return best with { PeakBytes = self.PeakWorkingSet64, ProcessorSeconds = processor * Math.Max(counted, 1) };
    }

    /// <summary>Prints all that an analysis tells, a line each, so that two builds can be compared.</summary>
    /// <param name="path">The log.</param>
    /// <param name="threads">Threads that parse.</param>
    public static void PrintFindings(string path, int threads)
    {
        LogAnalysis analysis = Analyse(path, threads).Analysis;
        using Stream output = Console.OpenStandardOutput();
        foreach (Anomaly anomaly in analysis.Anomalies)
        {
            WriteLine(output, anomaly);
            WriteLine(output, new { anomaly.Reasons, anomaly.Evidence, anomaly.NormalIf });
        }

        foreach (LogTemplate template in analysis.Templates)
        {
            WriteLine(output, template);
        }

        WriteLine(output, analysis.Summary);
    }

    private static void WriteLine<T>(Stream output, T value)
    {
        JsonSerializer.Serialize(output, value);
        output.WriteByte((byte)'\n');
    }

    private static long CountNewlines(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0);
        byte[] block = new byte[1 << 20];
        long count = 0;
        int read;
        while ((read = stream.Read(block)) > 0)
        {
            count += block.AsSpan(0, read).Count((byte)'\n');
        }

        return count;
    }

    private static long Gunzip(string path)
    {
        using Stream stream = Decompression.Open(
            new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0));
        byte[] block = new byte[1 << 18];
        long bytes = 0;
        int read;
        while ((read = stream.Read(block)) > 0)
        {
            bytes += read;
        }

        return bytes;
    }

    // What was decompressed must be all of the log; its lines are counted later.
    private static long Whole(string path, long bytes) => bytes == new FileInfo(path).Length
        ? 0
        : throw new InvalidOperationException($"{path}: {bytes} bytes came out.");

    private static long ReadLines(string path)
    {
        using LineReader reader = new(
            Decompression.Open(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 0)), 4 << 20);
        List<LogLine> lines = [];
        long count = 0;
        while (reader.TryReadBlock(lines))
        {
            count += lines.Count;
        }

        return count;
    }

    private static long Count(string path, int threads) => new LogCounter(
        new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc }).CountFiles([path]).EventCount;

    private static long Parse(string path, int threads)
    {
        long count = 0;
        foreach (LogEvent _ in new LogReader(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc })
            .ReadFile(path))
        {
            count++;
        }

        return count;
    }

    private static long Stats(string path, int threads)
    {
        LogMeasurer measurer = new();
        foreach (LogEvent read in new LogReader(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc })
            .ReadFile(path))
        {
            measurer.Add(read);
        }

        return measurer.Complete().EventCount;
    }

    private static long StatsBySource(string path, int threads)
    {
        LogGrouper grouper = new(["SourceIP"]);
        foreach (LogEvent read in new LogReader(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc })
            .ReadFile(path))
        {
            grouper.Add(read);
        }

        return grouper.Complete().Sum(group => group.Count);
    }

    private static long ParseMessage(string path, int threads)
    {
        long count = 0;
        foreach (LogEvent read in new LogReader(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc })
            .ReadFile(path))
        {
            count += read.Message.Length > 0 ? 1 : 0;
        }

        return count;
    }

    private static long Match(string path, int threads)
    {
        EventMatcher matcher = new(s_rules.Value.Matching);
        List<int> matched = [];
        long count = 0;
        foreach (LogEvent read in new LogReader(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc })
            .ReadFile(path))
        {
            matcher.Match(read, matched);
            count++;
        }

        return count;
    }

    private static long Mine(string path, int threads, BehaviourSet? behaviours)
    {
        TemplateMiner miner = new();
        long count = 0;
        foreach (LogEvent read in new LogReader(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc })
            .ReadFile(path))
        {
            miner.Add(read);
            behaviours?.Add(read);
            count++;
        }

        behaviours?.Complete();
        return count;
    }

    // The whole built-in set, with correlations, learned rules, findings and the summary.
    private static long RunRules(string path, int threads)
    {
        LogReader reader = new(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc });
        LogAnalyzer analyzer = new(
            new AnalysisOptions { Detectors = DetectorKinds.Rules, Rules = s_rules.Value, KeepCube = false },
            reader.Ledger);
        foreach (LogEvent logEvent in reader.ReadFile(path))
        {
            analyzer.Add(logEvent);
        }

        return analyzer.Complete().Summary.EventCount;
    }

    private static (long Lines, LogAnalysis Analysis) Analyse(string path, int threads)
    {
        LogReader reader = new(new LogReaderOptions { Threads = threads, TimeZone = TimeZoneInfo.Utc });
        LogAnalyzer analyzer = new(new AnalysisOptions { Rules = s_rules.Value }, reader.Ledger);
        foreach (LogEvent logEvent in reader.ReadFile(path))
        {
            analyzer.Add(logEvent);
        }

        LogAnalysis analysis = analyzer.Complete();
        return (analysis.Summary.EventCount, analysis);
    }

    private static long WritePage(LogAnalysis analysis)
    {
        using MemoryStream page = new();
        DashboardWriter.Write(analysis, new DashboardOptions(), page);
        return analysis.Summary.EventCount;
    }
}
