namespace LogAnomaly.Synthesis;

/// <summary>What to do where a file to be written already exists.</summary>
public enum ExistingFile
{
    /// <summary>Write nothing and throw an <see cref="IOException"/>.</summary>
    Refuse = 0,

    /// <summary>Put the new file in place of the old one.</summary>
    Replace,
}
