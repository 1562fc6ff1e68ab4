using System.Buffers;

namespace LogAnomaly.Parsing;

/// <summary>
/// Splits the request of an access log: <c>method SP target SP HTTP/version</c> (RFC 9112, section 3), and what clients
/// send instead. Escapes of the server (<c>\"</c>, <c>\x16</c>) stay as they are logged.
/// </summary>
internal static class RequestLine
{
    private const int LongestMethod = 32;

    // A token of RFC 9110, section 5.6.2.
    private static readonly SearchValues<byte> s_tokenBytes =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private static readonly SearchValues<byte> s_upperCase = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8);

    /// <summary>Sets method, target and version of an event.</summary>
    /// <param name="request">The request without its quotes.</param>
    /// <param name="made">The event.</param>
    /// <param name="pool">Strings for values that repeat.</param>
    public static void Read(ReadOnlySpan<byte> request, AccessEvent made, StringPool pool)
    {
        if (request.IsEmpty || (request.Length == 1 && request[0] == '-'))
        {
            return;
        }

        ReadOnlySpan<byte> version = Version(request);
        ReadOnlySpan<byte> rest = version.IsEmpty ? request : request[..^(version.Length + " HTTP/".Length)];
        int space = rest.IndexOf((byte)' ');
        ReadOnlySpan<byte> method = space < 0 ? rest : rest[..space];
        ReadOnlySpan<byte> target = space < 0 ? default : rest[(space + 1)..];
        if (version.IsEmpty ? !IsSimpleRequest(method, target) : !IsMethod(method))
        {
            made.Url = pool.Get(request);
            return;
        }

        made.Method = pool.Get(method);
        made.HttpVersion = version.IsEmpty ? null : VersionText(version, pool);
        made.Url = target.IsEmpty ? null : pool.Get(target);
    }

    // The digits after " HTTP/" at the end of the request, or nothing.
    private static ReadOnlySpan<byte> Version(ReadOnlySpan<byte> request)
    {
        if (request.Length > 9 && request[^2] == '.' && request[^9..^3].SequenceEqual(" HTTP/"u8)
            && char.IsAsciiDigit((char)request[^3]) && char.IsAsciiDigit((char)request[^1]))
        {
            return request[^3..];
        }

        return request.Length > 7 && request[^7..^1].SequenceEqual(" HTTP/"u8) && char.IsAsciiDigit((char)request[^1])
            ? request[^1..]
            : default;
    }

    private static string VersionText(ReadOnlySpan<byte> version, StringPool pool)
    {
        if (version.Length != 3)
        {
            return pool.Get(version);
        }

        return (version[0], version[2]) switch
        {
            ((byte)'1', (byte)'1') => "1.1",
            ((byte)'2', (byte)'0') => "2.0",
            ((byte)'1', (byte)'0') => "1.0",
            ((byte)'3', (byte)'0') => "3.0",
            _ => pool.Get(version),
        };
    }

    private static bool IsMethod(ReadOnlySpan<byte> method) =>
        method.Length is > 0 and <= LongestMethod && !method.ContainsAnyExcept(s_tokenBytes);

    // HTTP/0.9 has a method and a target and no version. Whatever else lacks a version must look like that, for
    // scanners send words of other protocols (HELP, EHLO x); a method alone is taken only where it is one of HTTP's.
    private static bool IsSimpleRequest(ReadOnlySpan<byte> method, ReadOnlySpan<byte> target)
    {
        if (target.IsEmpty)
        {
            return IsKnownMethod(method);
        }

        return IsMethod(method)
            && !method.ContainsAnyExcept(s_upperCase)
            && !target.Contains((byte)' ')
            && (target[0] is (byte)'/' or (byte)'*' || target.IndexOf("://"u8) > 0 || IsKnownMethod(method));
    }

    private static bool IsKnownMethod(ReadOnlySpan<byte> method) =>
        method.SequenceEqual("GET"u8) || method.SequenceEqual("POST"u8) || method.SequenceEqual("HEAD"u8)
        || method.SequenceEqual("PUT"u8) || method.SequenceEqual("DELETE"u8) || method.SequenceEqual("OPTIONS"u8)
        || method.SequenceEqual("PATCH"u8) || method.SequenceEqual("TRACE"u8) || method.SequenceEqual("CONNECT"u8)
        || method.SequenceEqual("PROPFIND"u8);
}
