namespace LogAnomaly.Benchmarks;

/// <summary>One measured run, the best of several in one process.</summary>
/// <param name="Lines">Lines of the input.</param>
/// <param name="Bytes">Bytes of the input.</param>
/// <param name="Seconds">Wall time of the best run.</param>
/// <param name="Allocated">Bytes allocated in that run.</param>
/// <param name="PeakBytes">Peak resident memory of the process.</param>
/// <param name="ProcessorSeconds">Least time that a run took of all processors, which says more than wall time where
/// others work beside it.</param>
internal sealed record Measurement(
    long Lines, long Bytes, double Seconds, long Allocated, long PeakBytes, double ProcessorSeconds);
