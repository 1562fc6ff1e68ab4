using LogAnomaly.Reading;

namespace LogAnomaly.Cli.Input;

/// <summary>
/// Standard input that hands on the output before it waits for more: what follows a growing log
/// (<c>tail -f log | loganomaly parse</c>) must show each line when it comes.
/// </summary>
internal sealed class FlushingInput : ForwardStream
{
    private readonly Stream _input;
    private readonly Action _flush;

    /// <summary>Creates a stream.</summary>
    /// <param name="input">Standard input; it stays open.</param>
    /// <param name="flush">Hands on the output.</param>
    public FlushingInput(Stream input, Action flush)
    {
        _input = input;
        _flush = flush;
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        _flush();
        return _input.Read(buffer);
    }
}
