using LogAnomaly.Cli.Input;
using Xunit;

namespace LogAnomaly.Cli.Tests;

public sealed class PathPatternsTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Wildcards_stand_for_files_by_name_and_not_for_folders_or_hidden_files()
    {
        string second = _folder.Write("b.log", "");
        string first = _folder.Write("a.log", "");
        _folder.Write(".hidden.log", "");
        _folder.Write("folder.log/x.txt", "");

        Assert.Equal([first, second], PathPatterns.Expand(_folder.PathOf("*.log")));
        Assert.Equal([first, second], PathPatterns.Expand(_folder.PathOf("?.log")));
        Assert.Empty(PathPatterns.Expand(_folder.PathOf("*.none")));
    }

    [Fact]
    public void Wildcards_stand_for_folders_too()
    {
        string first = _folder.Write("one/error.log", "");
        string second = _folder.Write("two/error.log", "");
        _folder.Write("three/access.log", "");

        Assert.Equal([first, second], PathPatterns.Expand(_folder.PathOf("*/error.log")));
        Assert.Equal([first, second], PathPatterns.Expand(_folder.PathOf("*/e*.log")));
    }

    [Fact]
    public void A_file_of_that_very_name_wins()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no file names with an asterisk.");
        }

        string literal = _folder.Write("a*.log", "");
        _folder.Write("ab.log", "");

        Assert.Equal([literal], PathPatterns.Expand(literal));
    }

    [Fact]
    public void A_path_without_wildcards_stays_as_it_is_whether_it_exists_or_not()
    {
        Assert.Equal(["no/such.log"], PathPatterns.Expand("no/such.log"));
    }
}
