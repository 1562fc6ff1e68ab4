using System.Text;
using System.Text.Json;
using LogAnomaly.Features;
using LogAnomaly.Templates;

namespace LogAnomaly.Tests.Features;

public sealed class FeatureEncoderTests
{
    private const string Past = """
        192.0.2.1 - - [02/Mar/2026:10:00:00 +0000] "GET /a HTTP/1.1" 200 100 "-" "A"
        192.0.2.1 - - [02/Mar/2026:10:00:10 +0000] "GET /b HTTP/1.1" 200 50 "-" "A"
        192.0.2.2 - - [02/Mar/2026:10:00:20 +0000] "GET /a HTTP/1.1" 404 50 "-" "A"
        192.0.2.1 - - [02/Mar/2026:10:01:00 +0000] "POST /a HTTP/1.1" 200 25 "-" "A"
        """;

    private const string Later = """
        192.0.2.9 - - [02/Mar/2026:10:02:00 +0000] "GET /new HTTP/1.1" 200 25 "-" "A"
        192.0.2.9 - - [02/Mar/2026:10:02:10 +0000] "PUT /a HTTP/1.1" 418 25 "-" "Z"
        """;

    [Fact]
    public void A_value_that_was_never_seen_is_rarer_than_any_that_was()
    {
        FeatureMatrix rows = FeatureEncoder.Fit(Mined(Past))
            .Encode(LogKind.Access, Mined(Later), TestContext.Current.CancellationToken);
        Assert.Equal(0.415, Value(rows, 0, "Method"), 3);
        Assert.Equal(3, Value(rows, 1, "Method"), 5);
        Assert.Equal((1f, 3f), (Value(rows, 0, "Unknown"), Value(rows, 1, "Unknown")));
    }

    [Fact]
    public void What_comes_later_changes_no_encoding()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Mined(Past));
        float[] before = encoder.Encode(LogKind.Access, Mined(Past), TestContext.Current.CancellationToken)
            .Row(0).ToArray();
        encoder.Encode(LogKind.Access, Mined(Later), TestContext.Current.CancellationToken);
        Assert.Equal(
            before,
            encoder.Encode(LogKind.Access, Mined(Past), TestContext.Current.CancellationToken).Row(0).ToArray());
    }

    [Fact]
    public void Written_and_read_it_encodes_the_same_to_the_bit()
    {
        FeatureEncoder encoder = FeatureEncoder.Fit(Mined(Past));
        string json = Json(encoder);
        using JsonDocument document = JsonDocument.Parse(json);
        FeatureEncoder again = FeatureEncoderJson.Read(document.RootElement);
        Assert.Equal(json, Json(again));
        foreach (string log in (string[])[Past, Later])
        {
            FeatureMatrix expected = encoder.Encode(LogKind.Access, Mined(log), TestContext.Current.CancellationToken);
            FeatureMatrix actual = again.Encode(LogKind.Access, Mined(log), TestContext.Current.CancellationToken);
            Assert.Equal(expected.Names, actual.Names);
            for (int row = 0; row < expected.RowCount; row++)
            {
                Assert.Equal(expected.Row(row).ToArray(), actual.Row(row).ToArray());
            }
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"Version\":2}")]
    [InlineData("{\"Version\":1}")]
    [InlineData("{\"Version\":1,\"Terms\":{},\"TermSource\":\"Message\",\"Kinds\":{\"Nonsense\":{}}}")]
    [InlineData("{\"Version\":1,\"Terms\":{},\"TermSource\":\"Message\",\"Kinds\":{\"Access\":{}}}")]
    public void What_is_no_encoder_is_refused(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        Assert.Throws<InvalidDataException>(() => FeatureEncoderJson.Read(document.RootElement));
    }

    [Fact]
    public void A_term_has_the_weight_that_the_formula_says()
    {
        List<LogEvent> events = Mined(Past);
        FeatureEncoder encoder = FeatureEncoder.Fit(events);
        FeatureMatrix rows = encoder.Encode(LogKind.Access, events, TestContext.Current.CancellationToken);

        // "post" stands once in one of four rows: (1 + ln 1) * ln(5 / 2).
        Assert.Equal(Math.Log(5.0 / 2), Value(rows, 3, "Term:post"), 5);
        Assert.Equal(0, Value(rows, 0, "Term:post"));
        Assert.DoesNotContain("Term:http", rows.Names);
    }

    [Fact]
    public void Terms_are_words_of_letters_in_small_letters()
    {
        Dictionary<string, long> counts = [];
        TermReader.Count(
            Encoding.UTF8.GetBytes("Zugriff verweigert: Größe <ip> x1y a pre-auth pre-auth 12 KEX_init"), counts, 100);
        Assert.Equal(
            ["größe", "kex_init", "pre-auth", "verweigert", "zugriff"], counts.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, counts["pre-auth"]);
    }

    [Fact]
    public void Only_so_many_values_are_kept_and_the_others_are_unknown()
    {
        List<LogEvent> events = Mined(Past);
        FeatureMatrix rows = FeatureEncoder.Fit(events, new FeatureOptions { MaximumValues = 1 })
            .Encode(LogKind.Access, events, TestContext.Current.CancellationToken);
        Assert.Equal(0, Value(rows, 0, "Unknown"));
        Assert.Equal(1, Value(rows, 3, "Unknown"));
    }

    private static float Value(FeatureMatrix rows, int row, string name) =>
        rows.Row(row)[rows.Names.ToList().IndexOf(name)];

    private static string Json(FeatureEncoder encoder)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter writer = new(stream))
        {
            FeatureEncoderJson.Write(encoder, writer);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<LogEvent> Mined(string log)
    {
        TemplateMiner miner = new();
        List<LogEvent> events = Samples.Read(log, out _);
        events.ForEach(logEvent => miner.Add(logEvent));
        return events;
    }
}
