using System.Management.Automation;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LogAnomaly.Analysis;

namespace LogAnomaly.PowerShell;

/// <summary>A cmdlet that signs baselines or checks their signature.</summary>
public abstract class BaselineKeyCommand : PSCmdlet, IDisposable
{
    /// <summary>Secret key of an HMAC-SHA256, as text.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? Key { get; set; }

    /// <summary>File with the secret key; one line end at its end does not count.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? KeyPath { get; set; }

    /// <summary>Certificate with an RSA or ECDSA key, such as Get-PfxCertificate gives it.</summary>
    [Parameter]
    [ValidateNotNull]
    public X509Certificate2? Certificate { get; set; }

    /// <summary>The key that the parameters name, or null.</summary>
    private protected BaselineKey? BaselineKey { get; private set; }

    /// <summary>Forgets the key.</summary>
    public void Dispose()
    {
        BaselineKey?.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// Reads the key that the parameters name. The command ends where that fails: without it, it would not do what was
    /// asked for.
    /// </summary>
    /// <param name="thumbprint">Thumbprint of the certificate that is asked for, or null.</param>
    private protected void ReadKey(string? thumbprint = null)
    {
        object?[] given = [Key, KeyPath, Certificate, thumbprint];
        if (given.Count(value => value is not null) > 1)
        {
            ThrowTerminatingError(Errors.KeysExclude());
        }

        try
        {
            string? path = KeyPath is null ? null : FileArguments.Resolve(this, KeyPath);
            BaselineKey = (Key, path, Certificate, thumbprint) switch
            {
                ({ } text, _, _, _) => OfText(text),
                (_, { } file, _, _) => BaselineKey.OfFile(file),
                (_, _, { } certificate, _) => BaselineKey.OfCertificate(certificate),
                (_, _, _, { } digits) => BaselineKey.OfThumbprint(digits),
                _ => null,
            };
        }
        catch (Exception error) when (error is ArgumentException or IOException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(Errors.BadKey(error, KeyPath ?? thumbprint ?? "Key"));
        }
    }

    private static BaselineKey OfText(SecureString text)
    {
        IntPtr copy = Marshal.SecureStringToGlobalAllocUnicode(text);
        char[] characters = new char[text.Length];
        byte[] bytes = [];
        try
        {
            Marshal.Copy(copy, characters, 0, characters.Length);
            bytes = Encoding.UTF8.GetBytes(characters);
            return BaselineKey.OfBytes(bytes);
        }
        finally
        {
            Marshal.ZeroFreeGlobalAllocUnicode(copy);
            Array.Clear(characters);
            CryptographicOperations.ZeroMemory(bytes);
        }
    }
}
