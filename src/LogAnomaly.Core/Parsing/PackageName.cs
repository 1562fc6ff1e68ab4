namespace LogAnomaly.Parsing;

/// <summary>
/// Reads the names that RPM gives packages: <c>name-[epoch:]version-release.architecture</c>, the epoch also before the
/// name. A name without a version (of an erased package) is a name alone.
/// </summary>
internal static class PackageName
{
    /// <summary>Sets name and version of a package.</summary>
    /// <param name="target">The event.</param>
    /// <param name="context">Strings that repeat.</param>
    /// <param name="text">The whole word.</param>
    public static void Set(SystemEvent target, ParseContext context, ReadOnlySpan<byte> text)
    {
        Split(text, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> version);
        target.PackageName = name.IsEmpty ? null : context.Pool.Get(name);
        target.PackageVersion = version.IsEmpty ? null : context.Pool.Get(version);
    }

    /// <summary>Splits a word.</summary>
    /// <param name="text">The whole word.</param>
    /// <param name="name">Name of the package.</param>
    /// <param name="version">Its version and release without the architecture, or empty.</param>
    public static void Split(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> version)
    {
        text = Utf8Text.Trim(text).TrimEnd((byte)',');
        int epoch = text.IndexOf((byte)':');
        if (epoch > 0 && !text[..epoch].ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            text = text[(epoch + 1)..];
        }

        name = text;
        version = default;
        int release = text.LastIndexOf((byte)'-');
        int start = release <= 0 ? -1 : text[..release].LastIndexOf((byte)'-');
        if (start <= 0 || !char.IsAsciiDigit((char)text[start + 1]))
        {
            // "name-1.2" without a release
            bool isVersion = release > 0 && release + 1 < text.Length && char.IsAsciiDigit((char)text[release + 1]);
            name = isVersion ? text[..release] : text;
            version = isVersion ? text[(release + 1)..] : default;
            return;
        }

        name = text[..start];
        version = text[(start + 1)..];
        int dot = version.LastIndexOf((byte)'.');
        if (dot > 0 && IsArchitecture(version[(dot + 1)..]))
        {
            version = version[..dot];
        }
    }

    private static bool IsArchitecture(ReadOnlySpan<byte> text) =>
        text.SequenceEqual("x86_64"u8) || text.SequenceEqual("noarch"u8) || text.SequenceEqual("i686"u8)
        || text.SequenceEqual("aarch64"u8) || text.SequenceEqual("i386"u8) || text.SequenceEqual("i586"u8)
        || text.SequenceEqual("ppc64le"u8) || text.SequenceEqual("s390x"u8) || text.SequenceEqual("armv7hl"u8)
        || text.SequenceEqual("src"u8) || text.SequenceEqual("riscv64"u8) || text.SequenceEqual("ppc64"u8);
}
