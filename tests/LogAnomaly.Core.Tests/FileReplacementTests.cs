using System.Text;
using Xunit;

namespace LogAnomaly.Tests;

public sealed class FileReplacementTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_completed_file_takes_the_place_of_the_earlier_one_and_nothing_is_left_beside_it()
    {
        string path = Earlier();

        Write(path, "later");

        Assert.Equal("later", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_is_not_completed_leaves_the_earlier_one_and_nothing_beside_it()
    {
        string path = Earlier();

        using (FileReplacement file = FileReplacement.Start(path, overwrite: true))
        {
            file.Output.Write("half"u8);
        }

        Assert.Equal("earlier", File.ReadAllText(path));
        Assert.Equal([path], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_came_meanwhile_is_kept_where_none_may_be_replaced()
    {
        string path = Path.Combine(_folder, "page.html");
        using FileReplacement file = FileReplacement.Start(path, overwrite: false);
        Earlier();

        Assert.Throws<IOException>(file.Complete);
        Assert.Equal("earlier", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_link_stays_a_link_and_the_file_behind_it_is_written(bool isThere)
    {
        SkipOnWindows();
        string target = isThere ? Earlier() : Path.Combine(_folder, "page.html");
        string link = Path.Combine(_folder, "link");
        string linkToLink = Path.Combine(_folder, "link-to-link");
        File.CreateSymbolicLink(link, target);
        File.CreateSymbolicLink(linkToLink, "link");

        Write(linkToLink, "later");

        Assert.Equal("later", File.ReadAllText(target));
        Assert.Null(new FileInfo(target).LinkTarget);
        Assert.Equal(target, new FileInfo(link).LinkTarget);
        Assert.Equal("link", new FileInfo(linkToLink).LinkTarget);
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherRead)]
    public void The_permissions_of_the_earlier_file_stay(UnixFileMode mode)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such permissions.");
            return;
        }

        string path = Earlier();
        File.SetUnixFileMode(path, mode);

        Write(path, "later");

        Assert.Equal("later", File.ReadAllText(path));
        Assert.Equal(mode, File.GetUnixFileMode(path));
    }

    [Fact]
    public void A_device_is_written_to_and_stays_a_device_also_behind_a_link()
    {
        SkipOnWindows();
        string link = Path.Combine(_folder, "null");
        File.CreateSymbolicLink(link, "/dev/null");

        Write(link, "lost");

        Assert.Equal("/dev/null", new FileInfo(link).LinkTarget);
        Assert.Empty(File.ReadAllBytes("/dev/null"));
        Assert.Single(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_named_pipe_is_written_to_and_stays_a_pipe()
    {
        SkipOnWindows();
        string pipe = Path.Combine(_folder, "pipe");
        using (System.Diagnostics.Process make = System.Diagnostics.Process.Start("mkfifo", [pipe]))
        {
            await make.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        using System.Diagnostics.Process reader = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo("cat", [pipe]) { RedirectStandardOutput = true })!;
        Task<string> read = reader.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        Write(pipe, "through");

        Assert.Equal("through", await read);
        Assert.Equal([pipe], Directory.GetFileSystemEntries(_folder));
    }

    private static void Write(string path, string text)
    {
        using FileReplacement file = FileReplacement.Start(path, overwrite: true);
        file.Output.Write(Encoding.UTF8.GetBytes(text));
        file.Complete();
    }

    private static void SkipOnWindows()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no devices and pipes among its files, and asks a privilege for links.");
        }
    }

    private string Earlier()
    {
        string path = Path.Combine(_folder, "page.html");
        File.WriteAllText(path, "earlier");
        return path;
    }
}
