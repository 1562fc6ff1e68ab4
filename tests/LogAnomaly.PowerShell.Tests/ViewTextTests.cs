using System.Collections;
using Xunit;

namespace LogAnomaly.PowerShell.Tests;

public sealed class ViewTextTests
{
    [Theory]
    [InlineData("plain text", "plain text")]
    [InlineData("", "")]
    [InlineData("\u001B[31mred", "\\x1b[31mred")]
    [InlineData("a\tb\r\nc\0", "a\\tb\\r\\nc\\x00")]
    [InlineData("\u009B2J\u007F", "\\x9b2J\\x7f")]
    [InlineData("\u202Egpj.exe\u2069", "\\u202egpj.exe\\u2069")]
    [InlineData("Grüße 漢字 🙂", "Grüße 漢字 🙂")]
    public void Controls_and_marks_that_reorder_text_are_written_out(string text, string expected) =>
        Assert.Equal(expected, ViewText.Of(text));

    [Fact]
    public void No_control_character_of_any_block_gets_through()
    {
        for (int code = 0; code <= char.MaxValue; code++)
        {
            char character = (char)code;
            bool isDangerous = char.IsControl(character) || char.GetUnicodeCategory(character)
                is System.Globalization.UnicodeCategory.LineSeparator
                    or System.Globalization.UnicodeCategory.ParagraphSeparator;
            if (isDangerous)
            {
                Assert.DoesNotContain(character, ViewText.Of($"a{character}b"));
            }
        }
    }

    [Fact]
    public void A_time_keeps_its_own_offset() =>
        Assert.Equal(
            "2026-01-05 13:37:00", ViewText.OfTime(new DateTimeOffset(2026, 1, 5, 13, 37, 0, TimeSpan.FromHours(9))));

    [Fact]
    public void Lines_are_safe_one_by_one() =>
        Assert.Equal($"a{Environment.NewLine}\\x1bb", ViewText.OfLines(new[] { "a", "\u001Bb" }));

    [Fact]
    public void Lines_come_from_lists_without_a_type_of_their_own_too()
    {
        Assert.Equal($"a{Environment.NewLine}\\x1b1", ViewText.OfLines(new ArrayList { "a", "\u001B1" }));
        Assert.Equal("7", ViewText.OfLines(7));
        Assert.Equal("ab", ViewText.OfLines("ab"));
    }

    [Fact]
    public void Nothing_gives_an_empty_text()
    {
        Assert.Equal("", ViewText.Of(null));
        Assert.Equal("", ViewText.OfTime(null));
        Assert.Equal("", ViewText.OfLines(null));
    }
}
