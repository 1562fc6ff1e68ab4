using System.Text.RegularExpressions;
using LogAnomaly.Parsing;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Templates;

public sealed class TemplateMinerTests
{
    [Theory]
    [InlineData("Accepted for 10.1.2.3 port 22", "Accepted for <ip> port <num>")]
    [InlineData("peer 2001:db8::1 and ::1 and fe80::1:2:3:4", "peer <ip> and <ip> and <ip>")]
    [InlineData("at 10:05:03 it was 1.5", "at <time> it was <num>")]
    [InlineData("version 1.2.3 is no address", "version <num> is no address")]
    [InlineData("10.0.0.1:8080 answered", "<ip>:<num> answered")]
    [InlineData("AH00558: apache2 says ssh2", "AH00558: apache2 says ssh2")]
    [InlineData("id 550e8400-e29b-41d4-a716-446655440000.", "id <uuid>.")]
    [InlineData("at 0xDEADBEEF in deadbeef01", "at <hex> in <hex>")]
    [InlineData("open '/etc/passwd': denied", "open '<path>': denied")]
    [InlineData("GET / HTTP/1.1", "GET <path> HTTP/<num>")]
    [InlineData("either/or stays", "either/or stays")]
    [InlineData("block blk_3587508140051953248 of 12MB", "block blk_<num> of <size>")]
    [InlineData("a   b\t c ", "a b c")]
    [InlineData("took -1,024.5 and +3 or 12 %", "took <num> and <num> or <num>")]
    [InlineData("took 15 ms of 3 seconds and 2.5h", "took <duration> of <duration> and <duration>")]
    [InlineData("sent 5174 bytes (5.05 KB) again", "sent <size> again")]
    [InlineData("from 00:1a:2b:3c:4d:5e to a.b.example.com:80", "from <mac> to <host>:<num>")]
    [InlineData("mail to ann@example.org at https://example.org/x?y=1 now", "mail to <email> at <url> now")]
    [InlineData(@"opened C:\Windows\x.dll and /10.0.0.1:80 and host-7/10.0.0.1",
        "opened <path> and <ip>:<num> and <ip>")]
    [InlineData("started at Sun Jul 17 15:09:16 2005 and 2005-07-17 15:09:16", "started at <time> and <time>")]
    [InlineData("class org.example.Server of app.config", "class org.example.Server of app.config")]
    [InlineData("speeds ( 3552 3534 3375 ) of nodes n1 n2 n3", "speeds ( <num> ) of nodes n1")]
    [InlineData("attempt_1445144423722_0020_m_000001 done", "attempt_<num>_m_<num> done")]
    [InlineData("", "")]
    [InlineData("ünï 5 ä6", "ünï <num> ä6")]
    public void What_has_a_form_of_its_own_is_masked(string message, string expected) =>
        Assert.Equal(expected, Mine([message]).Single().Text);

    [Fact]
    public void The_id_is_a_hash_of_the_text_and_the_same_everywhere()
    {
        // printf '%s' 'Accepted for <ip> port <num>' | sha256sum | cut -c1-12
        Assert.Equal("c0eae3addf3f", Mine(["Accepted for 10.1.2.3 port 22"]).Single().Id);
    }

    [Fact]
    public void A_plain_word_becomes_variable_when_four_templates_differ_in_it_alone()
    {
        Assert.Equal(3, Mine(["start a now", "start b now", "start c now"]).Count);
        LogTemplate merged = Assert.Single(
            Mine(["start a now", "start b now", "start c now", "start d now", "start a now", "start e now"]));
        Assert.Equal("start <*> now", merged.Text);
        Assert.Equal(6, merged.Count);
    }

    [Fact]
    public void Words_that_differ_in_two_or_three_ways_stay_apart() =>
        Assert.Equal(2, Mine(["session opened for user", "session closed for user"]).Count);

    [Fact]
    public void Users_and_hosts_that_the_parser_knows_are_masked_by_their_meaning()
    {
        List<LogEvent> events = Samples.Read(
            """
            Mar  2 10:00:00 web1 sshd[7]: Invalid user oracle from 192.0.2.7 port 4242
            Mar  2 10:00:01 web1 sshd[7]: pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost=a.b.example user=ann
            Mar  2 10:00:02 web1 sshd[8]: Invalid user user from 192.0.2.7 port 4242
            Mar  2 10:00:03 web1 sudo:      ann : TTY=pts/0 ; PWD=/home/ann ; USER=root ; COMMAND=/usr/bin/apt install -y nginx
            """, out _);
        TemplateMiner miner = new();
        events.ForEach(e => miner.Add(e));
        Assert.Equal(events[0].TemplateId, events[2].TemplateId);
        Assert.Equal("<user> : TTY=pts/<num> ; PWD=<path> ; USER=<user> ; COMMAND=<command>", events[3]["Template"]);
        Assert.Equal("Invalid user <user> from <ip> port <num>", events[0]["Template"]);
        Assert.Equal(
            "pam_unix(sshd:auth): authentication failure; logname= uid=<num> euid=<num> tty=ssh ruser= rhost=<host> user=<user>",
            events[1]["Template"]);
    }

    [Fact]
    public void Request_methods_are_never_the_variable_part() =>
        Assert.Equal(5, Mine(["GET /a x", "POST /a x", "PUT /a x", "HEAD /a x", "DELETE /a x"]).Count);

    [Fact]
    public void The_order_of_messages_that_match_one_template_each_does_not_matter()
    {
        string[] messages =
        [
            .. from user in new[] { "ann", "bob", "cy", "dan", "eve" }
                from host in new[] { "x1", "y", "z" }
                select $"user {user} on {host}",
            "user list ready", "service one up", "service two up", "service three up", "service four up",
            "lone message",
        ];
        string[] expected = Describe(messages);
        Random random = new(11);
        for (int round = 0; round < 50; round++)
        {
            random.Shuffle(messages);
            Assert.Equal(expected, Describe(messages));
        }

        static string[] Describe(string[] messages) => [.. Mine(messages).Select(t => $"{t.Count} {t.Id} {t.Text}")];
    }

    [Fact]
    public void A_message_is_never_given_a_template_that_it_does_not_match()
    {
        string[] messages =
        [
            .. from pair in new[]
            {
                "alpha one", "alpha two", "alpha three", "alpha four", "beta one", "gamma one", "delta one",
            }
               let words = pair.Split(' ') select $"task {words[0]} finished {words[1]} now",
        ];
        Random random = new(5);
        HashSet<string> outcomes = [];
        for (int round = 0; round < 100; round++)
        {
            random.Shuffle(messages);
            TemplateMiner miner = new();
            List<LogEvent> events = [.. messages.Select(Event)];
            events.ForEach(e => miner.Add(e));
            Assert.All(events, e => Assert.Matches(
                "^" + Regex.Escape((string)e["Template"]!).Replace("<\\*>", "[^ ]+", StringComparison.Ordinal) + "$",
                e.Message));
            outcomes.Add(string.Join('|', miner.ToTemplates().Select(t => t.Text).Order(StringComparer.Ordinal)));
        }

        Assert.Single(outcomes);
    }

    [Fact]
    public void An_event_has_the_widest_template_and_counts_add_up()
    {
        TemplateMiner miner = new();
        List<LogEvent> events = [.. Enumerable.Range(0, 10).Select(i => Event($"start {(char)('a' + i)} now"))];
        events.ForEach(e => miner.Add(e));
        LogTemplate template = Assert.Single(miner.ToTemplates());
        Assert.All(events, e => Assert.Equal(template.Id, e.TemplateId));
        Assert.All(events, e => Assert.Equal("start <*> now", e["Template"]));
        Assert.Equal("start a now", template.Example);
    }

    [Fact]
    public void Beyond_the_limit_templates_count_together()
    {
        TemplateMiner miner = new(maximumTemplates: 5);
        for (int i = 0; i < 60; i++)
        {
            miner.Add(Event(string.Join(' ', Enumerable.Repeat("w", i + 1))));
        }

        IReadOnlyList<LogTemplate> templates = miner.ToTemplates();
        Assert.Equal("(other  messages)", templates[0].Text);
        Assert.Equal(55, templates[0].Count);
        Assert.Equal(60, templates.Sum(t => t.Count));
    }

    [Fact]
    public void A_statement_with_very_many_words_in_one_place_takes_one_template_and_no_room_from_others()
    {
        TemplateMiner miner = new(maximumTemplates: 100);
        for (int i = 0; i < 50_000; i++)
        {
            miner.Add(Event($"module {Letters(i)} loaded well"));
            miner.Add(Event($"host {Letters(i)} asks {Letters(i / 7)} now"));
        }

        miner.Add(Event("quite another thing"));
        Assert.Equal(
            ["50000 host <*> asks <*> now", "50000 module <*> loaded well", "1 quite another thing"],
            miner.ToTemplates().Select(t => $"{t.Count} {t.Text}"));
    }

    [Fact]
    public void First_and_last_seen_follow_the_time_and_not_the_order()
    {
        List<LogEvent> events = Samples.Read(
            string.Join('\n', new[] { "10:00:05", "10:00:01", "10:00:09" }.Select(t =>
                $"[Mon Mar 02 {t}.000000 2026] [core:notice] [pid 1] AH1: x")), out _);
        TemplateMiner miner = new();
        events.ForEach(e => miner.Add(e));
        LogTemplate template = Assert.Single(miner.ToTemplates());
        Assert.Equal((1, 9), (template.FirstSeen!.Value.Second, template.LastSeen!.Value.Second));
    }

    [Theory]
    [InlineData("session opened by job", "session closed by job")]
    [InlineData("Accepted password for <7>", "Failed password for <7>")]
    [InlineData("unit foo.service start", "unit foo.service stop")]
    [InlineData("the link is true", "the link is false")]
    [InlineData("AH00094: done", "AH00163: done")]
    public void What_says_another_thing_stays_apart(string one, string other) =>
        Assert.Equal(2, Mine([one, other, one, other]).Count);

    [Fact]
    public void States_of_many_things_stay_apart_and_the_things_do_not()
    {
        string[] states = ["started", "stopped", "paused", "resumed"];
        string[] messages = [.. from thing in Enumerable.Range(
            0, 40) from state in states select $"unit {Letters(thing)} was {state} now"];
        Assert.Equal(
            states.Select(state => $"40 unit <*> was {state} now").Order(),
            Mine(messages).Select(t => $"{t.Count} {t.Text}").Order());
    }

    [Fact]
    public void Messages_whose_values_differ_in_form_at_several_places_are_one()
    {
        LogTemplate template = Assert.Single(
            Mine(["peer 10.0.0.1 took 5 of 0x1f", "peer a.example.org took 5 ms of 3", "peer 10.0.0.1 took 5 of 3"]));
        Assert.Equal("peer <host> took <*> of <*>", template.Text);
    }

    [Fact]
    public void An_id_given_out_leads_to_the_template_that_took_it_in()
    {
        TemplateMiner miner = new();
        LogEvent first = Event("start a now");
        miner.Add(first);
        string before = first.TemplateId!;
        foreach (char name in "bcdef")
        {
            miner.Add(Event($"start {name} now"));
        }

        miner.Complete();
        Assert.NotEqual(before, first.TemplateId);
        Assert.Equal("start <*> now", miner.Find(before)!.Text);
        Assert.Equal("start <*> now", miner.Find(first.TemplateId!)!.Text);
        Assert.Null(miner.Find("000000000000"));
    }

    [Fact]
    public void Seeded_messages_give_the_same_templates_in_any_order()
    {
        Random random = new(17);
        string[] vocabulary =
        [
            "alpha", "beta", "Gamma", "10.0.0.1", "a.example.com", "7", "user", "x=1", "x=on", "FAIL", "ran", "'q'",
            "eth0", "n.Name", "/a/b",
        ];
        for (int log = 0; log < 40; log++)
        {
            string[] messages =
                [.. Enumerable.Range(0, 300).Select(_ => string.Join(
                    ' ',
                    Enumerable.Range(0, random.Next(1, 6)).Select(_ => vocabulary[random.Next(vocabulary.Length)])))];
            string[] expected = Describe(messages);
            random.Shuffle(messages);
            Assert.Equal(expected, Describe(messages));
        }

        static string[] Describe(string[] messages)
        {
            TemplateMiner miner = new();
            List<LogEvent> events = [.. messages.Select(Event)];
            events.ForEach(e => miner.Add(e));
            return
            [
                .. miner.ToTemplates().Select(t => $"{t.Count} {t.Text}"),
                .. events.Select(e => $"{e.Message}: {e.TemplateId}").Order(StringComparer.Ordinal),
            ];
        }
    }

    [Fact]
    public void A_flood_of_messages_beyond_the_room_is_counted()
    {
        TemplateMiner miner = new(maximumTemplates: 50);
        for (int i = 0; i < 120_000; i++)
        {
            miner.Add(Event(string.Concat(Letters(i).Select(letter => $"{letter} "))));
        }

        miner.Add(Event(string.Join(' ', Enumerable.Repeat("many", 500))));
        IReadOnlyList<LogTemplate> templates = miner.ToTemplates();
        Assert.Equal(120_001, templates.Sum(t => t.Count));
        Assert.InRange(templates.Count, 1, 51);
    }

    [Fact]
    public void Parameters_tell_types_values_and_bounds()
    {
        LogTemplate template = Assert.Single(Mine(
            [
                "from 10.0.0.1 took 5 ms for ann to /a",
                "from 10.0.0.2 took 15 ms for ann to /b",
                "from 10.0.0.1 took 7 ms for ann to /a",
            ]));
        Assert.Equal("from <ip> took <duration> for ann to <path>", template.Text);
        Assert.Equal(
            [LogParameterType.IPAddress, LogParameterType.Duration, LogParameterType.Path],
            template.Parameters.Select(p => p.Type));
        Assert.Equal([2, 3, 2], template.Parameters.Select(p => p.DistinctCount));
        Assert.Equal(["10.0.0.1", "10.0.0.2"], template.Parameters[0].Examples);
        Assert.Equal((5.0, 15.0), (template.Parameters[1].Minimum!.Value, template.Parameters[1].Maximum!.Value));
        Assert.Null(template.Parameters[0].Minimum);
        Assert.Equal(3, template.Examples.Count);
    }

    [Fact]
    public void The_type_of_an_open_word_is_that_of_its_values()
    {
        LogTemplate template = Assert.Single(Mine(
            ["load of thing <3> high", "load of thing <x> high", "load of thing <y> high", "load of thing <z> high"]));
        Assert.Equal(LogParameterType.Any, Assert.Single(template.Parameters).Type);
        Assert.Empty(Mine(["nothing varies"]).Single().Parameters);
    }

    [Fact]
    public void The_rate_is_by_the_hour_between_the_first_event_and_the_last()
    {
        List<LogEvent> events = Samples.Read(
            string.Join('\n', new[] { "10:00:00", "10:10:00", "10:30:00" }.Select(t =>
                $"[Mon Mar 02 {t}.000000 2026] [core:notice] [pid 1] AH1: x")), out _);
        TemplateMiner miner = new();
        events.ForEach(e => miner.Add(e));
        Assert.Equal(6, Assert.Single(miner.ToTemplates()).Rate);
        Assert.Null(Assert.Single(Mine(["no time"])).Rate);
    }

    private static string Letters(int number) =>
        string.Concat(number.ToString("D6", System.Globalization.CultureInfo.InvariantCulture)
            .Select(c => (char)('a' + c - '0')));

    private static IReadOnlyList<LogTemplate> Mine(string[] messages)
    {
        TemplateMiner miner = new();
        foreach (string message in messages)
        {
            miner.Add(Event(message));
        }

        return miner.ToTemplates();
    }

    private static LogEvent Event(string message) =>
        new LineEvent(LogKind.Unparsed, LogLine.FromString(message), new LogSource("(test)"));
}
