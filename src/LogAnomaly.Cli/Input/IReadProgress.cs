namespace LogAnomaly.Cli.Input;

/// <summary>Is told how far the reading is.</summary>
internal interface IReadProgress
{
    /// <summary>An event has been read.</summary>
    /// <param name="ledger">The account so far.</param>
    void Step(ParseLedger ledger);
}
