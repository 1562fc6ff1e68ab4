using System.Globalization;
using System.Text;

namespace LogAnomaly.Benchmarks;

/// <summary>A million sources that fail to log in once each within a day: what the states of groups cost.</summary>
internal static class SourceFlood
{
    private const int Sources = 1_000_000;

    /// <summary>Makes the log unless it is there.</summary>
    /// <returns>Its path.</returns>
    public static string Make()
    {
        string folder = Path.Combine(Path.GetTempPath(), "loganomaly-benchmarks");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "million-sources.log");
        if (File.Exists(path))
        {
            return path;
        }

        using StreamWriter writer = new(path, append: false, new UTF8Encoding(false));
        DateTime start = new(2026, 3, 4, 0, 0, 0, DateTimeKind.Utc);
        for (int index = 0; index < Sources; index++)
        {
            // A permutation, so that neighbours in time are no neighbours as addresses.
            uint address = 0x0B000000u + (uint)(index * 7_919L % Sources * 13);
            string time = start.AddSeconds(index * 86_400.0 / Sources)
                .ToString("MMM dd HH:mm:ss", CultureInfo.InvariantCulture)
                .Replace(" 0", "  ", StringComparison.Ordinal);
            writer.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"{time} web1 sshd[{1000 + (index % 30_000)}]: Failed password for user{index % 5_000} from {address >> 24}.{(address >> 16) & 255}.{(address >> 8) & 255}.{address & 255} port {1024 + (index % 60_000)} ssh2\n"));
        }

        return path;
    }
}
