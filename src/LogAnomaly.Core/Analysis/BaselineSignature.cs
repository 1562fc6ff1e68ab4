namespace LogAnomaly.Analysis;

/// <summary>The signature of a baseline.</summary>
/// <param name="Method"><c>HMAC-SHA256</c>, <c>RSA-PSS-SHA256</c> or <c>ECDSA-SHA256</c>.</param>
/// <param name="Value">The signature in base 64.</param>
/// <param name="Thumbprint">Thumbprint (SHA-1) of the certificate, or null for a key.</param>
/// <param name="Certificate">The certificate in base 64, without its private key, or null for a key.</param>
public sealed record BaselineSignature(string Method, string Value, string? Thumbprint, string? Certificate)
{
    /// <inheritdoc/>
    public override string ToString() => Thumbprint is null ? Method : $"{Method} {Thumbprint}";
}
