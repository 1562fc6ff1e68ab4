namespace LogAnomaly.Rules;

/// <summary>A part of a time, in the zone that the log was written in.</summary>
internal enum TimePart
{
    /// <summary>Minute of the hour, 0 to 59.</summary>
    Minute,

    /// <summary>Hour of the day, 0 to 23.</summary>
    Hour,

    /// <summary>Day of the month, from 1.</summary>
    Day,

    /// <summary>Week of the year in ISO 8601, from 1.</summary>
    Week,

    /// <summary>Month of the year, from 1.</summary>
    Month,

    /// <summary>Year.</summary>
    Year,
}
