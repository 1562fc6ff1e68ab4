using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using LogAnomaly.Parsing;

namespace LogAnomaly.Fuzz;

/// <summary>Feeds the formats, one after the other.</summary>
internal sealed class FuzzRun
{
    private const int MostKept = 20_000;
    private const string FailureFolder = "fuzz-failures";

    private readonly FuzzOptions _options;
    private readonly byte[] _hits;
    private readonly bool[] _reached;
    private int _reachedCount;

    /// <summary>Creates a run in an instrumented engine.</summary>
    /// <param name="options">What to run.</param>
    public FuzzRun(FuzzOptions options)
    {
        _options = options;
        Type counters = typeof(LogEvent).Assembly.GetType(Instrumentation.TypeName, throwOnError: true)!;
        _hits = (byte[])counters.GetField(
            Instrumentation.FieldName, BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        _reached = new bool[_hits.Length];
    }

    /// <summary>Runs.</summary>
    /// <returns>0, or 1 where an input failed.</returns>
    public int Run()
    {
        List<byte[]> seeds = Seeds.All();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seeds.Count:N0} seeds."));
        int failures = 0;
        foreach (LogFormat? format in LogFormats.All.Prepend(null))
        {
            string name = format?.Name ?? "(found out)";
            if (_options.Format is null || name == _options.Format)
            {
                failures += Feed(format, name, seeds);
            }
        }

        return failures == 0 ? 0 : 1;
    }

    private int Feed(LogFormat? format, string name, List<byte[]> seeds)
    {
        Random random = new(_options.Seed);
        Mutator mutator = new(random);
        Array.Clear(_reached);
        _reachedCount = 0;
        List<byte[]> kept = [];
        long executions = 0;
        HashSet<string> failures = [];
        Stopwatch clock = Stopwatch.StartNew();
        foreach (byte[] seed in seeds)
        {
            Try(seed);
        }

        int bySeeds = _reachedCount;
        while (clock.Elapsed.TotalSeconds < _options.Seconds)
        {
            // What was kept last leads on; all of it stays in play.
            int index = random.Next(2) == 0 ? random.Next(kept.Count) : Math.Max(kept.Count - 1 - random.Next(50), 0);
            Try(mutator.Change(kept[index], seeds[random.Next(seeds.Count)]));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: {executions:N0} inputs, {bySeeds:N0} blocks by seeds, {_reachedCount:N0} at the end, {kept.Count:N0} kept, {failures.Count} failures"));
        return failures.Count;

        void Try(byte[] input)
        {
            executions++;
            Array.Clear(_hits);
            bool isNew = false;
            Exception? error = Failure(format, input, isThorough: false);
            if (error is null && CountNew())
            {
                isNew = true;
                error = Failure(format, input, isThorough: true);
            }

            if (error is not null)
            {
                string place = error.StackTrace?.Split('\n')
                    .FirstOrDefault(line => line.Contains("LogAnomaly.", StringComparison.Ordinal)) ?? "";
                if (failures.Add(error.GetType().Name + place.Trim()))
                {
                    Tell(format, name, input, error);
                }

                return;
            }

            if (isNew && kept.Count < MostKept)
            {
                kept.Add(input);
            }
        }
    }

    private bool CountNew()
    {
        int before = _reachedCount;
        ReadOnlySpan<byte> rest = _hits;
        int at = 0;
        while (true)
        {
            int next = rest[at..].IndexOfAnyExcept((byte)0);
            if (next < 0)
            {
                return _reachedCount > before;
            }

            at += next;
            if (!_reached[at])
            {
                _reached[at] = true;
                _reachedCount++;
            }

            at++;
        }
    }

    // Whatever escapes is a failure: that is what is looked for.
    private static Exception? Failure(LogFormat? format, byte[] input, bool isThorough)
    {
        try
        {
            Oracle.Check(format, input, isThorough);
            return null;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            return error;
        }
    }

    private static void Tell(LogFormat? format, string name, byte[] input, Exception error)
    {
        byte[] small = Shrink(format, input, error.GetType());
        Directory.CreateDirectory(FailureFolder);
        string path = Path.Combine(FailureFolder, string.Create(
            CultureInfo.InvariantCulture,
            $"{name.Trim('(', ')').Replace(' ', '-')}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(small))[..12]}.log"));
        File.WriteAllBytes(path, small);
        Console.WriteLine(
            $"FAILED {name}: {path}\n{VisibleText.Escape(System.Text.Encoding.UTF8.GetString(small))}\n{error}");
    }

    // Takes away ever smaller pieces as long as it still fails in the same way.
    private static byte[] Shrink(LogFormat? format, byte[] input, Type error)
    {
        for (int piece = input.Length / 2; piece > 0; piece /= 2)
        {
            for (int at = 0; at + piece <= input.Length;)
            {
                byte[] smaller = [.. input[..at], .. input[(at + piece)..]];
                bool stillFails = Failure(format, smaller, isThorough: true)?.GetType() == error;
                input = stillFails ? smaller : input;
                at += stillFails ? 0 : piece;
            }
        }

        return input;
    }
}
