namespace LogAnomaly.Templates;

/// <summary>What the form of a word tells of whether it varies.</summary>
[Flags]
internal enum WordKinds
{
    /// <summary>A word of letters.</summary>
    None = 0,

    /// <summary>It holds a <see cref="Templates.Mark"/>.</summary>
    Mark = 1,

    /// <summary>It holds a digit, as <c>eth0</c>.</summary>
    Digit = 2,

    /// <summary>
    /// It has capitals only, as <c>GET</c>, <c>FAIL_CLEANUP</c> or <c>AH00558</c>, or tells what was done, as
    /// <c>started</c>: it names what is said.
    /// </summary>
    Keyword = 4,

    /// <summary>It is put together, as <c>org.example.Server</c> or <c>HttpServer</c>.</summary>
    Name = 8,

    /// <summary>It is a value of its own that words of a language are not: true, false, null and such.</summary>
    Constant = 16,
}
