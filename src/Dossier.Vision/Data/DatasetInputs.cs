using Dossier.Protocol;

namespace Dossier.Vision.Data;

/// <summary>A part of a data set as a dataset of the record: digest, source, schema and counts, in the forms that MLflow's own datasets have.</summary>
public static class DatasetInputs
{
    /// <summary>Describes one part.</summary>
    /// <param name="splits">The parts.</param>
    /// <param name="part"><c>train</c>, <c>validation</c> or <c>test</c>.</param>
    public static Dataset Describe(Splits splits, string part) => throw new NotImplementedException();
}
