namespace LogAnomaly.Sigma.Detection;

/// <summary>Where in a field a value is expected.</summary>
internal enum ValueShape
{
    /// <summary>It is the whole field.</summary>
    Whole,

    /// <summary>Anywhere in it.</summary>
    Contains,

    /// <summary>At its beginning.</summary>
    StartsWith,

    /// <summary>At its end.</summary>
    EndsWith,
}
