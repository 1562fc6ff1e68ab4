using System.Text;
using System.Text.Json;
using LogAnomaly.Analysis;
using LogAnomaly.Parsing;

namespace LogAnomaly.Dashboard.Tests;

/// <summary>
/// Logs of attackers' lines on their whole way, from the file's bytes to the page, many of them by chance.
/// </summary>
public sealed class HostileLogTests(Browser browser) : IClassFixture<Browser>
{
    private const int Lines = 60;

    private static readonly string[] s_pieces =
    [
        "<script>window.ran = true</script>", "</script>", "<!--", "]]>", "<img src=x onerror=window.ran=true>",
        "<svg/onload=window.ran=true>", "javascript:window.ran=true", "\u001b[31mred\u001b[0m", "\u001b]0;title\a",
        "\0", "\u2028", "\u2029", "\u202Eevil\u202C", "\u2066x\u2069", "\u200B", "\uFEFF", "\uD83E\uDD80", "&lt;b&gt;",
        "&#x3c;", "\"'`", "\\u003c", "{{LOGANOMALY-DATA}}", "=cmd|' /C calc'!A0", "%3Cscript%3E", "data:text/html,x",
        "\t", "é漢ש", "on click=", "style=x", "__proto__", "constructor", "toString", "a", "0", " ",
    ];

    [Fact]
    public void What_stands_outside_data_title_and_digest_is_the_same_for_every_log()
    {
        string empty = PageText.Write(SampleAnalysis.Nothing()).Frame;
        for (int seed = 0; seed < 40; seed++)
        {
            PageText page = PageText.Write(Analyse(seed));

            Assert.Equal(empty, page.Frame);
            Assert.NotEmpty(page.DigestLines());
            Assert.DoesNotContain(
                page.Data, letter => !(char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '='));
            JsonElement data = page.Json();
            Assert.Equal(
                data.GetProperty("summary").GetProperty("eventCount").GetInt64(),
                data.GetProperty("cube").GetProperty("tables")[0].GetProperty("count").EnumerateArray()
                    .Sum(count => count.GetInt64()));
        }
    }

    [Fact]
    public async Task Nothing_of_a_log_runs_or_becomes_an_element()
    {
        for (int seed = 0; seed < 2; seed++)
        {
            await using OpenPage opened = await browser.OpenAsync(Analyse(seed));
            await opened.OpenEverythingAsync();

            Assert.False(await opened.Page.EvaluateAsync<bool>("'ran' in window"));
            Assert.Equal(
                0, await opened.Page.Locator(
                    "#app img, #app script, #app iframe, #app link, #app style, #app object").CountAsync());
            Assert.Equal(0, await opened.Page.EvaluateAsync<int>(
                "[...document.querySelectorAll('#app *')].filter((one) => [...one.attributes].some((attribute) => attribute.name.startsWith('on'))).length"));
            Assert.Equal(0, await opened.OverflowAsync());
            Assert.Empty(await opened.ComplaintsAsync());
        }
    }

    private static LogAnalysis Analyse(int seed)
    {
        Random random = new(seed);
        StringBuilder log = new();
        for (int line = 0; line < Lines; line++)
        {
            string Text(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most))
                .Select(_ => s_pieces[random.Next(s_pieces.Length)])).Replace('\n', ' ');
            string second = (line % 60).ToString("00", System.Globalization.CultureInfo.InvariantCulture);
            log.Append(random.Next(5) switch
            {
                0 =>
                    $"Jan  5 08:00:{second} {Text(2)} sshd[7]: Failed password for {Text(3)} from 203.0.113.{line} port 22 ssh2",
                1 =>
                    $"203.0.113.{line} - {Text(2)} [05/Jan/2026:08:00:{second} +0000] \"GET /{Text(4)} HTTP/1.1\" 404 12 \"{Text(3)}\" \"{Text(3)}\"",
                2 => $"[Mon Jan 05 08:00:{second} 2026] [error] [client 203.0.113.{line}] {Text(6)}",
                3 => $"Jan  5 08:00:{second} host {Text(2)}: {Text(5)}",
                _ => line == 50 ? Text(5) + new string('A', 1_000_000) : Text(8),
            }).Append('\n');
        }

        LogAnalyzer analyzer = new(new AnalysisOptions { MinimumScore = 0 });
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(log.ToString()));
        foreach (LogEvent logEvent in new LogReader(new LogReaderOptions { TimeZone = TimeZoneInfo.Utc })
            .ReadStream(stream, "<b>.log"))
        {
            analyzer.Add(logEvent);
        }

        return analyzer.Complete();
    }
}
