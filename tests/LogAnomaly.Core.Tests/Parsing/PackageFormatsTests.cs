using System.Text;
using LogAnomaly.Parsing;
using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class PackageFormatsTests
{
    private static readonly (string Format, string Line, string Expected)[] s_samples =
    [
        ("dpkg", "2024-06-03 08:01:02 install curl:amd64 <none> 7.88-1",
            "package package_installed Success PackageName=curl PackageVersion=7.88-1"),
        ("dpkg", "2024-06-03 08:01:02 upgrade curl:amd64 7.88-1 7.88-2",
            "package package_upgraded Success PackageName=curl PackageVersion=7.88-2"),
        ("dpkg", "2024-06-03 08:01:02 remove curl:amd64 7.88-2 <none>",
            "package package_removed Success PackageName=curl PackageVersion=7.88-2"),
        ("dpkg", "2024-06-03 08:01:02 status half-configured curl:amd64 7.88-2",
            "package package_status Unknown PackageName=curl PackageVersion=7.88-2 Reason=half-configured"),
        ("dpkg", "2024-06-03 08:01:02 startup archives unpack", "package package_run Unknown Reason=archives unpack"),
        ("dpkg", "2024-06-03 08:01:02 configure curl:amd64 7.88-2 <none>",
            "package package_configured Success PackageName=curl PackageVersion=7.88-2"),
        ("yum", "Jun 03 08:01:02 Installed: httpd-2.4.6-97.el7.x86_64",
            "package package_installed Success PackageName=httpd PackageVersion=2.4.6-97.el7"),
        ("yum", "Jun 03 08:01:02 Erased: httpd", "package package_removed Success PackageName=httpd"),
        ("dnf", "2024-06-03T08:01:02+0000 SUBDEBUG Upgraded: bash-5.2.26-1.fc40.x86_64",
            "package package_upgraded Success PackageName=bash PackageVersion=5.2.26-1.fc40"),
        ("dnf", "2024-06-03T08:01:02Z [77] INFO Command: dnf install bash",
            "package package_run Unknown Command=dnf install bash"),
        ("dnf", "2024-06-03T08:01:02Z DEBUG Loaded plugins: a", "- - Unknown"),
        ("pacman", "[2024-06-03T08:01:02+0000] [ALPM] upgraded bash (5.1-1 -> 5.2-1)",
            "package package_upgraded Success PackageName=bash PackageVersion=5.2-1"),
        ("pacman", "[2024-06-03T08:01:02+0000] [PACMAN] Running 'pacman -Syu'",
            "package package_run Unknown Command=pacman -Syu"),
        ("pacman", "[2024-06-03 08:01] [ALPM] removed bash (5.2-1)",
            "package package_removed Success PackageName=bash PackageVersion=5.2-1"),
        ("zypper", "2024-06-03 08:01:02|install|bash|5.2-1|x86_64|root@web1|repo-oss|abc|",
            "package package_installed Success UserName=root PackageName=bash PackageVersion=5.2-1"),
        ("zypper", "2024-06-03 08:01:02|remove |bash|5.2-1|x86_64|root@web1|",
            "package package_removed Success UserName=root PackageName=bash PackageVersion=5.2-1"),
        ("zypper", "2024-06-03 08:01:02|command|root@web1|'zypper' 'in' 'bash'|",
            "package package_run Unknown UserName=root Command='zypper' 'in' 'bash'"),
        ("dmesg", "[   12.345678] usb 1-1: USB disconnect, device number 5",
            "driver usb_detached Unknown Command=usb 1-1"),
        ("dmesg", "[   12.345678][    T1] Linux version 6.1", "host system_started Success"),
        ("dmesg", "<4>[   12.345678] app[7]: segfault at 0 ip 0 sp 0 error 4",
            "process process_crashed Failure Command=app Reason=segfault"),
        ("dmesg", "kern  :warn  : [   12.345678] device eth0 entered promiscuous mode",
            "network promiscuous_mode Unknown InInterface=eth0"),
        ("dmesg", "[Mon Jun  3 08:01:02 2024] device eth0 entered promiscuous mode",
            "network promiscuous_mode Unknown InInterface=eth0"),
        ("dmesg", "2024-06-03T08:01:02,500000+00:00 device eth0 entered promiscuous mode",
            "network promiscuous_mode Unknown InInterface=eth0"),
        ("dmesg", "[   12.345678] systemd[1]: ssh.service: Failed with result 'signal'.",
            "process service_failed Failure ServiceName=ssh.service Reason='signal'"),
    ];

    [Fact]
    public void Every_sample_line_gives_the_event_that_its_table_says()
    {
        List<string> wrong = [];
        foreach ((string name, string line, string expected) in s_samples)
        {
            Assert.True(LogFormats.TryGet(name, out LogFormat? format));
            LogEvent? made = SystemLine.Parse(format, line);
            string found = made is null ? "nothing" : SystemLine.Describe(made);
            if (found != expected)
            {
                wrong.Add($"{line}\n  expected {expected}\n  found    {found}");
            }

            Assert.True(made?.Timestamp is not { } time || time.UtcDateTime is { Day: 3, Hour: 8, Minute: 1 }, line);
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void Every_sample_is_detected_as_its_format()
    {
        foreach ((string name, string line, _) in s_samples)
        {
            Assert.Equal(
                name, FormatDetector.Detect([LogLine.FromString(line), LogLine.FromString(line, 2)], null)?.Name);
        }
    }

    [Fact]
    public void A_run_of_apt_is_one_event()
    {
        const string Log =
            "\nStart-Date: 2024-06-03  08:01:02\nCommandline: apt install curl\nRequested-By: ann (1000)\nInstall: curl:amd64 (7.88-1), libcurl4:amd64 (7.88-1, automatic)\nEnd-Date: 2024-06-03  08:01:05\n"
                + "\nStart-Date: 2024-06-03  08:02:02\nUpgrade: curl:amd64 (7.88-1, 7.88-2)\nError: Sub-process returned an error code (1)\nEnd-Date: 2024-06-03  08:02:05\n";
        List<LogEvent> events = Samples.Read(Log, out ParseLedger ledger);
        Assert.Equal("apt-history", ledger.Entries[0].Format);
        Assert.Equal(
            [
                "package package_installed Success UserName=ann PackageName=curl, libcurl4 Command=apt install curl",
                "package package_upgraded Failure PackageName=curl PackageVersion=7.88-2 Reason=Sub-process returned an error code (1)",
            ],
            events.Select(SystemLine.Describe));
        Assert.Equal(new DateTimeOffset(2024, 6, 3, 8, 2, 2, TimeSpan.Zero), events[1].Timestamp);
        Assert.Equal((9, 2), ((int)ledger.Entries[0].Parsed, (int)ledger.Entries[0].Skipped));
    }

    [Fact]
    public void Lines_of_the_terminal_get_the_time_of_their_run()
    {
        const string Log =
            "\nLog started: 2024-06-03  08:01:02\nSelecting previously unselected package curl.\nUnpacking curl (7.88-1) ...\nSetting up curl (7.88-1) ...\nLog ended: 2024-06-03  08:01:05\n\n";
        List<LogEvent> events = Samples.Read(Log, out ParseLedger ledger);
        Assert.Equal("apt-term", ledger.Entries[0].Format);
        Assert.Equal([
            "- - Unknown",
            "package package_unpacked Success PackageName=curl PackageVersion=7.88-1",
            "package package_configured Success PackageName=curl PackageVersion=7.88-1",
        ], events.Select(SystemLine.Describe));
        Assert.All(events, made => Assert.Equal(2, made.Timestamp!.Value.Second));
    }

    [Fact]
    public void Output_in_the_history_of_zypp_is_no_event_and_a_comment_elsewhere_is_no_history()
    {
        const string Log =
            "2024-06-03 08:01:02|install|bash|5.2-1|x86_64|root@web1|repo-oss|abc|\n# 2024-06-03 08:01:02 bash-5.2 installed ok\n";
        Assert.Single(Samples.Read(Log, out ParseLedger ledger));
        Assert.Equal(
            ("zypper", 1, 0),
            (ledger.Entries[0].Format, (int)ledger.Entries[0].Skipped, (int)ledger.Entries[0].Unparsed));
        Assert.Null(FormatDetector.Detect([LogLine.FromString("# a"), LogLine.FromString("# b", 2)], null));
    }

    [Fact]
    public void Mutated_and_cut_lines_never_throw_in_any_format()
    {
        Random random = new(99);
        LogFormat[] formats =
        [
            .. LogFormats.All.Where(format => s_samples.Any(sample => sample.Format == format.Name)),
            new AptHistoryFormat(),
            new AptTermFormat(),
        ];
        string[] lines =
        [
            .. s_samples.Select(sample => sample.Line),
            "Start-Date: 2024-06-03  08:01:02\nInstall: a:amd64 (1), b (2, automatic)\nEnd-Date: 2024-06-03  08:01:02",
            "Log started: 2024-06-03  08:01:02",
        ];
        int parsed = 0;
        for (int i = 0; i < 6_000; i++)
        {
            byte[] bytes = Soundness.Mutate(
                Encoding.UTF8.GetBytes(lines[random.Next(lines.Length)]),
                Encoding.UTF8.GetBytes(lines[random.Next(lines.Length)]),
                random);
            bytes = i % 3 == 0 ? bytes[..random.Next(bytes.Length + 1)] : bytes;
            foreach (LogFormat format in formats)
            {
                LogEvent? made = bytes.Length == 0
                    ? null
                    : format.Parse(new LogLine(bytes, 0, bytes.Length, 1, 0), AuthLine.NewContext());
                parsed += made is null ? 0 : 1;
            }
        }

        Assert.True(parsed > 1_500, $"only {parsed}");
    }
}
