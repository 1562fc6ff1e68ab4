namespace LogAnomaly.Features;

/// <summary>Where the terms of a row come from.</summary>
public enum TermSource
{
    /// <summary>The words of the messages.</summary>
    Message = 0,

    /// <summary>The words of the templates: those that do not vary.</summary>
    Template,
}
