using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LogAnomaly.Rules;

namespace LogAnomaly.Detection;

/// <summary>
/// A login of a user from a network that the user did not come from before. Users of many networks roam, and one more
/// is no news of them.
/// </summary>
internal sealed class FirstLoginFromNetwork : LearnedRule
{
    private const int MostUsers = 10_000;

    private readonly EntityStates<string, User> _users = new(MostUsers, StringComparer.Ordinal);
    private readonly HostHistory _history = new();
    private readonly long _learning;
    private readonly int _logins;
    private readonly int _networks;
    private readonly long _forget;
    private readonly int _prefix4;
    private readonly int _prefix6;

    /// <summary>Creates it for a rule.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="sink">Takes what it finds.</param>
    public FirstLoginFromNetwork(LogRule rule, IRuleSink sink)
        : base(rule, sink, LogKind.Authentication)
    {
        RuleParameters parameters = new(rule);
        _learning = parameters.Ticks("history", "14d");
        _logins = parameters.Count("logins", 10);
        _networks = parameters.Count("networks", 20, most: 200);
        _forget = parameters.Ticks("forget", "60d");
        _prefix4 = parameters.Count("ipv4", 16, most: 32);
        _prefix6 = parameters.Count("ipv6", 32, most: 128);
    }

    /// <summary>Users that it knows.</summary>
    internal int KnownUsers => _users.Count;

    /// <inheritdoc/>
    public override void Add(LogEvent logEvent)
    {
        if (logEvent.UtcTicks < 0)
        {
            return;
        }

        long history = _history.Take(logEvent);
        if (logEvent is not AuthEvent
            {
                Action: "ssh_login",
                Outcome: Outcome.Success,
                UserName: { } name,
                SourceIP: { } address,
            } login
            || !TryNetwork(address, out string network))
        {
            return;
        }

        long now = login.UtcTicks;
        User user = _users.Get(name, now);
        bool isKnown = user.Networks.TryGetValue(network, out long seen) && Math.Abs(now - seen) <= _forget;
        if (!isKnown && user.Networks.Count < _networks && (history >= _learning || user.Logins >= _logins))
        {
            ReportLogin(login, user, network);
        }

        user.Logins++;
        if (!isKnown && user.Networks.Count >= _networks)
        {
            user.Networks.Remove(user.Networks.MinBy(entry => entry.Value).Key);
        }

        user.Networks[network] = Math.Max(seen, now);
    }

    private void ReportLogin(AuthEvent login, User user, string network)
    {
        string name = login.UserName!;
        string typical = user.Logins == 0
            ? "no login before"
            : DurationWords.Say($"{user.Logins} logins from {user.Networks.Count} networks");
        string sentence = user.Logins == 0
            ? $"{name} logged in from {login.SourceIP}, the first login of this user in the log."
            : DurationWords.Say(
                $"{name} logged in from {login.SourceIP}; none of the {user.Logins} logins before came from {network}.");
        Severity? severity = name == "root" && Rule.Severity < Severity.Medium ? Severity.Medium : null;
        Report(login, "UserName", name, new Reason(Code, "SourceIP", network, typical, 1, sentence), severity);
    }

    private bool TryNetwork(string address, out string network)
    {
        network = "";
        if (!IPAddress.TryParse(address, out IPAddress? parsed))
        {
            return false;
        }

        Span<byte> bytes = stackalloc byte[16];
        _ = parsed.TryWriteBytes(bytes, out int length);
        int prefix = parsed.AddressFamily == AddressFamily.InterNetwork ? _prefix4 : _prefix6;
        for (int bit = prefix; bit < length * 8; bit++)
        {
            bytes[bit / 8] &= (byte)~(0x80 >> (bit % 8));
        }

        network = string.Create(CultureInfo.InvariantCulture, $"{new IPAddress(bytes[..length])}/{prefix}");
        return true;
    }

    private sealed class User : EntityState
    {
        public long Logins { get; set; }

        // UTC ticks of the last login from each.
        public Dictionary<string, long> Networks { get; } = new(StringComparer.Ordinal);
    }
}
