using System.Globalization;
using System.Text;
using LogAnomaly.Numerics;

namespace LogAnomaly.Tests.Analysis;

/// <summary>
/// An application and its requests over some hours, by a seed: templates of which few are frequent and many rare, lines
/// that come in bursts, a daily rhythm, visitors that come once and ask several times, slow minutes.
/// </summary>
internal sealed class TrafficScene
{
    private readonly SeededRandom _random;
    private readonly List<(double Second, string Line)> _app = [];
    private readonly List<(double Second, string Line)> _access = [];
    private readonly DateTime _start;
    private readonly double _seconds;

    public TrafficScene(int seed, double hours = 24, DateTime? start = null)
    {
        _random = new SeededRandom((ulong)seed);
        _seconds = hours * 3600;
        _start = start ?? new DateTime(2026, 3, 2, 0, 0, 0, DateTimeKind.Utc);
    }

    /// <summary>Factor of all durations.</summary>
    public double Slower { get; init; } = 1;

    /// <summary>Share of requests that fail.</summary>
    public double Failures { get; init; } = 0.02;

    /// <summary>Factor of the rate of the template <c>cache refresh</c>.</summary>
    public double Refreshes { get; init; } = 1;

    /// <summary>Lines that are planted, evenly over the time.</summary>
    public IReadOnlyList<(string Message, int Count)> Planted { get; init; } = [];

    /// <summary>Reads the scene as events.</summary>
    public List<LogEvent> Events()
    {
        for (int template = 0; template < 60; template++)
        {
            AddTemplate(template);
        }

        AddPoisson(200 * Refreshes, second => App(second, "info", "cache refresh finished"));
        foreach ((string message, int count) in Planted)
        {
            AddPoisson(count, second => App(second, "error", message));
        }

        AddVisits();
        return [.. Read(_app), .. Read(_access)];
    }

    private static List<LogEvent> Read(List<(double Second, string Line)> lines)
    {
        string text = string.Join('\n', lines.OrderBy(line => line.Second).Select(line => line.Line)) + "\n";
        return Samples.Read(text, out _);
    }

    private static string Word(int number) =>
        string.Concat(
            "worker",
            new string([.. Enumerable.Range(0, 3).Select(i => (char)('a' + (number / (int)Math.Pow(4, i) % 4)))]));

    private void AddTemplate(int template)
    {
        string message = $"{Word(template)} handled {Word(template * 7 % 64)} step in {{0}} items";
        double expected = 600.0 / (template + 1);
        if (template % 7 == 3)
        {
            AddPoisson(expected / 10, second =>
            {
                int length = 1 + (int)_random.NextExponential(10);
                for (int i = 0; i < length; i++)
                {
                    App(
                        second + (i * 0.5),
                        "warn",
                        string.Format(CultureInfo.InvariantCulture, message, _random.NextInt(1000)));
                }
            });
            return;
        }

        AddPoisson(
            expected,
            second => App(second, "info", string.Format(CultureInfo.InvariantCulture, message, _random.NextInt(1000))));
    }

    private void AddVisits() => AddPoisson(300, second =>
    {
        string source = _random.NextInt(3) == 0
            ? $"192.0.2.{_random.NextInt(20)}"
            : $"198.51.{_random.NextInt(256)}.{_random.NextInt(256)}";
        string user = $"user{(char)('a' + Math.Min((int)_random.NextExponential(4), 15))}";
        int requests = 1 + (int)_random.NextExponential(6);
        double slow = (int)(second / 600) % 11 == 0 ? 3 : 1;
        for (int i = 0; i < requests; i++)
        {
            int path = Math.Min((int)_random.NextExponential(5), 25);
            int status = _random.NextDouble() < Failures ? 500 : _random.NextInt(20) == 0 ? 404 : 200;
            double duration = 20 * Math.Exp(0.6 * _random.NextGaussian()) * slow * Slower;
            _access.Add((second + i, string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"time\":\"{Time(second + i)}\",\"remote_addr\":\"{source}\",\"user\":\"{user}\",\"path\":\"/place/{(char)('a' + path)}\",\"status\":{status},\"duration_ms\":{duration:0.###}}}")));
        }
    });

    private void App(double second, string level, string message) => _app.Add((second, string.Create(
        CultureInfo.InvariantCulture,
        $"{{\"time\":\"{Time(second)}\",\"level\":\"{level}\",\"app\":\"shop\",\"msg\":\"{message}\"}}")));

    private string Time(double second) =>
        _start.AddSeconds(second).ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    // Thinned by the hour: nights are quieter.
    private void AddPoisson(double expected, Action<double> act)
    {
        double mean = _seconds / (expected * 1.5 * _seconds / 86400);
        for (double second = _random.NextExponential(mean); second < _seconds; second += _random.NextExponential(mean))
        {
            double weight = 1 + (0.5 * Math.Sin(((second / 86400) - 0.25) * 2 * Math.PI));
            if (_random.NextDouble() < weight / 1.5)
            {
                act(second);
            }
        }
    }
}
