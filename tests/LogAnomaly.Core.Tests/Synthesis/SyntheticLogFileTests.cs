using System.Text.Json;
using LogAnomaly.Synthesis;
using Xunit;

namespace LogAnomaly.Tests.Synthesis;

public sealed class SyntheticLogFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("loganomaly-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_file_holds_the_lines_in_UTF8_with_LF_and_nothing_else_is_left()
    {
        SyntheticLogOptions options = new() { Type = SyntheticLogType.Access, Count = 300, AnomalyRate = 0.1 };
        string path = Path.Combine(_folder, "access.log");
        Write(options, path);
        string expected = string.Concat(LogSynthesizer.Generate(options).Select(line => line.Text + "\n"));
        Assert.Equal(System.Text.Encoding.UTF8.GetBytes(expected), File.ReadAllBytes(path));
        Assert.Equal(["access.log", "access.log.labels.json"], Names());
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.2)]
    public void The_labels_are_one_document_that_matches_the_lines(double rate)
    {
        SyntheticLogOptions options =
            new() { Type = SyntheticLogType.Auth, Count = 400, AnomalyRate = rate, Seed = -7 };
        string path = Path.Combine(_folder, "auth.log");
        Write(options, path);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(LogSynthesizer.LabelsPath(path)));
        JsonElement root = document.RootElement;
        Assert.Equal("loganomaly-labels", root.GetProperty("format").GetString());
        Assert.Equal(1, root.GetProperty("version").GetInt32());
        Assert.Equal("Auth", root.GetProperty("type").GetString());
        Assert.Equal(-7, root.GetProperty("seed").GetInt32());
        Assert.Equal(400, root.GetProperty("count").GetInt32());
        Assert.Equal(rate, root.GetProperty("anomalyRate").GetDouble());
        Assert.Equal(options.Start, root.GetProperty("start").GetDateTimeOffset());
        (int, string?)[] expected = LogSynthesizer.Generate(options).Select((line, index) => (index + 1, line.Label))
            .Where(pair => pair.Label is not null).ToArray();
        (int, string?)[] actual = root.GetProperty("anomalies").EnumerateArray()
            .Select(item => (item.GetProperty("lineNumber").GetInt32(),
                item.GetProperty("label").GetString())).ToArray();
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData("error.log")]
    [InlineData("error.log.labels.json")]
    public void An_existing_file_is_kept_unless_told(string existing)
    {
        SyntheticLogOptions options = new() { Count = 20 };
        string path = Path.Combine(_folder, "error.log");
        string kept = Path.Combine(_folder, existing);
        File.WriteAllText(kept, "mine");
        IOException thrown = Assert.Throws<IOException>(() => Write(options, path));
        Assert.Contains(existing, thrown.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(kept));
        Assert.Equal([existing], Names());

        Write(options, path, ExistingFile.Replace);
        Assert.Equal(20, File.ReadAllLines(path).Length);
        Assert.Equal(2, Names().Length);
    }

    [Fact]
    public void A_cancelled_writing_leaves_nothing_and_keeps_what_was_there()
    {
        string path = Path.Combine(_folder, "error.log");
        File.WriteAllText(path, "mine");
        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(
            () => LogSynthesizer.Write(new SyntheticLogOptions(), path, ExistingFile.Replace, source.Token));
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Equal(["error.log"], Names());
    }

    [Fact]
    public void A_missing_folder_and_a_folder_in_place_of_the_file_are_named()
    {
        string missing = Path.Combine(_folder, "none", "error.log");
        DirectoryNotFoundException thrown =
            Assert.Throws<DirectoryNotFoundException>(() => Write(new SyntheticLogOptions(), missing));
        Assert.Contains(Path.Combine(_folder, "none"), thrown.Message, StringComparison.Ordinal);
        IOException folder = Assert.Throws<IOException>(() => Write(new SyntheticLogOptions(), _folder));
        Assert.Contains(_folder, folder.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("access.log", SyntheticLogType.Access, 2000)]
    [InlineData("auth.log", SyntheticLogType.Auth, 1500)]
    [InlineData("error.log", SyntheticLogType.ApacheError, 1500)]
    public void The_samples_of_the_examples_come_out_again_byte_by_byte(string name, SyntheticLogType type, int count)
    {
        // The options that examples/data/README.md gives.
        SyntheticLogOptions options = new() { Type = type, Count = count, AnomalyRate = 0.02, Seed = 1 };
        string path = Path.Combine(_folder, name);
        Write(options, path);
        string sample = Path.Combine(ExampleFolder(), name);
        Assert.Equal(File.ReadAllBytes(sample), File.ReadAllBytes(path));
        Assert.Equal(File.ReadAllBytes(LogSynthesizer.LabelsPath(sample)),
            File.ReadAllBytes(LogSynthesizer.LabelsPath(path)));
    }

    private static string ExampleFolder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LogAnomaly.sln")))
            {
                return Path.Combine(folder.FullName, "examples", "data");
            }
        }

        throw new DirectoryNotFoundException("The tests must run from a folder below that of LogAnomaly.sln.");
    }

    private static void Write(SyntheticLogOptions options, string path, ExistingFile existing = ExistingFile.Refuse) =>
        LogSynthesizer.Write(options, path, existing, TestContext.Current.CancellationToken);

    private string[] Names() =>
        Directory.GetFiles(_folder).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal).ToArray();
}
