using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LogAnomaly.Analysis;

/// <summary>
/// What signs a baseline or checks its signature: a secret key (HMAC-SHA256, RFC 2104) or a certificate (RSA-PSS or
/// ECDSA with SHA-256). A signature covers the canonical form of the file: its JSON without the member
/// <c>signature</c>, without white space between tokens, members in the order of the file, numbers as they are written,
/// as UTF-8. So line ends may change on the way, and nothing else.
/// </summary>
public sealed class BaselineKey : IDisposable
{
    private const string Hmac = "HMAC-SHA256";
    private const string Rsa = "RSA-PSS-SHA256";
    private const string Ecdsa = "ECDSA-SHA256";

    private readonly byte[]? _key;
    private readonly X509Certificate2? _certificate;
    private readonly string? _thumbprint;

    private BaselineKey(byte[]? key, X509Certificate2? certificate, string? thumbprint)
    {
        _key = key;
        _certificate = certificate;
        _thumbprint = thumbprint;
    }

    /// <summary>A secret key.</summary>
    /// <param name="key">Its bytes; at least one. Use 32 random ones: a short key can be guessed from a signed
    /// file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The key is empty.</exception>
    public static BaselineKey OfBytes(ReadOnlySpan<byte> key) => key.Length == 0
        ? throw new ArgumentException("The key is empty: give at least one byte, better 32 random ones.", nameof(key))
        : new BaselineKey(key.ToArray(), null, null);

    /// <summary>A secret key in a file: its bytes without one line end at the end, which editors add.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The file is empty.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static BaselineKey OfFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        byte[] content = File.ReadAllBytes(path);
        ReadOnlySpan<byte> key = content;
        key = key.EndsWith("\n"u8) ? key[..^1] : key;
        key = key.EndsWith("\r"u8) ? key[..^1] : key;
        return key.Length == 0
            ? throw new ArgumentException(
                $"The key file '{path}' is empty: write at least one byte to it, better 32 random ones.", nameof(path))
            : OfBytes(key);
    }

    /// <summary>A certificate: with its private key it signs, without it checks.</summary>
    /// <param name="certificate">The certificate, with an RSA or ECDSA key; it stays the caller's.</param>
    /// <returns>The key.</returns>
    public static BaselineKey OfCertificate(X509Certificate2 certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return new BaselineKey(null, certificate, certificate.GetCertHashString(HashAlgorithmName.SHA256));
    }

    /// <summary>The certificate that a signature must be of, by its thumbprint; it only checks.</summary>
    /// <param name="thumbprint">40 hexadecimal digits (SHA-1, as Windows shows it) or 64 (SHA-256); spaces and colons
    /// are left out.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">It is no thumbprint.</exception>
    public static BaselineKey OfThumbprint(string thumbprint)
    {
        ArgumentNullException.ThrowIfNull(thumbprint);
        string digits = thumbprint.Replace(" ", "", StringComparison.Ordinal)
            .Replace(":", "", StringComparison.Ordinal);
        return digits.Length is 40 or 64 && digits.All(char.IsAsciiHexDigit)
            ? new BaselineKey(null, null, digits.ToUpperInvariant())
            : throw new ArgumentException(
                $"'{thumbprint}' is no thumbprint: 40 hexadecimal digits (SHA-1) or 64 (SHA-256) are needed.",
                nameof(thumbprint));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_key is not null)
        {
            CryptographicOperations.ZeroMemory(_key);
        }
    }

    /// <summary>Signs a content.</summary>
    /// <param name="content">The canonical form.</param>
    /// <returns>The signature.</returns>
    /// <exception cref="CryptographicException">The certificate has no private key, or it is of another kind than RSA
    /// and ECDSA.</exception>
    internal BaselineSignature Sign(ReadOnlySpan<byte> content)
    {
        if (_key is not null)
        {
            return new BaselineSignature(Hmac, Convert.ToBase64String(HMACSHA256.HashData(_key, content)), null, null);
        }

        X509Certificate2 certificate = _certificate is { HasPrivateKey: true } own ? own
            : throw new CryptographicException("The certificate has no private key here, and so cannot sign.");
        (string method, byte[] value) = SignBy(certificate, content);
        return new BaselineSignature(
            method, Convert.ToBase64String(value), certificate.Thumbprint, Convert.ToBase64String(certificate.RawData));
    }

    /// <summary>Checks a signature.</summary>
    /// <param name="signature">The signature of the file, or null where it has none.</param>
    /// <param name="content">The canonical form.</param>
    /// <param name="key">The key to check by, or null for none.</param>
    /// <returns>How far the content can be trusted.</returns>
    /// <exception cref="InvalidDataException">The content is not what was signed, or not signed as is asked
    /// for.</exception>
    internal static BaselineTrust Check(BaselineSignature? signature, ReadOnlySpan<byte> content, BaselineKey? key)
    {
        if (signature is null)
        {
            return key is null ? BaselineTrust.Unsigned
                : throw new InvalidDataException(
                    "it bears no signature, and a key was given: it may have been changed. Import it without a key, or "
                        + "sign it.");
        }

        if (signature.Method == Hmac)
        {
            return key is null ? BaselineTrust.Unchecked : CheckHmac(signature, content, key);
        }

        string hash = CheckCertificate(signature, content);
        return key switch
        {
            null => BaselineTrust.Intact,
            { _thumbprint: { } wanted } when wanted == hash || wanted == signature.Thumbprint => BaselineTrust.Verified,
            { _thumbprint: null } => throw new InvalidDataException(
                $"it is signed by a certificate ({signature.Thumbprint}) and not by a key."),
            _ => throw new InvalidDataException($"it is signed by another certificate, {signature.Thumbprint}."),
        };
    }

    private static BaselineTrust CheckHmac(BaselineSignature signature, ReadOnlySpan<byte> content, BaselineKey key)
    {
        if (key._key is null)
        {
            throw new InvalidDataException("it is signed by a key (HMAC-SHA256) and not by a certificate.");
        }

        byte[] expected = HMACSHA256.HashData(key._key, content);
        return CryptographicOperations.FixedTimeEquals(expected, Base64(signature.Value))
            ? BaselineTrust.Verified
            : throw new InvalidDataException(
                "its signature does not fit: it was changed after it was signed, or the key is another one.");
    }

    // The thumbprint in the file is only told; what counts is that of the certificate whose key has signed.
    private static string CheckCertificate(BaselineSignature signature, ReadOnlySpan<byte> content)
    {
        bool fits;
        string hash;
        try
        {
            using X509Certificate2 certificate = new(Base64(signature.Certificate ?? ""));
            using RSA? rsa = certificate.GetRSAPublicKey();
            using ECDsa? ecdsa = certificate.GetECDsaPublicKey();
            byte[] value = Base64(signature.Value);
            hash = certificate.GetCertHashString(HashAlgorithmName.SHA256);
            fits = signature.Thumbprint == certificate.Thumbprint && signature.Method switch
            {
                Rsa => rsa?.VerifyData(content, value, HashAlgorithmName.SHA256, RSASignaturePadding.Pss) == true,
                Ecdsa => ecdsa?.VerifyData(content, value, HashAlgorithmName.SHA256) == true,
                _ => throw new InvalidDataException(
                    $"its signature is made by a method that is not known, '{signature.Method}'."),
            };
        }
        catch (CryptographicException error)
        {
            throw new InvalidDataException($"the certificate of its signature cannot be read: {error.Message}", error);
        }

        return fits
            ? hash
            : throw new InvalidDataException("its signature does not fit: it was changed after it was signed.");
    }

    private static (string Method, byte[] Value) SignBy(X509Certificate2 certificate, ReadOnlySpan<byte> content)
    {
        using RSA? rsa = certificate.GetRSAPrivateKey();
        using ECDsa? ecdsa = certificate.GetECDsaPrivateKey();
        byte[] bytes = content.ToArray();
        return rsa is not null ? (Rsa, rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss))
            : ecdsa is not null ? (Ecdsa, ecdsa.SignData(bytes, HashAlgorithmName.SHA256))
            : throw new CryptographicException(
                "The certificate has neither an RSA nor an ECDSA key, and so cannot sign.");
    }

    private static byte[] Base64(string text)
    {
        try
        {
            return Convert.FromBase64String(text);
        }
        catch (FormatException error)
        {
            throw new InvalidDataException("its signature is not in base 64.", error);
        }
    }
}
