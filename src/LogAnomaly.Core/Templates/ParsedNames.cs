using System.Text;

namespace LogAnomaly.Templates;

/// <summary>Values in a message that its parser knows the meaning of, as UTF-8; empty where there is none.</summary>
internal readonly ref struct ParsedNames
{
    /// <summary>Bytes of scratch space that <see cref="Of"/> needs.</summary>
    public const int ScratchSize = (3 * LongestName) + LongestCommand;

    private const int LongestName = 128;
    private const int LongestCommand = 1_024;

    private ParsedNames(ReadOnlySpan<byte> user, ReadOnlySpan<byte> target, ReadOnlySpan<byte> host, ReadOnlySpan<byte> command)
    {
        User = user;
        Target = target;
        Host = host;
        Command = command;
    }

    /// <summary>The user who acts.</summary>
    public ReadOnlySpan<byte> User { get; }

    /// <summary>The user on whom is acted.</summary>
    public ReadOnlySpan<byte> Target { get; }

    /// <summary>The remote host.</summary>
    public ReadOnlySpan<byte> Host { get; }

    /// <summary>The command that was run or tried.</summary>
    public ReadOnlySpan<byte> Command { get; }

    /// <summary>The names of an event.</summary>
    /// <param name="logEvent">The event.</param>
    /// <param name="scratch">Space for the names.</param>
    /// <returns>The names.</returns>
    public static ParsedNames Of(LogEvent logEvent, Span<byte> scratch) => logEvent is AuthEvent auth
        ? new ParsedNames(
            EncodeName(auth.UserName, scratch[..LongestName]),
            EncodeName(auth.TargetUser, scratch.Slice(LongestName, LongestName)),
            EncodeName(auth.SourceHost, scratch.Slice(2 * LongestName, LongestName)),
            Encode(auth.Command, scratch[(3 * LongestName)..]))
        : default;

    /// <summary>
    /// Whether a user's name is also a word of the messages, as that of <c>Invalid user user from ...</c>: then only the word after
    /// <c>user</c> or <c>for</c> is the name.
    /// </summary>
    /// <param name="name">The name.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsMessageWord(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("user"u8) || name.SequenceEqual("password"u8) || name.SequenceEqual("for"u8) || name.SequenceEqual("from"u8)
        || name.SequenceEqual("invalid"u8) || name.SequenceEqual("port"u8) || name.SequenceEqual("session"u8) || name.SequenceEqual("ssh"u8);

    // A name of several words, which only an attacker sends, is left to the other masks.
    private static ReadOnlySpan<byte> EncodeName(string? name, Span<byte> scratch) =>
        name is not null && !name.Contains(' ', StringComparison.Ordinal) ? Encode(name, scratch) : [];

    private static ReadOnlySpan<byte> Encode(string? value, Span<byte> scratch) =>
        value is { Length: > 0 } && Encoding.UTF8.TryGetBytes(value, scratch, out int length) ? scratch[..length] : [];
}
