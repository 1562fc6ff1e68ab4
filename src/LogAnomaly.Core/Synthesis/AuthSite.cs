using LogAnomaly.Numerics;

namespace LogAnomaly.Synthesis;

/// <summary>The hosts and people of an auth log.</summary>
internal sealed class AuthSite
{
    private const string Base64Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private static readonly string[] s_names =
        ["anna", "ben", "clara", "david", "elif", "farid", "greta", "hugo", "ines", "jonas", "karin", "luca", "mara",
         "nils"];

    private static readonly string[] s_roles = ["web", "db", "mail", "app", "files", "build"];

    private readonly NetworkBook? _networks;
    private readonly ZipfTable _ranks;

    /// <summary>Creates hosts and people.</summary>
    /// <param name="random">The generator.</param>
    /// <param name="hosts">Number of hosts.</param>
    /// <param name="networks">Gives addresses outside; null for <see cref="Addresses"/>.</param>
    public AuthSite(SeededRandom random, int hosts, NetworkBook? networks = null)
    {
        _networks = networks;
        Addresses = new AddressBook(random);
        Hosts = new AuthHost[hosts];
        for (int index = 0; index < hosts; index++)
        {
            Hosts[index] = new AuthHost($"{s_roles[index % s_roles.Length]}{(index / s_roles.Length) + 1}", random);
        }

        Users = new AuthUser[s_names.Length];
        for (int index = 0; index < Users.Length; index++)
        {
            // Two of three come from the office; the others from home.
            string home = networks is null ? Addresses.Visitor(index) : networks.Visitor(index);
            string address = index % 3 == 2 ? home : $"10.0.16.{20 + index}";
            string? key = index % 4 == 3 ? null : NextKey(random);
            Users[index] = new AuthUser(s_names[index], 1001 + index, address, key, index % 3 == 0);
        }

        Deployer = new AuthUser("deploy", 998, "10.0.8.5", NextKey(random), false);
        _ranks = new ZipfTable(Users.Length);
    }

    /// <summary>Addresses of people and strangers.</summary>
    public AddressBook Addresses { get; }

    /// <summary>The hosts.</summary>
    public AuthHost[] Hosts { get; }

    /// <summary>The people, those who come most often first.</summary>
    public AuthUser[] Users { get; }

    /// <summary>The account that a build server copies files with.</summary>
    public AuthUser Deployer { get; }

    /// <summary>Draws a user by how often they come.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>The user.</returns>
    public AuthUser NextUser(SeededRandom random) => Users[_ranks.Next(random)];

    /// <summary>An address that no user has.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>The address.</returns>
    public string NextStranger(SeededRandom random) =>
        _networks is null ? Addresses.Stranger(random) : _networks.Stranger(random);

    /// <summary>Draws a host.</summary>
    /// <param name="random">The generator.</param>
    /// <returns>The host.</returns>
    public AuthHost NextHost(SeededRandom random) => Hosts[random.NextInt(Hosts.Length)];

    // 43 digits of base 64 hold the 256 bits of a SHA-256 and two bits of zeros, so the last digit is one of every
    // fourth.
    private static string NextKey(SeededRandom random)
    {
        Span<char> digits = stackalloc char[43];
        for (int index = 0; index < digits.Length - 1; index++)
        {
            digits[index] = Base64Digits[random.NextInt(64)];
        }

        digits[^1] = Base64Digits[4 * random.NextInt(16)];
        return $"{(random.NextInt(4) == 0 ? "RSA" : "ED25519")} SHA256:{digits}";
    }
}
