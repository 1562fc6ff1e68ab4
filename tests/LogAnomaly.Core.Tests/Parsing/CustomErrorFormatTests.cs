using LogAnomaly.Parsing;

using Xunit;

namespace LogAnomaly.Tests.Parsing;

public sealed class CustomErrorFormatTests
{
    private const string Default =
        "[%{u}t] [%-m:%l] [pid %P:tid %T] %7F: %E: [client\\ %a] %M% ,\\ referer\\ %{Referer}i";

    [Theory]
    [InlineData(
        "[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328] [client 192.0.2.15:4711] AH00128: gone: /a.ico, referer: x, referer http://b/",
        "AH00128: gone: /a.ico, referer: x", "192.0.2.15", 4711, null, "http://b/")]
    [InlineData(
        "[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328] (13)Permission denied: [client 2001:db8::1:80] AH00529: /x",
        "AH00529: /x", "2001:db8::1", 80, 13, null)]
    [InlineData(
        "[Fri Sep 09 10:42:29.902022 2011] [mpm_event:notice] [pid 35708:tid 4328] AH00489: resuming",
        "AH00489: resuming", null, null, null, null)]
    [InlineData(
        "[Fri Sep 09 10:42:29.902022 2011] [ssl:debug] [pid 35708:tid 4328] ssl.c(12): [client 192.0.2.15:1] AH01: [client 9.9.9.9:1] x",
        "AH01: [client 9.9.9.9:1] x", "192.0.2.15", 1, null, null)]
    public void A_part_that_has_nothing_to_say_is_left_out(
        string line, string message, string? address, int? port, int? code, string? referrer)
    {
        ApacheErrorEvent made = Parse(Default, line);
        Assert.Equal(message, made.Message);
        Assert.Equal(address, made.SourceIP);
        Assert.Equal(port, made.SourcePort);
        Assert.Equal(code, made.SystemErrorCode);
        Assert.Equal(referrer, made.Referrer);
        Assert.Equal(35708, made.ProcessId);
        Assert.Equal(4328, made.ThreadId);
        Assert.Equal(2011, made.Timestamp?.Year);
        Assert.NotNull(made.Level);
        Assert.Equal(line, made.Raw);
    }

    [Fact]
    public void Other_values_keep_their_names()
    {
        ApacheErrorEvent made = Parse(
            "[%{cu}t] [%l] %v %{c}L %L \"%M\" [%{X-Id}i] [%{note}n] [%{ENV}e] %k",
            "[2023-11-06 13:39:56.637868] [warn] www.b C1 R1 \"say \"hi\"\" [id 7] [n] [e] 3");
        Assert.Equal("say \"hi\"", made.Message);
        Assert.Equal(LogLevel.Warning, made.Level);
        Assert.Equal(637, made.Timestamp?.Millisecond);
        (string Name, string Value)[] expected =
        [
            ("server_name", "www.b"), ("connection_log_id", "C1"), ("log_id", "R1"), ("x-id", "id 7"), ("note", "n"),
            ("ENV", "e"), ("keepalive_requests", "3"),
        ];
        foreach ((string name, string value) in expected)
        {
            Assert.Equal(value, made[name]);
        }
    }

    [Theory]
    [InlineData("[%t] [%l]", "%M")]
    [InlineData("[%t] %Z %M", "position 6")]
    [InlineData("%{Referer %M", "position 1")]
    [InlineData("%i %M", "needs a name")]
    [InlineData("%M %", "no letter")]
    public void A_faulty_definition_is_refused_with_its_place(string definition, string cause)
    {
        FormatException fault = Assert.Throws<FormatException>(() => new CustomErrorFormat(definition));
        Assert.Contains(cause, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("script not found")]
    [InlineData("[Fri Sep 09 10:42:29 2011] [core:loud] [pid 1:tid 2] x")]
    public void A_line_of_another_form_gives_no_event(string line) =>
        Assert.Null(Sample.Parse(new CustomErrorFormat(Default), line));

    [Fact]
    public void Mutated_lines_are_read_or_refused_without_a_fault()
    {
        CustomErrorFormat format = new(Default);
        byte[] line =
            "[Fri Sep 09 10:42:29.902022 2011] [core:error] [pid 35708:tid 4328] (13)Permission denied: [client 192.0.2.1:80] AH00529: /x, referer: b"u8.ToArray();
        Random random = new(7);
        int read = 0;
        for (int i = 0; i < 5_000; i++)
        {
            byte[] mutated = Soundness.Mutate(line, line, random);
            LogEvent? made = mutated.Length == 0
                ? null
                : format.Parse(new LogLine(mutated, 0, mutated.Length, 1, 0), Sample.NewContext());
            Assert.True(made is null || made.Level is not null);
            read += made is null ? 0 : 1;
        }

        Assert.InRange(read, 500, 4_990);
    }

    private static ApacheErrorEvent Parse(string definition, string line)
    {
        ApacheErrorEvent? made = Sample.Parse(new CustomErrorFormat(definition), line) as ApacheErrorEvent;
        Assert.True(made is not null, line);
        return made;
    }
}
