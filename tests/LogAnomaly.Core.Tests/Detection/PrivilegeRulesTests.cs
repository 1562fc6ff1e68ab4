using LogAnomaly.Detection;
using LogAnomaly.Rules;

namespace LogAnomaly.Tests.Detection;

public sealed class PrivilegeRulesTests
{
    private static readonly DateTime s_start = LearnedRun.Start;

    [Fact]
    public void The_first_sudo_of_a_user_is_found_when_the_host_is_known_and_not_before()
    {
        string known = LearnedRun.Each(20, day => LearnedRun.Sudo(s_start.AddDays(day), "ann", "/usr/bin/apt update"));
        RuleHit hit = Assert.Single(LearnedRun.Hits(
            nameof(FirstSudo), known + LearnedRun.Sudo(s_start.AddDays(20), "bob", "/usr/bin/id")
                + LearnedRun.Sudo(s_start.AddDays(21), "bob", "/usr/bin/id")));
        Assert.Equal(("bob", "/usr/bin/id"), (hit.Entity, hit.Reason!.Observed));
        Assert.Empty(
            LearnedRun.Hits(nameof(FirstSudo), known + LearnedRun.Sudo(s_start.AddDays(20), "root", "/usr/bin/id")));
        Assert.Empty(LearnedRun.Hits(
            nameof(FirstSudo),
            LearnedRun.Sudo(s_start, "ann", "/usr/bin/id") + LearnedRun.Sudo(s_start, "bob", "/usr/bin/id")));
    }

    [Fact]
    public void The_first_su_to_root_of_each_user_is_found_once()
    {
        string log = LearnedRun.Each(
            3, day => LearnedRun.Syslog(s_start.AddDays(day), "su[99]: Successful su for root by ann"))
            + LearnedRun.Syslog(
                s_start.AddDays(4), "su: pam_unix(su:session): session opened for user root by bob(uid=1001)")
            + LearnedRun.Syslog(s_start.AddDays(4), "su[99]: FAILED su for root by eve")
            + LearnedRun.Syslog(s_start.AddDays(4), "su[99]: Successful su for postgres by eve");
        Assert.Equal(["ann", "bob"], LearnedRun.Hits(nameof(FirstSu), log).Select(hit => hit.Entity));
        Assert.Empty(LearnedRun.Hits(nameof(FirstSu), log, ("history", "14d")));
    }

    [Theory]
    [InlineData("/bin/bash", ShellAccess.Shell)]
    [InlineData("/usr/bin/zsh -l", ShellAccess.Shell)]
    [InlineData("/bin/su -", ShellAccess.Shell)]
    [InlineData("/usr/bin/su - postgres", ShellAccess.Shell)]
    [InlineData("/bin/sh -c /bin/bash", ShellAccess.Shell)]
    [InlineData("/usr/bin/find . -exec /bin/sh ; -quit", ShellAccess.Shell)]
    [InlineData("/usr/bin/env /bin/bash -p", ShellAccess.Shell)]
    [InlineData("/usr/bin/python3.11 -c import os; os.system(\"/bin/sh\")", ShellAccess.Shell)]
    [InlineData("/usr/bin/awk BEGIN {system(\"/bin/sh\")}", ShellAccess.Shell)]
    [InlineData("/bin/tar cf /dev/null x --checkpoint=1 --checkpoint-action=exec=/bin/sh", ShellAccess.Shell)]
    [InlineData("/usr/bin/nmap --interactive", ShellAccess.Shell)]
    [InlineData("/usr/bin/vim -c :!/bin/sh", ShellAccess.Shell)]
    [InlineData("/usr/bin/vim /etc/hosts", ShellAccess.Possible)]
    [InlineData("/usr/bin/less /var/log/syslog", ShellAccess.Possible)]
    [InlineData("/bin/sh -c echo BECOME-SUCCESS ; /usr/bin/python3", ShellAccess.Possible)]
    [InlineData("/usr/bin/systemctl restart nginx", ShellAccess.None)]
    [InlineData("/bin/bash /opt/backup.sh --compress", ShellAccess.None)]
    [InlineData("/usr/bin/find /srv -name x.sh -exec /usr/bin/wc {} ;", ShellAccess.None)]
    [InlineData("/usr/bin/apt-get install bash", ShellAccess.None)]
    [InlineData("/usr/sbin/lesspipe", ShellAccess.None)]
    public void A_command_gives_a_shell_by_what_it_is_or_by_its_arguments(string command, object access) =>
        Assert.Equal(access, ShellCommands.AccessOf(command));

    [Fact]
    public void The_first_shell_by_sudo_of_a_known_user_is_found_once_and_a_service_at_once()
    {
        string known = LearnedRun.Each(
            12, hour => LearnedRun.Sudo(s_start.AddHours(hour), "ann", "/usr/bin/apt update"));
        string log = known + LearnedRun.Sudo(s_start.AddHours(13), "ann", "/bin/bash")
            + LearnedRun.Sudo(s_start.AddHours(14), "ann", "/bin/bash");
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(ShellBySudo), log));
        Assert.Equal(
            "ann got a shell as root by sudo for the first time in this log: /bin/bash.", hit.Reason!.Sentence);
        Assert.Equal("www-data", Assert.Single(
            LearnedRun.Hits(nameof(ShellBySudo), LearnedRun.Sudo(s_start, "www-data", "/bin/sh"))).Entity);
        Assert.Empty(LearnedRun.Hits(nameof(ShellBySudo), LearnedRun.Sudo(s_start, "ann", "/bin/bash")));
        RuleHit editor = Assert.Single(LearnedRun.Hits(
            nameof(ShellBySudo), known + LearnedRun.Sudo(s_start.AddHours(13), "ann", "/usr/bin/vi /etc/hosts")));
        Assert.Equal(Severity.Low, editor.Severity);
    }

    [Theory]
    [InlineData("/usr/bin/su - postgres", true)]
    [InlineData("/usr/bin/su -s /bin/bash www-data", true)]
    [InlineData("/usr/bin/su -", false)]
    [InlineData("/usr/bin/su - greta", false)]
    [InlineData("/usr/bin/su -l root", false)]
    public void A_shell_as_the_account_of_a_service_is_less_than_one_as_root(string command, bool isLess)
    {
        string known = LearnedRun.Each(
            12, hour => LearnedRun.Sudo(s_start.AddHours(hour), "ann", "/usr/bin/apt update"));
        RuleHit hit = Assert.Single(
            LearnedRun.Hits(nameof(ShellBySudo), known + LearnedRun.Sudo(s_start.AddHours(13), "ann", command)));
        Assert.Equal(isLess ? Severity.Low : null, hit.Severity);
        string asService = LearnedRun.Sudo(s_start.AddHours(13), "ann", "/bin/bash")
            .Replace("USER=root", "USER=postgres", StringComparison.Ordinal);
        Assert.Equal(Severity.Low, Assert.Single(LearnedRun.Hits(nameof(ShellBySudo), known + asService)).Severity);
    }

    [Theory]
    [InlineData("/usr/bin/systemctl restart nginx", "/usr/bin/systemctl restart *")]
    [InlineData("/usr/bin/apt-get install -y curl", "/usr/bin/apt-get install -y *")]
    [InlineData("/usr/bin/tail -n 100 /var/log/syslog", "/usr/bin/tail -n *")]
    [InlineData("/opt/job --day=2026-03-02  --verbose", "/opt/job --day= --verbose")]
    [InlineData("", "")]
    public void The_template_of_a_command_keeps_what_it_does_and_drops_what_it_works_on(
        string command, string template) =>
        Assert.Equal(template, CommandText.TemplateOf(command));

    [Fact]
    public void A_command_of_a_new_form_is_found_where_the_user_is_steady()
    {
        string known = LearnedRun.Each(60, hour => LearnedRun.Sudo(
            s_start.AddHours(hour),
            "ann",
            hour % 2 == 0 ? $"/usr/bin/systemctl restart app{hour}" : "/usr/bin/apt update"));
        string odd = LearnedRun.Sudo(s_start.AddHours(61), "ann", "/usr/sbin/useradd -o -u 0 x");
        RuleHit hit = Assert.Single(LearnedRun.Hits(nameof(NewSudoCommand), known + odd));
        Assert.Equal("60 commands of 2 forms", hit.Reason!.Typical);
        string playful = LearnedRun.Each(
            60, hour => LearnedRun.Sudo(s_start.AddHours(hour), "ann", $"/usr/bin/tool{hour % 40}"));
        Assert.Empty(LearnedRun.Hits(nameof(NewSudoCommand), playful + odd));
        string brief = LearnedRun.Each(
            49, hour => LearnedRun.Sudo(s_start.AddHours(hour), "ann", "/usr/bin/apt update"));
        Assert.Empty(LearnedRun.Hits(nameof(NewSudoCommand), brief + odd));
    }
}
