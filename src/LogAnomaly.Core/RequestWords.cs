using System.Text;

namespace LogAnomaly;

/// <summary>
/// The words of a request line that nearly all requests share, as small numbers, and the parts of a target.
/// </summary>
internal static class RequestWords
{
    /// <summary>Code of GET.</summary>
    public const int Get = 1;

    /// <summary>Code of POST.</summary>
    public const int Post = 2;

    /// <summary>Code of HEAD.</summary>
    public const int Head = 3;

    /// <summary>Code of version 1.1.</summary>
    public const int Version11 = 1;

    /// <summary>Code of version 2.0.</summary>
    public const int Version20 = 2;

    /// <summary>Code of version 1.0.</summary>
    public const int Version10 = 3;

    /// <summary>Code of version 3.0.</summary>
    public const int Version30 = 4;

    // Index 0 is another word, or none.
    private static readonly string?[] s_methods =
        [null, "GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND"];

    private static readonly string?[] s_versions = [null, "1.1", "2.0", "1.0", "3.0", "2", "3", "0.9"];

    /// <summary>Codes of methods, 0 among them.</summary>
    public static int MethodCount => s_methods.Length;

    /// <summary>The method of a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The method, or null for 0.</returns>
    public static string? Method(int code) => s_methods[code];

    /// <summary>The code of a method.</summary>
    /// <param name="method">The method, or null.</param>
    /// <returns>The code; 0 where it has none.</returns>
    public static int MethodCode(string? method) => method is null ? 0 : Math.Max(Array.IndexOf(s_methods, method), 0);

    /// <summary>The code of a method.</summary>
    /// <param name="method">The bytes of the method.</param>
    /// <returns>The code; 0 where it has none.</returns>
    public static int MethodCode(ReadOnlySpan<byte> method)
    {
        for (int code = 1; code < s_methods.Length; code++)
        {
            if (Ascii.Equals(method, s_methods[code]))
            {
                return code;
            }
        }

        return 0;
    }

    /// <summary>The version of a code.</summary>
    /// <param name="code">The code.</param>
    /// <returns>The version, or null for 0.</returns>
    public static string? Version(int code) => s_versions[code];

    /// <summary>The code of a version.</summary>
    /// <param name="version">The version, or null.</param>
    /// <returns>The code; 0 where it has none.</returns>
    public static int VersionCode(string? version) =>
        version is null ? 0 : Math.Max(Array.IndexOf(s_versions, version), 0);

    /// <summary>
    /// The path of a target. RFC 9112, section 3.2: origin-form, absolute-form, authority-form (CONNECT),
    /// asterisk-form; the last two have no path.
    /// </summary>
    /// <param name="method">Method of the request.</param>
    /// <param name="target">The target, or null.</param>
    /// <returns>The path as sent, or null where there is none.</returns>
    public static string? PathOf(string method, string? target)
    {
        if (string.IsNullOrEmpty(target))
        {
            return null;
        }

        int question = target.IndexOf('?', StringComparison.Ordinal);
        int end = question < 0 ? target.Length : question;
        int start = 0;
        if (target[0] != '/')
        {
            int authority = target.AsSpan(0, end).IndexOf("://", StringComparison.Ordinal);
            if (authority > 0)
            {
                int slash = target.AsSpan(authority + 3, end - authority - 3).IndexOf('/');
                start = slash < 0 ? end : authority + 3 + slash;
            }
            else if (method == "CONNECT" || target == "*")
            {
                return null;
            }
        }

        return start == end ? null : target[start..end];
    }

    /// <summary>The query of a target.</summary>
    /// <param name="target">The target, or null.</param>
    /// <returns>What follows its first question mark, or null where it has none.</returns>
    public static string? QueryOf(string? target)
    {
        int question = target?.IndexOf('?', StringComparison.Ordinal) ?? -1;
        return question < 0 ? null : target![(question + 1)..];
    }
}
