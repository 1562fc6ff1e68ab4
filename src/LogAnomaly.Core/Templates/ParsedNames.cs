using System.Text;

namespace LogAnomaly.Templates;

/// <summary>Values in a message that its parser knows the meaning of, as UTF-8; empty where there is none.</summary>
internal readonly ref struct ParsedNames
{
    /// <summary>Bytes of scratch space that <see cref="Of"/> needs.</summary>
    public const int ScratchSize = (3 * LongestName) + LongestCommand;

    private const int LongestName = 128;
    private const int LongestCommand = 1_024;

    private ParsedNames(
        ReadOnlySpan<byte> user, ReadOnlySpan<byte> target, ReadOnlySpan<byte> host, ReadOnlySpan<byte> command)
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

    /// <summary>Whether there is no name.</summary>
    public bool IsEmpty => User.IsEmpty && Target.IsEmpty && Host.IsEmpty && Command.IsEmpty;

    /// <summary>Whether one of the names stands in a message, as a word of its own.</summary>
    /// <param name="message">The message.</param>
    /// <param name="at">Where to look.</param>
    /// <param name="taken">Bytes of the name.</param>
    /// <param name="mark">Its <see cref="Mark"/>.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryMatch(ReadOnlySpan<byte> message, int at, out int taken, out byte mark)
    {
        taken = 0;
        mark = Mark.Command;
        if (at > 0 && MessageMask.IsWordByte(message[at - 1]))
        {
            return false;
        }

        ReadOnlySpan<byte> rest = message[at..];
        if (StartsWith(rest, Command))
        {
            taken = Command.Length;
            return true;
        }

        mark = Mark.User;
        if (StartsWithUser(message[..at], rest, User) || StartsWithUser(message[..at], rest, Target))
        {
            taken = StartsWith(rest, User) ? User.Length : Target.Length;
            if (at >= 5 && message[..at].EndsWith("user="u8))
            {
                ReadOnlySpan<byte> name = rest[..taken];
                mark = (byte)(Mark.NamedUser + ((TemplatePattern.Mix((int)ShapeCache.KeyOf(name), 0) >> 40) & 7));
                return !name.SequenceEqual("root"u8);
            }

            return true;
        }

        mark = Mark.Host;
        taken = StartsWith(rest, Host) && AddressForm.LengthAt(rest) != Host.Length ? Host.Length : 0;
        return taken > 0;
    }

    // After a bracket stands a service, as in pam_unix(sshd:auth), whatever the user is called.
    private static bool StartsWithUser(ReadOnlySpan<byte> before, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name) =>
        StartsWith(rest, name)
        && !before.EndsWith("("u8)
        && (!IsMessageWord(name) || before.EndsWith("user "u8) || before.EndsWith("user="u8)
            || before.EndsWith("for "u8));

    private static bool StartsWith(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> name) =>
        !name.IsEmpty && rest[0] == name[0] && rest.StartsWith(name)
        && (rest.Length == name.Length || !MessageMask.IsWordByte(rest[name.Length]));

    // A user's name may also be a word of the messages, as that of "Invalid user user from ...": then only the word
    // after "user" or "for" is the name.
    private static bool IsMessageWord(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("user"u8) || name.SequenceEqual("password"u8) || name.SequenceEqual("for"u8)
        || name.SequenceEqual("from"u8) || name.SequenceEqual("invalid"u8) || name.SequenceEqual("port"u8)
        || name.SequenceEqual("session"u8) || name.SequenceEqual("ssh"u8);

    // A name of several words, which only an attacker sends, is left to the other masks.
    private static ReadOnlySpan<byte> EncodeName(string? name, Span<byte> scratch) =>
        name is not null && !name.Contains(' ', StringComparison.Ordinal) ? Encode(name, scratch) : [];

    private static ReadOnlySpan<byte> Encode(string? value, Span<byte> scratch) =>
        value is { Length: > 0 } && Encoding.UTF8.TryGetBytes(value, scratch, out int length) ? scratch[..length] : [];
}
