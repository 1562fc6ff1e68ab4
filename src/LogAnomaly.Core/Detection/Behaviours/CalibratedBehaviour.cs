namespace LogAnomaly.Detection.Behaviours;

/// <summary>A behaviour whose probabilities are calibrated by how they fell out before.</summary>
internal abstract class CalibratedBehaviour : Behaviour
{
    /// <inheritdoc/>
    public override long Judgements => Calibrations.Sum(calibration => calibration.Judgements);

    /// <summary>What calibrates its probabilities.</summary>
    protected abstract IEnumerable<Calibration> Calibrations { get; }

    /// <summary>Counts judgements from here on, as after a learning period.</summary>
    public virtual void Restart()
    {
        foreach (Calibration calibration in Calibrations)
        {
            calibration.Restart();
        }
    }
}
