namespace LogAnomaly.Synthesis;

/// <summary>Somebody with an account.</summary>
/// <param name="Name">User name.</param>
/// <param name="Id">User id.</param>
/// <param name="Address">Address that they log in from.</param>
/// <param name="Key">Fingerprint of their key, or null where they log in by password.</param>
/// <param name="IsAdmin">Whether they may use sudo.</param>
internal sealed record AuthUser(string Name, int Id, string Address, string? Key, bool IsAdmin);
