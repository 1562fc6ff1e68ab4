using System.Diagnostics;
using System.IO.Compression;
using System.IO.Pipes;
using System.Text;
using LogAnomaly.Parsing;
using LogAnomaly.Reading;

namespace LogAnomaly.Tests.Reading;

public sealed class CompressionTests : IDisposable
{
    private const string Start = "[Mon Mar 02 10:00:00.000000 2026] [core:notice]";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("loganomaly-");

    public static TheoryData<string, string> Programs => new()
    {
        { "bzip2", "-zc" }, { "xz", "-zc" }, { "zstd", "-qc" }, { "lz4", "-qc" }, { "lzma", "-zc" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Programs))]
    public void What_a_program_of_the_system_compressed_is_read(string program, string argument)
    {
        byte[] bytes = Compress(program, argument, Text(20_000));
        List<LogEvent> events = Samples.Read(bytes, out ParseLedger ledger);
        Assert.Equal(20_000, events.Count);
        Assert.Equal(Enumerable.Range(0, 20_000), events.Select(e => e.ProcessId!.Value));
        Assert.Null(ledger.Entries[0].Error);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void What_ends_early_keeps_its_lines_and_says_so(string program, string argument)
    {
        byte[] bytes = Compress(program, argument, Text(100_000));
        List<ReadProblem> problems = [];
        LogReaderOptions options = new() { TimeZone = TimeZoneInfo.Utc, OnProblem = problems.Add };
        List<LogEvent> events = Samples.Read(bytes[..(bytes.Length / 2)], out ParseLedger ledger, options);
        ReadProblem problem = Assert.Single(problems, p => p.Kind == ReadProblemKind.EndedEarly);
        Assert.Contains("ends early", problem.Message, StringComparison.Ordinal);
        Assert.Equal(ledger.LinesRead, events.Count + ledger.Skipped);
        Assert.Equal(Enumerable.Range(0, events.Count - 1), events.SkipLast(1).Select(e => e.ProcessId!.Value));
        Assert.True(
            program is "bzip2" or "lzma" or "xz" || events.Count > 5_000,
            $"half of the data holds many lines, not {events.Count}");
    }

    [Fact]
    public void A_program_that_is_not_installed_is_named()
    {
        CompressionProgram missing = new("newzip", "no-such-program-of-any-system", "-dc");
        NotSupportedException error = Assert.Throws<NotSupportedException>(
            () => ProgramContent.Start(missing, new MemoryStream(), TestContext.Current.CancellationToken));
        Assert.Contains("newzip", error.Message, StringComparison.Ordinal);
        Assert.Contains("'no-such-program-of-any-system'", error.Message, StringComparison.Ordinal);
        Assert.Contains("install", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_program_is_found_in_the_folders_of_the_path_only()
    {
        string file = Path.Combine(_folder.FullName, OperatingSystem.IsWindows() ? "xz.exe" : "xz");
        File.WriteAllText(file, "");
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, _folder.FullName);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Null(ProgramPath.Find("xz", _folder.FullName));
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        Assert.Equal(file, ProgramPath.Find("xz", $"{Path.PathSeparator}.{Path.PathSeparator}{_folder.FullName}"));
        Assert.Null(ProgramPath.Find("xz", relative));
        Assert.Null(ProgramPath.Find("xz", ""));
    }

    [Fact]
    public async Task A_silent_pipe_of_compressed_content_can_be_given_up_and_ends_the_program()
    {
        byte[] bytes = Compress("bzip2", "-zc", Text(100));
        using AnonymousPipeServerStream pipe = new(PipeDirection.Out);
        using AnonymousPipeClientStream end = new(PipeDirection.In, pipe.ClientSafePipeHandle);
        using CancellationTokenSource source = new();
        Task<int> reading = Task.Run(
            () => new LogReader().ReadStream(end, "(pipe)", source.Token).Count(),
            TestContext.Current.CancellationToken);
        await pipe.WriteAsync(bytes.AsMemory(0, bytes.Length / 2), TestContext.Current.CancellationToken);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            reading.WaitAsync(TimeSpan.FromMinutes(10), TestContext.Current.CancellationToken));
    }

    [Fact]
    public void A_caller_who_has_enough_leaves_nothing_running()
    {
        string path = Path.Combine(_folder.FullName, "long.log.xz");
        File.WriteAllBytes(path, Compress("xz", "-zc", Text(100_000)));
        Assert.Equal(3, new LogReader().ReadFile(path, TestContext.Current.CancellationToken).Take(3).Count());
        string gzip = Path.Combine(_folder.FullName, "long.log.gz");
        File.WriteAllBytes(gzip, Gzip(Text(100_000)));
        Assert.Equal(
            50_000, new LogReader().ReadFile(gzip, TestContext.Current.CancellationToken).Take(50_000).Count());
        File.Delete(gzip);
        File.Delete(path);
    }

    [Fact]
    public void A_line_that_begins_like_a_signature_is_a_line()
    {
        Assert.Equal(
            ["BZh9 is what bzip2 writes first", "x"],
            Samples.Read("BZh9 is what bzip2 writes first\nx\n", out _).Select(e => e.Raw));
        Assert.Equal(["]"], Samples.Read("]\n", out _).Select(e => e.Raw));
    }

    [Fact]
    public void Each_file_in_an_archive_is_a_source_and_rotated_ones_come_in_time_order()
    {
        byte[] archive = Zip(
            ("logs/", ""),
            ("logs/error.log", Text(3)),
            ("logs/error.log.2", Text(2)),
            ("logs/empty.log", ""),
            ("logs/error.log.1", Text(1)));
        string path = Path.Combine(_folder.FullName, "no-extension");
        File.WriteAllBytes(path, archive);
        LogReader reader = new(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc });
        List<LogEvent> events = [.. reader.ReadFile(path, TestContext.Current.CancellationToken)];
        Assert.Equal([1L, 2, 1, 1, 2, 3], events.Select(e => e.LineNumber));
        Assert.Equal(
            [
                $"{path}!logs/error.log.2", $"{path}!logs/error.log.1", $"{path}!logs/error.log",
                $"{path}!logs/empty.log",
            ],
            reader.Ledger.Entries.Select(e => e.Path));
        Assert.Equal(6, Samples.Read(archive, out ParseLedger ledger).Count);
        Assert.Equal(6, ledger.LinesRead);
    }

    [Fact]
    public void Gzip_inside_of_an_archive_is_read_and_an_archive_in_it_is_told()
    {
        byte[] archive = ZipBytes(("a.log.gz", Gzip(Text(4))), ("b.zip", Zip(("c.log", Text(1)))));
        List<ReadProblem> problems = [];
        List<LogEvent> events = Samples.Read(
            archive, out ParseLedger ledger, new LogReaderOptions { OnProblem = problems.Add });
        Assert.Equal(4, events.Count);
        ReadProblem problem = Assert.Single(problems);
        Assert.Equal((ReadProblemKind.NotSupported, "(sample)!b.zip"), (problem.Kind, problem.Path));
        Assert.Equal(problem.Message, ledger.Entries[1].Error);
    }

    [Fact]
    public void An_archive_that_is_cut_or_encrypted_is_told()
    {
        byte[] archive = Zip(("a.log", Text(1_000)));
        List<ReadProblem> problems = [];
        LogReaderOptions options = new() { OnProblem = problems.Add };
        Assert.Empty(Samples.Read(archive[..(archive.Length / 2)], out _, options));
        Assert.Equal(ReadProblemKind.EndedEarly, Assert.Single(problems).Kind);
        problems.Clear();
        Assert.Empty(Samples.Read(Encrypted(archive), out _, options));
        Assert.Equal(ReadProblemKind.NotSupported, Assert.Single(problems).Kind);
        Assert.Contains("encrypted", problems[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_that_comes_through_a_pipe_is_read()
    {
        using PipeOf pipe = new(Zip(("a.log", Text(1_000)), ("b.log", Text(10))));
        LogReader reader = new();
        Assert.Equal(1_010, reader.ReadStream(pipe, "(pipe)", TestContext.Current.CancellationToken).Count());
        Assert.Equal(["(pipe)!a.log", "(pipe)!b.log"], reader.Ledger.Entries.Select(e => e.Path));
    }

    [Fact]
    public void Reading_ahead_gives_the_same_bytes_and_the_same_error()
    {
        byte[] bytes = new byte[3_000_000];
        new Random(4).NextBytes(bytes);
        using ReadAheadStream stream = new(new FailingStream(bytes));
        using MemoryStream copy = new();
        byte[] buffer = new byte[10_007];
        InvalidDataException error = Assert.Throws<InvalidDataException>(() =>
        {
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                copy.Write(buffer, 0, read);
            }
        });
        Assert.Equal("the end", error.Message);
        Assert.Equal(bytes, copy.ToArray());
    }

    internal static byte[] Gzip(string text)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return compressed.ToArray();
    }

    internal static byte[] Compress(string program, string argument, string text)
    {
        string path = ProgramPath.Find(program) ?? "";
        Assert.SkipWhen(path.Length == 0, $"{program}: not installed");
        ProcessStartInfo start =
            new(path) { ArgumentList = { argument }, RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process process = Process.Start(start)!;
        Task feeding = Task.Run(() =>
        {
            using Stream input = process.StandardInput.BaseStream;
            input.Write(Encoding.UTF8.GetBytes(text));
        });
        using MemoryStream compressed = new();
        process.StandardOutput.BaseStream.CopyTo(compressed);
        feeding.Wait();
        process.WaitForExit();
        return compressed.ToArray();
    }

    private static string Text(int lines) => string.Concat(
        Enumerable.Range(0, lines)
            .Select(i => $"{Start} [pid {i}:tid 2] AH00094: Command line: '/usr/sbin/apache2'\n"));

    private static byte[] Zip(params (string Name, string Text)[] files) =>
        ZipBytes([.. files.Select(file => (file.Name, Encoding.UTF8.GetBytes(file.Text)))]);

    private static byte[] ZipBytes(params (string Name, byte[] Bytes)[] files)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream file = archive.CreateEntry(name).Open();
                file.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    // Bit 0 of the general purpose flags, in the local header and in the directory.
    private static byte[] Encrypted(byte[] archive)
    {
        byte[] copy = [.. archive];
        copy[6] |= 1;
        copy[copy.AsSpan().LastIndexOf("PK\u0001\u0002"u8) + 8] |= 1;
        return copy;
    }

    private sealed class PipeOf(byte[] bytes) : ForwardStream
    {
        private readonly MemoryStream _bytes = new(bytes);

        public override int Read(Span<byte> buffer) => _bytes.Read(buffer[..Math.Min(buffer.Length, 1000)]);
    }

    private sealed class FailingStream(byte[] bytes) : ForwardStream
    {
        private readonly MemoryStream _bytes = new(bytes);

        public override int Read(Span<byte> buffer) =>
            _bytes.Read(buffer) is > 0 and int read ? read : throw new InvalidDataException("the end");
    }
}
