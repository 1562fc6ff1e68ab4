using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Cli.Input;

/// <summary>
/// The logs that this machine keeps of itself: those of authentication, the system and the web servers, and the
/// journal where there is no system log. Where there are none, the sample that comes with the program.
/// </summary>
internal static class MachineLogs
{
    private const int MostEntries = 200_000;

    private static readonly string[] s_patterns =
        ["auth.log", "secure", "syslog", "messages", "apache2/*.log", "httpd/*_log", "nginx/*.log"];

    private static readonly string[] s_systemLogs = ["syslog", "messages"];

    /// <summary>Finds what there is to read, and tells it.</summary>
    /// <param name="host">The run.</param>
    /// <param name="forPeople">Whether the output is for people.</param>
    /// <returns>The sources; never none.</returns>
    /// <exception cref="UsageException">There is nothing, not even the sample.</exception>
    public static IReadOnlyList<InputSource> Find(CliHost host, bool forPeople)
    {
        List<InputSource> sources = [];
        foreach (string pattern in s_patterns)
        {
            string? folder = Path.GetDirectoryName(Path.Combine(host.LogDirectory, pattern));
            if (!IsListable(folder, host))
            {
                continue;
            }

            IEnumerable<string> files = PathPatterns.Expand(Path.Combine(host.LogDirectory, pattern));
            sources.AddRange(files.Where(file => IsUsable(file, host)).Select(file => new InputSource(file)));
        }

        bool hasSystemLog = sources.Exists(
            source => s_systemLogs.Contains(Path.GetFileName(source.Name), StringComparer.Ordinal));
        JournalQuery journal = new() { Command = host.JournalCommand, Newest = MostEntries };
        if (!hasSystemLog && JournalSource.HasEntries(journal))
        {
            LogFormats.TryGet("journal-json", out LogFormat? format);
            sources.Add(new InputSource("(journal)", _ => OpenJournal(journal), format));
        }

        if (sources.Count > 0)
        {
            host.Tell("Reading the logs of this machine: "
                + string.Join(", ", sources.Select(source => source.Name)), forPeople);
            return sources;
        }

        return FindSample(host, forPeople);
    }

    private static JournalSource OpenJournal(JournalQuery journal) =>
        JournalSource.TryOpen(journal) ?? throw new UsageException(
            $"'{journal.Command}' cannot be started: name the logs to read instead.");

    private static List<InputSource> FindSample(CliHost host, bool forPeople)
    {
        List<InputSource> sample =
            [.. PathPatterns.Expand(Path.Combine(host.SampleDirectory, "*.log")).Select(file => new InputSource(file))];
        if (sample.Count == 0)
        {
            throw new UsageException(
                $"This machine keeps no readable logs in '{host.LogDirectory}' and has no journal: "
                + "name the files to read.");
        }

        host.Tell(
            $"This machine keeps no readable logs in '{host.LogDirectory}' and has no journal. "
            + "Reading the sample instead, a synthetic log with planted anomalies: "
            + string.Join(", ", sample.Select(source => source.Name)),
            forPeople);
        return sample;
    }

    // A pattern passes over what cannot be listed, and a web server's logs would be missing without a word.
    private static bool IsListable(string? folder, CliHost host)
    {
        if (folder is null || folder == host.LogDirectory || !Directory.Exists(folder))
        {
            return true;
        }

        try
        {
            using IEnumerator<string> entries = Directory.EnumerateFileSystemEntries(folder).GetEnumerator();
            entries.MoveNext();
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            TellForbidden(folder, host);
            return false;
        }
        catch (IOException error)
        {
            host.Note($"Not read: '{folder}': {error.Message}");
            return false;
        }
    }

    private static void TellForbidden(string path, CliHost host) =>
        host.Note($"Not read: '{path}' may be read only by others; run as root or as a member of 'adm'.");

    private static bool IsUsable(string path, CliHost host)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return file.Length > 0;
        }
        catch (UnauthorizedAccessException)
        {
            TellForbidden(path, host);
            return false;
        }
        catch (IOException error)
        {
            host.Note($"Not read: '{path}': {error.Message}");
            return false;
        }
    }
}
