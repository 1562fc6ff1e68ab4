namespace LogAnomaly.Benchmarks;

/// <summary>What is measured.</summary>
internal enum Stage
{
    /// <summary>Count newlines: the bound that nothing beats.</summary>
    Newlines,

    /// <summary>File to lines.</summary>
    Read,

    /// <summary>File to counts; of an access log without events.</summary>
    Count,

    /// <summary>File to events, each dropped at once.</summary>
    Parse,

    /// <summary>File to events, of each the message as a string.</summary>
    ParseMessage,

    /// <summary>File to a measurement: rates, spikes, logins, top and rare values.</summary>
    Stats,

    /// <summary>File to groups by source.</summary>
    StatsBySource,

    /// <summary>File to findings.</summary>
    Analyse,

    /// <summary>
    /// File to events, each put to the matcher of the built-in rules; against <see cref="Parse"/> it tells what
    /// matching takes.
    /// </summary>
    Match,

    /// <summary>File to the findings of all built-in rules, without the learned detectors.</summary>
    Rules,

    /// <summary>File to events with their templates.</summary>
    Mine,

    /// <summary>
    /// File to what the detectors of behaviour find; against <see cref="Mine"/> it tells what they take.
    /// </summary>
    Behaviours,

    /// <summary>Findings to the page, without the time to find them.</summary>
    Page,

    /// <summary>gzip to bytes by zcat, for comparison.</summary>
    Zcat,

    /// <summary>gzip to bytes, read in pieces of 256 KiB.</summary>
    Gunzip,

    /// <summary>gzip to events, each dropped at once.</summary>
    ParseGzip,

    /// <summary>Events to templates by a miner that knows their messages; the events are read before.</summary>
    Templates,

    /// <summary>
    /// Events to templates by a new miner, until the templates are settled; the events are read before.
    /// </summary>
    TemplatesCold,

    /// <summary>Events to the counts of the page; the events are read, and their templates mined, before.</summary>
    Cube,

    /// <summary>
    /// Events to the counts of the page and these to their tables; against <see cref="Cube"/> it tells what the tables
    /// take.
    /// </summary>
    CubeTables,

    /// <summary>
    /// File to the findings of all built-in rules, where a million sources have one hit each; on a log of its own.
    /// </summary>
    RulesMillionSources,
}
