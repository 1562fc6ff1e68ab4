using System.Diagnostics;
using System.IO.Compression;

namespace LogAnomaly.Benchmarks;

/// <summary>The logs that are measured in compressed form, and the program that decompresses them elsewhere.</summary>
internal static class Compressed
{
    /// <summary>Compresses a log unless that was done.</summary>
    /// <param name="path">The log.</param>
    /// <returns>Path of the compressed one.</returns>
    public static string Make(string path)
    {
        string compressed = path + ".gz";
        if (!File.Exists(compressed))
        {
            using FileStream log = File.OpenRead(path);
            using FileStream output = File.Create(compressed);
            using GZipStream gzip = new(output, CompressionLevel.Optimal);
            log.CopyTo(gzip);
        }

        return compressed;
    }

    /// <summary>Runs zcat over a compressed log and counts what comes out, as a shell would into a pipe.</summary>
    /// <param name="path">The compressed log.</param>
    /// <returns>Bytes that came out.</returns>
    public static long RunZcat(string path)
    {
        using Process zcat =
            Process.Start(new ProcessStartInfo("zcat") { ArgumentList = { path }, RedirectStandardOutput = true })!;
        byte[] block = new byte[1 << 18];
        long bytes = 0;
        int read;
        while ((read = zcat.StandardOutput.BaseStream.Read(block)) > 0)
        {
            bytes += read;
        }

        zcat.WaitForExit();
        return bytes;
    }
}
