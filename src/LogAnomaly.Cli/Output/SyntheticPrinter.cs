using System.Text.Json;
using LogAnomaly.Synthesis;

namespace LogAnomaly.Cli.Output;

/// <summary>Prints synthetic lines: as they are, or as JSON with their labels.</summary>
internal sealed class SyntheticPrinter : IDisposable
{
    private static readonly JsonEncodedText s_timestamp = JsonEncodedText.Encode(nameof(SyntheticLine.Timestamp));
    private static readonly JsonEncodedText s_text = JsonEncodedText.Encode(nameof(SyntheticLine.Text));
    private static readonly JsonEncodedText s_label = JsonEncodedText.Encode(nameof(SyntheticLine.Label));

    private readonly CliHost _host;
    private readonly JsonLines? _json;

    /// <summary>Creates a printer.</summary>
    /// <param name="host">The run.</param>
    /// <param name="asJson">Whether the lines are printed as JSON.</param>
    public SyntheticPrinter(CliHost host, bool asJson)
    {
        _host = host;
        _json = asJson ? new JsonLines(host.Output) : null;
    }

    /// <summary>Prints a line.</summary>
    /// <param name="line">The line.</param>
    public void Print(SyntheticLine line)
    {
        if (_json is null)
        {
            // A line feed on every system: equal options give equal bytes.
            _host.Text.Write(line.Text);
            _host.Text.Write('\n');
            return;
        }

        _json.StartLine();
        _json.Write(s_timestamp, line.Timestamp);
        _json.Write(s_text, line.Text);
        _json.Write(s_label, line.Label);
        _json.EndLine();
    }

    /// <summary>Hands on all that was printed.</summary>
    public void Flush()
    {
        _json?.Flush();
        _host.Flush();
    }

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();
}
