using System.Text;
using LogAnomaly.Reading;

namespace LogAnomaly.Tests.Reading;

public sealed class RotationSetsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loganomaly-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("auth.log auth.log.1 auth.log.10.gz auth.log.2.gz", "auth.log.10.gz auth.log.2.gz auth.log.1 auth.log")]
    [InlineData("access.log-20260101-1699999999.xz access.log-20260101.gz access.log access.log-20251231",
        "access.log-20251231 access.log-20260101.gz access.log-20260101-1699999999.xz access.log")]
    [InlineData("messages messages.0 messages.1.bz2", "messages.1.bz2 messages.0 messages")]
    [InlineData("foo.log foo.2026-01-02.log foo.2026-01-01.log", "foo.2026-01-01.log foo.2026-01-02.log foo.log")]
    [InlineData("app.log.20260102 app.log app.log.20260101.zst", "app.log.20260101.zst app.log.20260102 app.log")]
    [InlineData("app.log.2026-01-01.2 app.log.2026-01-01.10 app.log.2026-01-01.1",
        "app.log.2026-01-01.1 app.log.2026-01-01.2 app.log.2026-01-01.10")]
    [InlineData("u_ex260102.log u_ex260101.log u_ex251231.log", "u_ex251231.log u_ex260101.log u_ex260102.log")]
    [InlineData("log20260102.txt log20260101_001.txt log20260101.txt",
        "log20260101.txt log20260101_001.txt log20260102.txt")]
    [InlineData("catalina.2026-02-01.log catalina.2026-01-31.log localhost.2026-01-31.log",
        "catalina.2026-01-31.log catalina.2026-02-01.log localhost.2026-01-31.log")]
    [InlineData("b.log.1 a.log b.log a.log.1", "b.log.1 b.log a.log.1 a.log")]
    [InlineData("access.log-2026010110 access.log-20260101 access.log-2026010109",
        "access.log-20260101 access.log-2026010109 access.log-2026010110")]
    [InlineData("access.log-2026-01-02T03 access.log-2026-01-02T02",
        "access.log-2026-01-02T02 access.log-2026-01-02T03")]
    [InlineData("x.log x.log.old", "x.log.old x.log")]
    [InlineData("10.0.0.1 10.0.0.2 10.0.0.3", "10.0.0.1 10.0.0.2 10.0.0.3")]
    [InlineData("worker.1.log worker.2.log", "worker.1.log worker.2.log")]
    [InlineData("z.log m.log a.log", "z.log m.log a.log")]
    [InlineData("error.log.99999999", "error.log.99999999")]
    public void A_set_comes_in_the_order_of_time_and_sets_as_they_were_named(string given, string expected)
    {
        IReadOnlyList<string> ordered = RotationSets.Order(
            given.Split(' ').Select(name => Path.Combine(_folder.FullName, name)));
        Assert.Equal(expected.Split(' '), ordered.Select(Path.GetFileName));
    }

    [Fact]
    public void The_same_names_in_two_folders_are_two_sets()
    {
        string[] given = ["a/x.log", "b/x.log", "a/x.log.1", "b/x.log.1"];
        Assert.Equal(
            ["a/x.log.1", "a/x.log", "b/x.log.1", "b/x.log"],
            RotationSets.Order(given.Select(name => Path.Combine(_folder.FullName, name)))
                .Select(path => Path.GetRelativePath(_folder.FullName, path).Replace('\\', '/')));
    }

    [Fact]
    public void A_file_that_is_named_twice_is_read_once()
    {
        string file = Write("a.log", "one\n");
        string link = Path.Combine(_folder.FullName, "link.log");
        Assert.Equal([file], RotationSets.Order([file, Path.Combine(_folder.FullName, ".", "a.log")]));
        Assert.SkipUnless(OperatingSystem.IsLinux(), "links: made without rights on Linux only");
        File.CreateSymbolicLink(link, file);
        Assert.Equal([file], RotationSets.Order([file, link]));
        Assert.Equal([link], RotationSets.Order([link, file]));
    }

    [Fact]
    public void An_archive_in_the_making_of_a_rotated_file_is_left_out_and_another_content_is_kept()
    {
        string text = string.Concat(Enumerable.Range(0, 20_000).Select(i => $"line {i}\n"));
        string bare = Write("x.log", "now\n");
        string plain = Write("x.log.1", text);
        string same = Write("x.log.1.gz", CompressionTests.Gzip(text));
        Assert.Equal([plain, bare], RotationSets.Order([bare, same, plain]));
        byte[] whole = CompressionTests.Gzip(text);
        Write("x.log.1.gz", whole[..(whole.Length / 2)]);
        Assert.Equal([plain, bare], RotationSets.Order([bare, same, plain]));
        Write("x.log.1.gz", CompressionTests.Gzip(text + "one more\n"));
        Assert.Equal([plain, same, bare], RotationSets.Order([bare, same, plain]));
        Write("x.log.1.gz", CompressionTests.Gzip("other\n"));
        Assert.Equal([plain, same, bare], RotationSets.Order([bare, same, plain]));
    }

    [Fact]
    public void Siblings_are_the_other_files_of_the_set()
    {
        foreach (string name in (string[])["s.log", "s.log.1", "s.log.2.gz", "t.log", "s.log.bak", "s.log-20260101"])
        {
            Write(name, name + "\n");
        }

        Assert.Equal(
            ["s.log-20260101", "s.log.2.gz", "s.log.1"],
            RotationSets.Siblings(Path.Combine(_folder.FullName, "s.log")).Select(Path.GetFileName));
    }

    [Fact]
    public void A_file_keeps_its_identity_when_it_is_renamed_and_another_one_in_its_place_has_another()
    {
        string path = Write("id.log", "one\n");
        FileIdentity? before = FileIdentity.Of(path);
        Assert.NotNull(before);
        File.Move(path, path + ".1");
        Assert.Equal(before, FileIdentity.Of(path + ".1"));
        Write("id.log", "two\n");
        Assert.NotEqual(before, FileIdentity.Of(path));
        using FileStream open = File.OpenRead(path + ".1");
        Assert.Equal(before, FileIdentity.Of(open.SafeFileHandle));
        Assert.Null(FileIdentity.Of(path + ".2"));
    }

    private string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    private string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}
