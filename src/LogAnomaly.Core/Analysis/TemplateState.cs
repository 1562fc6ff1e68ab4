namespace LogAnomaly.Analysis;

/// <summary>What became of a template from one input to another.</summary>
public enum TemplateState
{
    /// <summary>Only the newer input has it.</summary>
    New = 0,

    /// <summary>Only the older input has it.</summary>
    Gone,

    /// <summary>Its share differs by more than chance explains.</summary>
    Changed,

    /// <summary>Its share does not differ by more than chance may explain.</summary>
    Same,
}
