namespace LogAnomaly.PowerShell;

/// <summary>The formats of Apache logs.</summary>
public enum ApacheLogFormat
{
    /// <summary>Found out for each file.</summary>
    Auto = 0,

    /// <summary>The error log of Apache 2.2 or 2.4.</summary>
    Error,

    /// <summary>The access log of Apache or nginx: common, combined or vhost_combined.</summary>
    Access,
}
