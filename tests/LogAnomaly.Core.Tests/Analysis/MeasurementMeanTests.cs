using LogAnomaly.Analysis;

namespace LogAnomaly.Tests.Analysis;

public sealed class MeasurementMeanTests
{
    [Fact]
    public void Numbers_are_means_and_spreads_standard_deviations()
    {
        DetectorMeasurement mean = MeasurementMean.Of([Run(0.9, 0.8), Run(0.7, null), Run(0.8, 0.6)]);
        Assert.Equal(3, mean.Runs);
        Assert.Equal(0.8, mean.F1, 12);
        Assert.Equal(0.1, mean.F1Spread, 12);
        Assert.Equal(0.7, mean.RocAuc!.Value, 12);
        Assert.Equal(Math.Sqrt(0.02), mean.RocAucSpread!.Value, 12);
        Assert.Null(mean.Incidents);
    }

    [Fact]
    public void A_single_run_stays_as_it_is()
    {
        DetectorMeasurement run = Run(0.9, 0.8);
        Assert.Same(run, MeasurementMean.Of([run]));
    }

    private static DetectorMeasurement Run(double f1, double? roc) =>
        new() { Detector = "x", Unit = "Session", F1 = f1, RocAuc = roc };
}
