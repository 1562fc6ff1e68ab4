using System.Management.Automation;
using System.Text;
using LogAnomaly.Reading;

namespace LogAnomaly.PowerShell;

/// <summary>Turns names of encodings into encodings.</summary>
internal static class EncodingArguments
{
    /// <summary>An encoding that a user names; an unknown name ends the command.</summary>
    /// <param name="command">The cmdlet, for its error.</param>
    /// <param name="name">The name, or null.</param>
    /// <returns>The encoding, or null to find it out.</returns>
    public static Encoding? Parse(PSCmdlet command, string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (!LogEncodings.TryGet(name, out Encoding? encoding))
        {
            command.ThrowTerminatingError(Errors.UnknownEncoding(name));
        }

        return encoding;
    }
}
