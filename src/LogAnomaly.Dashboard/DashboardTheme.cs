namespace LogAnomaly.Dashboard;

/// <summary>The colours that the page opens with; its reader can change them.</summary>
public enum DashboardTheme
{
    /// <summary>Those of the reader's system.</summary>
    Auto = 0,

    /// <summary>Dark text on a light ground.</summary>
    Light,

    /// <summary>Light text on a dark ground.</summary>
    Dark,
}
