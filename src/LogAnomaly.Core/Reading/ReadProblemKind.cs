namespace LogAnomaly.Reading;

/// <summary>What can go wrong with a source.</summary>
public enum ReadProblemKind
{
    /// <summary>There is no such file.</summary>
    NotFound,

    /// <summary>The path is a directory.</summary>
    IsDirectory,

    /// <summary>The file may not be read.</summary>
    AccessDenied,

    /// <summary>The content is compressed or coded in a way that is not read.</summary>
    NotSupported,

    /// <summary>Reading ended early; what was read before stands.</summary>
    EndedEarly,

    /// <summary>Some lines are not of the file's format; they are events of kind Unparsed. A warning.</summary>
    UnparsedLines,

    /// <summary>The checkpoint that keeps how far files were read cannot be used or written.</summary>
    Checkpoint,
}
