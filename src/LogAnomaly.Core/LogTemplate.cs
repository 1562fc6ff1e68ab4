using System.Security.Cryptography;
using System.Text;

namespace LogAnomaly;

/// <summary>
/// The constant part of messages that one statement of a program writes, with a mark where they vary, such as
/// <c>Failed password for &lt;*&gt; from &lt;ip&gt; port &lt;num&gt; ssh2</c>.
/// </summary>
public sealed class LogTemplate
{
    /// <summary>The mark of a word that varies without a form of its own.</summary>
    internal const string Variable = "<*>";

    private readonly string _text;
    private string? _id;

    /// <summary>Creates a template.</summary>
    /// <param name="text">Its text.</param>
    internal LogTemplate(string text) => _text = text;

    /// <summary>
    /// Twelve hexadecimal digits: the start of the SHA-256 of <see cref="Text"/>. The same text has the same id on
    /// every host.
    /// </summary>
    public string Id =>
        _id ??= Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(_text)).AsSpan(0, 6)).ToLowerInvariant();

    /// <summary>The template with its marks.</summary>
    public string Text => _text;

    /// <summary>Events that have this template.</summary>
    public long Count { get; internal set; }

    /// <summary>Share of all events, 0 to 1; set when the analysis is complete.</summary>
    public double Share { get; internal set; }

    /// <summary>Earliest time of an event of this template, or null where none has a time.</summary>
    public DateTimeOffset? FirstSeen { get; internal set; }

    /// <summary>Latest time of an event of this template, or null where none has a time.</summary>
    public DateTimeOffset? LastSeen { get; internal set; }

    /// <summary>The first line that had this template.</summary>
    public string Example
    {
        get => Sample.Examples is [string first, ..] ? first : "";
        internal init => Sample.Examples.Add(value);
    }

    /// <summary>Up to three lines that had this template, no two of them the same.</summary>
    public IReadOnlyList<string> Examples => [.. Sample.Examples];

    /// <summary>Events an hour from the first to the last; null where there are no two times.</summary>
    public double? Rate =>
        LastTicks > FirstTicks && FirstTicks >= 0 ? Count / new TimeSpan(LastTicks - FirstTicks).TotalHours : null;

    /// <summary>
    /// What stands in the variable places, in the order of the text; read from a sample of the events at each call.
    /// </summary>
    public IReadOnlyList<LogParameter> Parameters => ParameterReader?.Invoke(_text, Sample.Messages) ?? [];

    /// <summary>The wider template that took this one in, or null.</summary>
    internal LogTemplate? MergedInto { get; set; }

    /// <summary>This template, or the one that took it in, however often that happened.</summary>
    internal LogTemplate Widest
    {
        get
        {
            LogTemplate widest = this;
            while (widest.MergedInto is { } wider)
            {
                widest = wider;
            }

            return widest;
        }
    }

    /// <summary>UTC ticks of <see cref="FirstSeen"/>, or -1.</summary>
    internal long FirstTicks { get; private set; } = -1;

    /// <summary>UTC ticks of <see cref="LastSeen"/>, or -1.</summary>
    internal long LastTicks { get; private set; } = -1;

    /// <summary>
    /// Reads the parameters of a template's text from messages; null where no miner made the template.
    /// </summary>
    internal Func<string, IReadOnlyList<byte[]>, IReadOnlyList<LogParameter>>? ParameterReader { get; init; }

    /// <summary>Some of the messages.</summary>
    internal TemplateSample Sample { get; } = new();

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Whether the message of the next event is kept as a sample.</summary>
    internal bool WantsMessage => Sample.Wants(Count + 1);

    /// <summary>Counts an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="message">Its message without its header; it is read only where <see cref="WantsMessage"/>.</param>
    internal void Take(LogEvent logEvent, ReadOnlySpan<byte> message)
    {
        Count++;
        Sample.Take(Count, logEvent, message);
        long ticks = logEvent.UtcTicks;
        if (ticks < 0)
        {
            return;
        }

        if (FirstTicks < 0 || ticks < FirstTicks)
        {
            FirstTicks = ticks;
            FirstSeen = logEvent.Timestamp;
        }

        if (ticks > LastTicks)
        {
            LastTicks = ticks;
            LastSeen = logEvent.Timestamp;
        }
    }

    /// <summary>Forgets what was counted.</summary>
    internal void Reset()
    {
        Count = 0;
        FirstTicks = -1;
        FirstSeen = null;
        LastTicks = -1;
        LastSeen = null;
        Sample.Clear();
    }

    /// <summary>Counts the events of a narrower template too.</summary>
    /// <param name="narrower">The template.</param>
    internal void Include(LogTemplate narrower)
    {
        Sample.Include(narrower.Sample);
        Count += narrower.Count;
        if (narrower.FirstTicks >= 0 && (FirstTicks < 0 || narrower.FirstTicks < FirstTicks))
        {
            FirstTicks = narrower.FirstTicks;
            FirstSeen = narrower.FirstSeen;
        }

        if (narrower.LastTicks > LastTicks)
        {
            LastTicks = narrower.LastTicks;
            LastSeen = narrower.LastSeen;
        }
    }
}
