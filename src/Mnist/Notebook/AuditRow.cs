namespace BasinVolume.Mnist.Notebook;

/// <summary>One line of the notebook under audit.</summary>
/// <param name="Line">Its number, from 1.</param>
/// <param name="Topic">What the notebook does there.</param>
/// <param name="Printed">What it printed, as far as that is on record.</param>
/// <param name="Here">What its way gives in this run.</param>
/// <param name="Right">What is right, with this run's number.</param>
/// <param name="Nats">
/// What its log volume has to be changed by to be right in this respect alone, in nats; null where the line changes no volume, or where there is none.
/// </param>
public sealed record AuditRow(int Line, string Topic, string Printed, string Here, string Right, double? Nats);
