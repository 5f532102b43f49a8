using BasinVolume.Autodiff.Networks;

namespace BasinVolume.Autodiff.Tests.Identities;

/// <summary>What is wrong with an operator.</summary>
public enum Fault
{
    /// <summary>The tangents of the output have the wrong sign.</summary>
    TangentSign,

    /// <summary>The tangents of the output are a hundredth too large.</summary>
    TangentScale,

    /// <summary>The tangent-adjoints of the output are a hundredth too large.</summary>
    TangentAdjointScale,

    /// <summary>The tangents are taken from other winners than the values.</summary>
    OtherWinners,

    /// <summary>The adjoints of the output are a hundredth too large.</summary>
    AdjointScale,
}

/// <summary>An operator as it is, except for one fault.</summary>
internal sealed record FaultyOperator(Operator Inner, Fault Fault) : Operator
{
    public override string Description => $"Faulty {Inner.Description}";

    public override IReadOnlyList<Shape> Inputs => Inner.Inputs;

    public override Shape Output => Inner.Output;

    public override IReadOnlyList<ParameterTensor> Parameters => Inner.Parameters;

    public override long SavedLength => Inner.SavedLength;

    public override long SavedIndices => Inner.SavedIndices;

    public override bool IsPiecewiseLinear => Inner.IsPiecewiseLinear;

    public override bool HasEdges => Inner.HasEdges;

    public override bool IsPositivelyHomogeneous => Inner.IsPositivelyHomogeneous;

    public override int? BilinearParameter => Inner.BilinearParameter;

    public override void Forward<T>(Frame<T> at) => Inner.Forward(at);

    public override void Adjoint<T>(Frame<T> at)
    {
        if (Fault == Fault.AdjointScale)
            at.Kernels.Scale(at.OutputAdjoint.Length, Slightly<T>(), at.OutputAdjoint);
        Inner.Adjoint(at);
    }

    public override void Tangent<T>(Frame<T> at)
    {
        int[] winners = ReadWinners(at);
        if (Fault == Fault.OtherWinners)
            at.SavedIndices.Write(Array.ConvertAll(winners, winner => winner + 1));
        Inner.Tangent(at);
        at.SavedIndices.Write(winners);
        if (Fault == Fault.TangentSign)
            at.Kernels.Scale(at.OutputTangent.Length, -T.One, at.OutputTangent);
        if (Fault == Fault.TangentScale)
            at.Kernels.Scale(at.OutputTangent.Length, Slightly<T>(), at.OutputTangent);
    }

    public override void TangentAdjoint<T>(Frame<T> at)
    {
        if (Fault == Fault.TangentAdjointScale)
            at.Kernels.Scale(at.OutputTangentAdjoint.Length, Slightly<T>(), at.OutputTangentAdjoint);
        Inner.TangentAdjoint(at);
    }

    private static T Slightly<T>()
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
        => T.CreateTruncating(1.01);

    private int[] ReadWinners<T>(Frame<T> at)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var winners = new int[SavedIndices == 0 ? 0 : at.SavedIndices.Length];
        at.SavedIndices.Read(winners);
        return winners;
    }
}
