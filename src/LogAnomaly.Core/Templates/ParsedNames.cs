using System.Text;

namespace LogAnomaly.Templates;

/// <summary>Names in a message that its parser knows the meaning of, as UTF-8; empty where there is none.</summary>
internal readonly ref struct ParsedNames
{
    /// <summary>Bytes of scratch space that <see cref="Of"/> needs.</summary>
    public const int ScratchSize = 3 * LongestName;

    private const int LongestName = 128;

    private ParsedNames(ReadOnlySpan<byte> user, ReadOnlySpan<byte> target, ReadOnlySpan<byte> host)
    {
        User = user;
        Target = target;
        Host = host;
    }

    /// <summary>The user who acts.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>The user on whom is acted.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The remote host.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>The names of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="scratch">Space for the names.</param>
    /// <returns>The names.</returns>
    public static ParsedNames Of(LogEvent logEvent, Span<byte> scratch) => logEvent is AuthEvent auth
        ? new ParsedNames(
            Encode(auth.UserName, scratch[..LongestName]),
            Encode(auth.TargetUser, scratch.Slice(LongestName, LongestName)),
            Encode(auth.SourceHost, scratch.Slice(2 * LongestName, LongestName)))
        : default;

    // A name of several words, which only an attacker sends, is left to the other masks.
    private static ReadOnlySpan<byte> Encode(string? name, Span<byte> scratch) =>
        name is { Length: > 0 } && !name.Contains(' ', StringComparison.Ordinal) && Encoding.UTF8.TryGetBytes(name, scratch, out int length)
            ? scratch[..length]
            : [];
}
