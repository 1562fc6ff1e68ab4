using LogAnomaly.Parsing;
using LogAnomaly.Reading;
using Xunit;

namespace LogAnomaly.Tests.Reading;

public sealed class JournalSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-journal").FullName;

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void Entries_become_events_and_the_query_reaches_the_program_word_by_word()
    {
        string command = Script(
            "printf '%s\\n' \"$@\" > \"$(dirname \"$0\")/arguments\"\necho '{\"__REALTIME_TIMESTAMP\":\"1717401662123456\",\"_HOSTNAME\":\"web1\",\"SYSLOG_IDENTIFIER\":\"app\",\"MESSAGE\":\"hello\"}'");
        JournalQuery query = new()
        {
            Command = command,
            Since = new DateTimeOffset(2024, 6, 3, 8, 1, 2, 500, TimeSpan.Zero),
            Units = ["a.service", "b; rm -rf --vacuum-size=1"],
            Newest = 5,
            Follow = true,
            Folder = "/x y",
            AfterCursor = "s=1;i=2",
        };
        using JournalSource source = JournalSource.TryOpen(query)!;
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc, Format = new JournalJsonFormat() });
        LogEvent made = Assert.Single(
            reader.ReadStream(source, "(journal)", TestContext.Current.CancellationToken).ToList());
        Assert.Equal(("web1", "app", "hello"), (made.HostName, made.Program, made.Message));
        Assert.Equal(
            [
                "--output=json", "--all", "--no-pager", "--quiet", "--since=@1717401662.500000", "--unit=a.service",
                "--unit=b; rm -rf --vacuum-size=1", "--lines=5", "--follow", "--directory=/x y",
                "--after-cursor=s=1;i=2",
            ],
            File.ReadAllLines(Path.Combine(_folder, "arguments")));
    }

    [Fact]
    public void Where_there_is_no_such_program_there_is_no_journal()
    {
        JournalQuery query = new() { Command = Path.Combine(_folder, "none") };
        Assert.Null(JournalSource.TryOpen(query));
        Assert.False(JournalSource.HasEntries(query));
    }

    [Fact]
    public void A_program_that_fails_tells_why()
    {
        string command = Script("echo 'No journal files were found.' >&2\nexit 1");
        using JournalSource source = JournalSource.TryOpen(new JournalQuery { Command = command })!;
        IOException error = Assert.Throws<IOException>(() => source.Read(new byte[8]));
        Assert.Contains("No journal files were found.", error.Message, StringComparison.Ordinal);
        Assert.False(JournalSource.HasEntries(new JournalQuery { Command = command }));
    }

    [Fact]
    public void A_program_that_goes_on_is_ended_with_the_stream()
    {
        string command = Script("echo $$ > \"$(dirname \"$0\")/id\"\necho '{}'\nexec sleep 600");
        JournalSource source = JournalSource.TryOpen(new JournalQuery { Command = command, Follow = true })!;
        Assert.Equal(3, source.Read(new byte[8]));
        int id = int.Parse(
            File.ReadAllText(Path.Combine(_folder, "id")), System.Globalization.CultureInfo.InvariantCulture);
        source.Dispose();
        Assert.True(SpinWait.SpinUntil(() => !IsRunning(id), TimeSpan.FromMinutes(10)));
    }

    private static bool IsRunning(int id)
    {
        try
        {
            using System.Diagnostics.Process process = System.Diagnostics.Process.GetProcessById(id);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private string Script(string body)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no journal.");
            return "";
        }

        string path = Path.Combine(_folder, "journalctl");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return path;
    }
}
