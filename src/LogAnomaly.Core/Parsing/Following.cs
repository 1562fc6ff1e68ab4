namespace LogAnomaly.Parsing;

/// <summary>What follows the beginning of a known message.</summary>
internal enum Following
{
    /// <summary>Text that no field takes.</summary>
    Text = 0,

    /// <summary>A unit of systemd, or its description.</summary>
    Unit,

    /// <summary>Why, in the words of the program.</summary>
    Reason,

    /// <summary>A process id, and a name in parentheses.</summary>
    Process,

    /// <summary>A program or module, up to a space.</summary>
    Command,

    /// <summary>A network interface, up to a space.</summary>
    Interface,

    /// <summary>A package with its version.</summary>
    Package,

    /// <summary>The address that the event comes from.</summary>
    Source,

    /// <summary>The address that the event goes to.</summary>
    Destination,
}
