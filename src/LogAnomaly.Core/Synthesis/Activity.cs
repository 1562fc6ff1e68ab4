namespace LogAnomaly.Synthesis;

/// <summary>Something normal that comes again and again: a visit, a cron job, a restart.</summary>
/// <param name="Next">Gives the local ticks of the next time after the given ones.</param>
/// <param name="Play">Adds the lines of one time, which begins at the given local ticks; none may be earlier.</param>
internal sealed record Activity(Func<long, long> Next, Action<long> Play);
