using System.IO.Compression;
using System.Text;

namespace LogAnomaly.Cli.Tests;

/// <summary>A folder of files that lives as long as a test.</summary>
internal sealed class TestFolder : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("loganomaly-cli-").FullName;

    /// <summary>A line of an access log, which all formats agree on.</summary>
    public const string AccessLine =
        "192.0.2.7 - alice [10/Jan/2026:13:55:36 +0100] \"GET /a?b=c HTTP/1.1\" 404 2326 \"-\" \"curl/8.5.0\"";

    /// <summary>A stamp without zone and year-independent: an error line of Apache.</summary>
    public const string ErrorLine =
        "[Sat Jan 10 13:55:36.123456 2026] [core:error] [pid 12:tid 34] [client 192.0.2.7:5000] AH00126: Invalid "
            + "URI in request";

    /// <summary>Path of a file in the folder.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its path.</returns>
    public string PathOf(string name) => Path.Combine(_path, name);

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name, perhaps in a folder below.</param>
    /// <param name="content">Its content.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, string content) => Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>Writes a file.</summary>
    /// <param name="name">Its name, perhaps in a folder below.</param>
    /// <param name="content">Its content.</param>
    /// <returns>Its path.</returns>
    public string Write(string name, byte[] content)
    {
        string path = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Compresses a text.</summary>
    /// <param name="content">The text.</param>
    /// <returns>It as gzip.</returns>
    public static byte[] Gzip(string content)
    {
        using MemoryStream target = new();
        using (GZipStream gzip = new(target, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return target.ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_path, recursive: true);
}
