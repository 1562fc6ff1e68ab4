namespace LogAnomaly.Detection;

/// <summary>Whether a command gives its user a shell.</summary>
internal enum ShellAccess
{
    /// <summary>It does not.</summary>
    None = 0,

    /// <summary>It can: an editor, a pager, an interpreter.</summary>
    Possible,

    /// <summary>It is a shell, or its arguments start one.</summary>
    Shell,
}
