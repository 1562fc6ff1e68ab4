using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class LogBaselineTests : IDisposable
{
    private static readonly DateTimeOffset s_now = new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("baseline").FullName;

    private string FilePath => Path.Combine(_folder, "b.json");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void A_baseline_says_what_it_learned_from_and_is_the_same_text_after_a_round_trip()
    {
        LogBaseline made = Learn("one", Lines("web1", "anna", 30));
        Assert.Equal(("one", 30L, "web1"), (made.Name, made.Events, Assert.Single(made.Hosts)));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 0, 0, TimeSpan.Zero), made.From);
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 10, 29, 0, TimeSpan.Zero), made.To);
        Assert.Equal([new NameCount("Record", 30)], made.Kinds);
        Assert.Equal(["alerts", "behaviours", "events", "profile", "templates"], made.Parts);
        BaselineFile.Write(FilePath, made);
        LogBaseline read = BaselineFile.Read(FilePath);
        Assert.Equal(BaselineTrust.Unsigned, read.Trust);
        Assert.Equal(made.Json, read.Json);
        Assert.Equal(made.Json, BaselineFile.ToText(LogBaseline.Merge([read], "one", s_now)));
        Assert.True(BaselineFile.IsBaseline(FilePath));
    }

    [Fact]
    public void An_entry_is_one_line_so_that_a_diff_shows_what_changed()
    {
        string[] before = Learn("one", Lines("web1", "anna", 30)).Json.Split('\n');
        string[] after = Learn("one", Lines("web1", "anna", 30) + Lines("web1", "bert", 1)).Json.Split('\n');
        Assert.Single(after, line => line.Contains("\"bert\": {", StringComparison.Ordinal)
            && line.Contains("\"count\": 1", StringComparison.Ordinal)
            && line.Contains("\"lastSeen\": \"2026-03-02T10:00:00Z\"", StringComparison.Ordinal));
        Assert.DoesNotContain(before, text => text.Contains("bert", StringComparison.Ordinal));
        Assert.True(after.Except(before).Count() < 24, string.Join('\n', after.Except(before)));
    }

    [Fact]
    public void It_holds_no_line_of_a_log_and_nothing_that_reorders_text()
    {
        string json = Learn("one", Lines("web1", "an\u202Ena", 3)).Json;
        Assert.DoesNotContain("{\\\"time\\\"", json, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202E', json);
        Assert.Contains("\\u202E", json, StringComparison.Ordinal);
        Assert.Contains(LogBaseline.Parse(json).Json, json, StringComparison.Ordinal);
    }

    [Fact]
    public void A_signed_file_is_taken_with_its_key_and_refused_with_another_or_after_any_change()
    {
        using BaselineKey key = BaselineKey.OfBytes("0123456789abcdef"u8);
        using BaselineKey other = BaselineKey.OfBytes("0123456789abcdeg"u8);
        BaselineFile.Write(FilePath, Learn("one", Lines("web1", "anna", 5)), key);
        string text = File.ReadAllText(FilePath);
        Assert.Equal(BaselineTrust.Verified, LogBaseline.Parse(text, key).Trust);
        Assert.Equal(BaselineTrust.Unchecked, LogBaseline.Parse(text).Trust);
        Assert.Equal(BaselineTrust.Verified, LogBaseline.Parse(text.ReplaceLineEndings("\r\n"), key).Trust);
        Refuse(text, other, "the key is another one");
        int changed = 0;
        for (int i = 0; i < text.Length; i += 3)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
            {
                string changedText = text[..i] + (text[i] == '7' ? '8' : '7') + text[(i + 1)..];
                Assert.Throws<InvalidDataException>(() => LogBaseline.Parse(changedText, key));
                changed++;
            }
        }

        Assert.True(changed > 100);
    }

    [Fact]
    public void A_file_without_a_signature_is_refused_where_a_key_is_given()
    {
        string json = Learn("one", Lines("web1", "anna", 5)).Json;
        using BaselineKey key = BaselineKey.OfBytes("k"u8);
        Refuse(json, key, "bears no signature");
        BaselineFile.Write(FilePath, LogBaseline.Parse(json), key);
        string stripped = File.ReadAllText(FilePath);
        stripped = stripped[..stripped.IndexOf(",\n  \"signature\"", StringComparison.Ordinal)] + "\n}\n";
        Refuse(stripped, key, "bears no signature");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_certificate_signs_and_its_thumbprint_verifies(bool isRsa)
    {
        using X509Certificate2 certificate = Certificate(isRsa, "one");
        using X509Certificate2 other = Certificate(isRsa, "two");
        using BaselineKey signer = BaselineKey.OfCertificate(certificate);
        BaselineFile.Write(FilePath, Learn("one", Lines("web1", "anna", 5)), signer);
        string text = File.ReadAllText(FilePath);
        Assert.Equal(BaselineTrust.Intact, LogBaseline.Parse(text).Trust);
        using BaselineKey thumbprint = BaselineKey.OfThumbprint(certificate.Thumbprint);
        using BaselineKey hash = BaselineKey.OfThumbprint(certificate.GetCertHashString(HashAlgorithmName.SHA256));
        using BaselineKey wrong = BaselineKey.OfCertificate(other);
        using BaselineKey secret = BaselineKey.OfBytes("k"u8);
        Assert.All(
            new[] { signer, thumbprint, hash },
            key => Assert.Equal(BaselineTrust.Verified, LogBaseline.Parse(text, key).Trust));
        Assert.Equal(certificate.Thumbprint, LogBaseline.Parse(text).Signature!.Thumbprint);
        Refuse(text, wrong, "another certificate");
        Refuse(text, secret, "not by a key");
        Refuse(
            text.Replace("\"events\": 5", "\"events\": 6", StringComparison.Ordinal),
            null,
            "changed after it was signed");

        // Who signs anew with a certificate of his own is found out by the thumbprint, and so is one who only writes
        // the right one in.
        BaselineFile.Write(FilePath, LogBaseline.Parse(text), wrong, overwrite: true);
        string forged = File.ReadAllText(FilePath);
        Refuse(forged, thumbprint, "another certificate");
        Refuse(
            forged.Replace(other.Thumbprint, certificate.Thumbprint, StringComparison.Ordinal),
            thumbprint,
            "does not fit");
    }

    [Theory]
    [InlineData("", "it is no baseline")]
    [InlineData("[]", "format is not")]
    [InlineData("{\"format\":\"other\"}", "format is not")]
    [InlineData("{\"format\":\"LogAnomaly baseline\"}", "version of the file")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":2}", "update the module")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":1,\"version\":1}", "a second time")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":1}", "no header")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":1,\"header\":{\"name\":\"\\ud800\"}}", "")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":1,\"signature\":{\"method\":\"none\",\"value\":\"\"}}",
        "")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":1,\"signature\":3}", "")]
    [InlineData("{\"format\":\"LogAnomaly baseline\",\"version\":1,\"\\ud800\":3}", "")]
    [InlineData("{\"format\":\"\\ud800\",\"version\":1}", "")]
    public void What_is_no_baseline_is_refused_with_the_cause(string text, string cause) => Refuse(text, null, cause);

    [Fact]
    public void A_file_that_was_cut_short_anywhere_is_refused()
    {
        string text = Learn("one", Lines("web1", "anna", 5)).Json.TrimEnd();
        for (int length = 0; length < text.Length; length += 11)
        {
            Assert.Throws<InvalidDataException>(() => LogBaseline.Parse(text[..length]));
        }
    }

    [Fact]
    public void A_value_of_the_wrong_form_is_refused_when_it_is_read()
    {
        string text = Learn("one", Lines("web1", "anna", 5)).Json;
        Refuse(text.Replace("\"count\": 5", "\"count\": -5", StringComparison.Ordinal), null, "whole number");
        Refuse(text.Replace("\"count\": 5", "\"count\": \"5\"", StringComparison.Ordinal), null, "whole number");
        Refuse(text.Replace("\"mixes\"", "\"mixed\"", StringComparison.Ordinal), null, "has no mixes");
        Refuse(
            text.Replace("\"firstSeen\": \"2026", "\"firstSeen\": \"x026", StringComparison.Ordinal), null, "no time");
    }

    [Fact]
    public void A_part_that_is_not_known_is_kept_as_it_is()
    {
        string text = Learn("one", Lines("web1", "anna", 5)).Json
            .Replace(
                "\"parts\": {",
                "\"parts\": {\n    \"later\": { \"x\": 2.50, \"y\": \"<num>\" },",
                StringComparison.Ordinal);
        LogBaseline read = LogBaseline.Parse(text);
        Assert.Contains("later", read.Parts);
        Assert.Contains(
            "\"later\": { \"x\": 2.50, \"y\": \"<num>\" }",
            LogBaseline.Merge([read, read]).Json,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Baselines_of_two_hosts_are_one_with_the_counts_of_both()
    {
        LogBaseline one = Learn("one", Lines("web1", "anna", 30));
        LogBaseline other = Learn("two", Lines("web2", "bert", 20));
        LogBaseline both = LogBaseline.Merge([LogBaseline.Parse(one.Json), LogBaseline.Parse(other.Json)]);
        Assert.Equal(("one + two", 50L), (both.Name, both.Events));
        Assert.Equal(["web1", "web2"], both.Hosts);
        TrafficProfile profile = ProfileOf(both);
        Assert.Equal(30, profile.Fields["UserName"].Entries["anna"].Count);
        Assert.Equal(20, profile.Fields["UserName"].Entries["bert"].Count);
        Assert.Equal(50, profile.Fields["Template"].Entries.Values.Sum(entry => entry.Count));
        Assert.Equal(ProfileOf(one).Seconds, profile.Seconds, 0.1 * profile.Seconds);
    }

    [Fact]
    public void An_update_goes_on_from_the_old_one_forgets_what_is_old_and_says_what_drifted()
    {
        LogBaseline old = Learn("one", Lines("web1", "anna", 30, day: 1) + Lines("web1", "carl", 30, day: 1));
        BaselineLearner learner = new(new BaselineOptions
        {
            Previous = LogBaseline.Parse(old.Json), MaximumAge = TimeSpan.FromDays(10), Created = s_now,
        });
        foreach (LogEvent logEvent in Samples.Read(
            Lines("web1", "anna", 40, day: 20) + Lines("web1", "bert", 40, day: 20), out _))
        {
            learner.Add(logEvent);
        }

        LogBaseline updated = learner.Complete(TestContext.Current.CancellationToken);
        Assert.Equal(("one", 140L, old.From), (updated.Name, updated.Events, updated.From));
        SortedDictionary<string, ProfileEntry> users = ProfileOf(updated).Fields["UserName"].Entries;
        Assert.Equal(["anna", "bert"], users.Keys);
        Assert.Equal(70, users["anna"].Count);
        Assert.Contains(updated.Drift, row => row is { Kind: LogDifferenceKind.NewValue, Value: "bert" });
        Assert.Contains(updated.Drift, row => row is { Kind: LogDifferenceKind.GoneValue, Value: "carl" });
        Assert.Contains(updated.Drift, row => row is { Kind: LogDifferenceKind.AgedOut, Value: "carl" });
        Assert.DoesNotContain(updated.Drift, row => row.Value == "anna");
    }

    [Fact]
    public void The_learning_period_is_in_the_time_of_the_log()
    {
        BaselineLearner learner = new(new BaselineOptions { LearningPeriod = TimeSpan.FromMinutes(10) });
        foreach (LogEvent logEvent in Samples.Read(Lines("web1", "anna", 30), out _))
        {
            learner.Add(logEvent);
        }

        Assert.Equal((10L, 20L), (learner.Learned, learner.LeftOut));
        Assert.Equal(10, learner.Complete(TestContext.Current.CancellationToken).Events);
    }

    [Theory]
    [InlineData("14d", 14 * 24 * 60)]
    [InlineData("2w", 14 * 24 * 60)]
    [InlineData("90m", 90)]
    [InlineData("1.5h", 90)]
    [InlineData("01:30:00", 90)]
    [InlineData("0d", 0)]
    [InlineData("-1d", 0)]
    [InlineData("d", 0)]
    [InlineData("14", 0)]
    [InlineData("1e9d", 0)]
    [InlineData("9999999999d", 0)]
    [InlineData("NaNd", 0)]
    public void Spans_are_read_as_people_write_them(string text, int minutes)
    {
        Assert.Equal(minutes > 0, TimeAmount.TryParse(text, out TimeSpan span));
        Assert.True(minutes == 0 || span == TimeSpan.FromMinutes(minutes));
    }

    private static TrafficProfile ProfileOf(LogBaseline baseline)
    {
        IReadOnlyList<IBaselinePart> parts = baseline.Restore();
        return parts.OfType<ProfilePart>().Single().ToProfile(parts.OfType<TemplatesPart>().Single());
    }

    private static LogBaseline Learn(string name, string text)
    {
        BaselineLearner learner = new(new BaselineOptions { Name = name, Created = s_now });
        Samples.Read(text, out _).ForEach(logEvent => learner.Add(logEvent));
        return learner.Complete(TestContext.Current.CancellationToken);
    }

    private static string Lines(string host, string user, int count, int day = 2)
    {
        StringBuilder text = new();
        for (int i = 0; i < count; i++)
        {
            text.Append(
                System.Globalization.CultureInfo.InvariantCulture,
                $"{{\"time\":\"2026-03-{day:00}T10:{i:00}:00Z\",\"level\":\"info\",\"host\":\"{host}\",\"user\":\"{user}\",\"msg\":\"the job of {user} has ended\"}}\n");
        }

        return text.ToString();
    }

    private static X509Certificate2 Certificate(bool isRsa, string name)
    {
        using RSA rsa = RSA.Create(2048);
        using ECDsa ecdsa = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = isRsa
            ? new CertificateRequest($"CN={name}", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            : new CertificateRequest($"CN={name}", ecdsa, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private static void Refuse(string text, BaselineKey? key, string cause) =>
        Assert.Contains(
            cause,
            Assert.Throws<InvalidDataException>(() => LogBaseline.Parse(text, key)).Message,
            StringComparison.Ordinal);
}
