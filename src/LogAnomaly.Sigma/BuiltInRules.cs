using System.IO.Compression;
using System.Text;

namespace LogAnomaly.Sigma;

/// <summary>
/// The rules that come with LogAnomaly. Their files are packed into the assembly as one compressed stream, because the
/// attacks that they describe would set off virus scanners.
/// </summary>
public static class BuiltInRules
{
    private const string Resource = "rules.packed";

    private static readonly Lazy<SigmaRules> s_rules = new(Read);

    /// <summary>The rules; they are read once a process.</summary>
    /// <returns>The rules, with paths such as <c>rules/ssh/SSH-01.yml</c>, and no faults.</returns>
    public static SigmaRules Load() => s_rules.Value;

    /// <summary>The bytes as they stand in the assembly.</summary>
    /// <returns>The stream.</returns>
    internal static Stream OpenPacked() => typeof(BuiltInRules).Assembly.GetManifestResourceStream(Resource)
        ?? throw new InvalidOperationException($"The assembly was built without the resource {Resource}.");

    /// <summary>The rule files, in the order of their paths.</summary>
    /// <returns>The files.</returns>
    internal static IReadOnlyList<(string Path, string Text)> ReadTexts()
    {
        using Stream packed = OpenPacked();
        using GZipStream stream = new(packed, CompressionMode.Decompress);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        (string Path, string Text)[] texts = new (string, string)[reader.ReadInt32()];
        for (int at = 0; at < texts.Length; at++)
        {
            texts[at] = (reader.ReadString(), reader.ReadString());
        }

        return texts;
    }

    private static SigmaRules Read() => SigmaReader.ReadTexts(ReadTexts(), new SigmaOptions { IsBuiltIn = true });
}
