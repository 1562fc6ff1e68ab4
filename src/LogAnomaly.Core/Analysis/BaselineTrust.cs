namespace LogAnomaly.Analysis;

/// <summary>How far it is known that a baseline is as it was made.</summary>
public enum BaselineTrust
{
    /// <summary>It was made in this session.</summary>
    Own,

    /// <summary>It bears no signature.</summary>
    Unsigned,

    /// <summary>It bears a signature that no key was given for.</summary>
    Unchecked,

    /// <summary>
    /// It agrees with the certificate that it bears, but nothing says that this is the right certificate.
    /// </summary>
    Intact,

    /// <summary>Its signature agrees with the key or certificate that was asked for.</summary>
    Verified,
}
