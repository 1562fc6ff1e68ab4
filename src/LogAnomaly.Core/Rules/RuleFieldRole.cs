namespace LogAnomaly.Rules;

/// <summary>How a field that only rules have is made of others.</summary>
internal enum RuleFieldRole
{
    /// <summary>It is no such field.</summary>
    None = 0,

    /// <summary>SourceIP, else SourceHost.</summary>
    Source,

    /// <summary>TargetUser, else UserName.</summary>
    Account,

    /// <summary>The URL, decoded.</summary>
    UrlDecoded,

    /// <summary>What follows the last dot of the URL's path.</summary>
    UrlExtension,

    /// <summary>The program file that was run.</summary>
    Image,
}
