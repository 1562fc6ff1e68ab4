using System.Diagnostics;
using Xunit;

namespace LogAnomaly.Cli.Tests;

/// <summary>The program as a process of its own: what cannot be seen over streams in memory.</summary>
public sealed class ProcessTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_process_parses_prints_utf8_and_answers_0()
    {
        string path = _folder.Write("access.log", TestFolder.AccessLine + "\nGrüße\n");

        using Process process = Start("parse", path, "--json");
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.Equal(2, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("Grüße", output, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFEFF', output);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_the_process_quietly()
    {
        string path = _folder.Write(
            "access.log", string.Concat(Enumerable.Repeat(TestFolder.AccessLine + "\n", 50_000)));

        using Process process = Start("parse", path, "--json");
        process.StandardOutput.ReadLine();
        process.StandardOutput.Close();
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();

        Assert.Equal(0, process.ExitCode);
        Assert.DoesNotContain("xception", error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_interrupt_ends_a_process_that_waits_for_input_with_130()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no signals between processes.");
        }

        using Process process = Start("parse", "--json");
        process.StandardInput.WriteLine(TestFolder.AccessLine);
        process.StandardInput.WriteLine(TestFolder.AccessLine);
        process.StandardInput.Flush();

        // What comes out shows that the process has started and now waits for more.
        Assert.NotNull(process.StandardOutput.ReadLine());
        using Process kill = Process.Start("kill", ["-INT", $"{process.Id}"]);
        process.WaitForExit();

        Assert.Equal(130, process.ExitCode);
    }

    private static Process Start(params string[] args)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "loganomaly.dll");
        ProcessStartInfo start = new("dotnet", ["exec", program, .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        return Process.Start(start)!;
    }
}
