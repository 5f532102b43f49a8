using System.Collections.Immutable;
using System.Numerics;
using BasinVolume.Autodiff.Networks;
using BasinVolume.Kernels;

namespace BasinVolume.Autodiff.Plans;

/// <summary>
/// A network compiled for a device and a precision: every buffer has its place, every pass its order. Chunks of samples are loaded into it and run through it;
/// running allocates nothing.
/// A plan computes for one caller at a time and refuses a second one; several plans may share a device, each on a thread of its own.
/// </summary>
/// <typeparam name="T">float or double.</typeparam>
/// <example>
/// <code>
/// using var processor = new HostDevice(Environment.ProcessorCount);
/// using var compiled = new Plan&lt;double&gt;(network, processor);
/// compiled.SetParameters(weights);
/// </code>
/// </example>
public sealed partial class Plan<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ChunkMemory<T> _memory;
    private readonly PlanFrame<T>[] _frames;
    private readonly int[] _adjointNodes;
    private readonly int[] _valueAdjointNodes;
    private readonly DirectionMemory<T> _directions;
    private readonly bool[] _dependent;
    private readonly Lock _state = new();
    private SumPlaces _productSums = new(0);
    private View<T> _parameters;
    private View<T>[] _adjoints;
    private View<T> _parameterAdjoints;
    private DirectionLayout<T>? _layout;
    private bool _hasParameters;
    private int _numbers;
    private bool _busy;
    private bool _disposed;

    /// <summary>Compiles a network.</summary>
    /// <param name="network">The network.</param>
    /// <param name="device">Where it runs; must outlive the plan.</param>
    /// <param name="budget">How much may be held at once; what suits the device, in half of its memory, if left out.</param>
    /// <exception cref="DeviceException">The device lacks the precision or the memory.</exception>
    public Plan(Network network, Device device, PlanBudget? budget = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(device);
        Network = network;
        Device = device;
        Budget = budget ?? PlanBudget.For<T>(network, device.Description, device.FreeMemoryBytes / 2);
        Kernels = device.Kernels<T>();
        GradientSums = new(network.ParameterCount);
        bool[] adjoints = Reach.Adjoints(network, 0);
        _dependent = Reach.Tangents(network, node => Reach.HasParameters(network, node));
        _adjointNodes = Reach.ReverseNodes(network, adjoints, 0);
        _valueAdjointNodes = [.. _adjointNodes.Where(node => network.Nodes[node].Inputs.Any(value => adjoints[value]))];
        _memory = new ChunkMemory<T>(network, device, Budget.Samples, adjoints);
        _adjoints = _memory.Adjoints;
        _directions = new DirectionMemory<T>(network, device, Budget);
        _frames = [.. Enumerable.Range(0, network.Nodes.Length).Select(node => new PlanFrame<T>(this, node))];
    }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>Where it runs.</summary>
    public Device Device { get; }

    /// <summary>How much is held at once.</summary>
    public PlanBudget Budget { get; }

    internal IKernels<T> Kernels { get; }

    /// <summary>S, samples of the chunk that is loaded.</summary>
    internal int Samples { get; private set; }

    /// <summary>Weight vectors that the forward pass runs for.</summary>
    internal int WeightVectors { get; private set; } = 1;

    /// <summary>V, directions of the block that runs.</summary>
    internal int Directions { get; private set; }

    /// <summary>Places for sums of the gradient, [n], kept for the next one: training takes many.</summary>
    internal SumPlaces GradientSums { get; }

    /// <summary>Places for sums of a block of products, kept for the next block of that size: new memory is a tenth of a small network's product.</summary>
    internal SumPlaces ProductSums(int length) => _productSums.Length == length ? _productSums : _productSums = new(length);

    internal DirectionLayout<T> AllParameters => _directions.AllParameters;

    internal DirectionLayout<T> Layout => _layout ?? throw new InvalidOperationException("No directions have been chosen.");

    /// <summary>Whether an adjoint pass has run on the loaded samples.</summary>
    internal bool HasAdjoints { get; private set; }

    internal View<int> Labels => _memory.Labels.Slice(0, WeightVectors * Samples * Network.Loss.LabelsPerSample);

    internal View<T> Targets => _memory.Targets.Slice(0, WeightVectors * Samples * Network.Loss.TargetLength);

    internal View<T> Weights => _memory.Weights.Slice(0, WeightVectors * Samples);

    /// <summary>Sets θ.</summary>
    /// <param name="parameters">All n parameters in the network's order.</param>
    /// <exception cref="NetworkException">There are not n of them.</exception>
    /// <exception cref="InvalidOperationException">The plan is computing.</exception>
    /// <exception cref="ObjectDisposedException">The plan was disposed.</exception>
    public void SetParameters(ReadOnlySpan<T> parameters)
    {
        if (parameters.Length != Network.ParameterCount)
            throw new NetworkException($"The network has {Network.ParameterCount} parameters; {parameters.Length} were given.");
        using Turn turn = Enter();
        _memory.Parameters.Write(parameters);
        _hasParameters = true;
        _numbers++;
    }

    /// <summary>A caller's turn, from the first sample that is loaded to the last number that is read; it ends with what is returned.</summary>
    /// <exception cref="InvalidOperationException">Another caller's has not ended.</exception>
    /// <exception cref="ObjectDisposedException">The plan was disposed.</exception>
    internal Turn Enter()
    {
        lock (_state)
        {
            if (_disposed)
                throw new ObjectDisposedException(nameof(Plan<>), "The plan was disposed; compile the network anew.");
            if (_busy)
            {
                throw new InvalidOperationException(
                    "The plan is computing for another caller (another thread, or what is called in the middle of a computation), "
                    + "and its memory holds one computation at a time: wait for its end, or take a second plan, on the same device if you like.");
            }

            _busy = true;
            return new(this);
        }
    }

    /// <summary>Puts weight vectors on the device, for forward passes that run for all of them.</summary>
    internal void SetWeightVectors(ReadOnlySpan<double> vectors) => _memory.WriteWeightVectors(vectors);

    /// <summary>Frees the plan's memory on the device, at the end of the computation if there is one under way. A second time does nothing.</summary>
    public void Dispose()
    {
        lock (_state)
        {
            if (_disposed)
                return;
            _disposed = true;
            if (!_busy)
                Free();
        }
    }

    /// <summary>Its network and its device, for a person.</summary>
    public override string ToString() => $"Plan on {Device}: {Network}";

    /// <summary>Puts samples on the device.</summary>
    /// <exception cref="NetworkException">A label is not one of the network's classes.</exception>
    /// <exception cref="InvalidOperationException">No parameters were set.</exception>
    internal void Load(ISamples samples, int first, int count)
    {
        _memory.Load(samples, first, count, copies: 1);
        if (!_hasParameters)
            throw new InvalidOperationException("The plan has no parameters yet, so there is nothing to compute at; give it some by SetParameters.");
        (Samples, WeightVectors, _parameters) = (count, 1, _memory.Parameters);
    }

    /// <summary>
    /// Puts samples on the device for forward passes that run for the first <paramref name="vectors"/> weight vectors at once;
    /// together they are at most the budget's samples.
    /// </summary>
    /// <exception cref="NetworkException">A label is not one of the network's classes.</exception>
    internal void LoadForWeightVectors(ISamples samples, int first, int count, int vectors)
    {
        _memory.Load(samples, first, count, vectors);
        (Samples, WeightVectors, _parameters) = (count, vectors, _memory.WeightVectors);
    }

    internal void Forward() => Forward(0, _frames.Length);

    /// <summary>The forward pass from one node to the one before another; what nodes before gave is in place.</summary>
    internal void Forward(int first, int end)
    {
        HasAdjoints = false;
        for (int n = first; n < end; n++)
            Network.Nodes[n].Operator.Forward(_frames[n]);
    }

    /// <summary>Puts other constants in the place of a node's, such as statistics that were not known when the plan was made.</summary>
    internal void WriteConstants(int node, ImmutableArray<double> constants)
    {
        _memory.Constants[node].Write([.. constants.Select(T.CreateTruncating)]);
        _numbers++;
    }

    /// <summary>The adjoint pass, with the gradient, and with adjoints that stay for directions.</summary>
    internal void Adjoint()
    {
        RunAdjoints(_adjointNodes, _memory.Adjoints, _memory.ParameterAdjoints);
        AddTiedAdjoints();
        HasAdjoints = true;
    }

    /// <summary>The adjoint pass for the gradient alone: no adjoint is there after it.</summary>
    internal void AdjointOfParameters()
    {
        HasAdjoints = false;
        RunAdjoints(_adjointNodes, _memory.PassingAdjoints, _memory.ParameterAdjoints);
        AddTiedAdjoints();
    }

    /// <summary>The adjoint pass for the values' adjoints alone, which are all that directions need: a third of its products is for the gradient.</summary>
    internal void AdjointOfValues()
    {
        RunAdjoints(_valueAdjointNodes, _memory.Adjoints, default);
        HasAdjoints = true;
    }

    internal DirectionLayout<T> Inside(Parameter parameter) => _directions.Inside(parameter);

    /// <summary>A layout for directions inside a tensor whose products are wanted from the rows of node <paramref name="firstNode"/> on.</summary>
    internal DirectionLayout<T> Inside(Parameter parameter, int firstNode) => _directions.Inside(parameter, firstNode);

    /// <summary>Puts directions over all parameters, [V, n], on the device.</summary>
    internal void WriteDirections(ReadOnlyMemory<double> directions) => _directions.WriteDense(directions);

    /// <summary>The product of the Hessian with directions that were written before; it is left in the result of <see cref="AllParameters"/>.</summary>
    internal void MultiplyDense(int directions)
    {
        (_layout, Directions) = (AllParameters, directions);
        RunPasses(Layout.TangentNodes);
    }

    /// <summary>
    /// The Hessian's columns <paramref name="first"/> … of a tensor, in the rows of a layout for that tensor; they are left in the layout's result.
    /// </summary>
    internal void MultiplyOneHot(DirectionLayout<T> layout, Parameter parameter, int first, int directions)
    {
        (_layout, Directions) = (layout, directions);
        StartOneHot(parameter, first);
        RunPasses(Layout.TangentNodes.AsSpan(1));
    }

    /// <summary>A layout for directions in the output of a node that multiplies its input by a matrix of parameters.</summary>
    internal DirectionLayout<T> Outputs(int node) => _directions.Outputs(node);

    /// <summary>Workspace for weighted Gram matrices.</summary>
    internal View<T> Grams => _directions.Grams;

    /// <summary>Workspace for what weighted Gram matrices of a node that multiplies its input are made of.</summary>
    internal GramWorkspace<T> GramWorkspace(int node) => _directions.GramWorkspace(node);

    /// <summary>
    /// M[v, s, ·] for directions first + v: rows of the second derivative of each sample's weighted loss in the output of a node.
    /// They are left as the tangent-adjoints of that output.
    /// </summary>
    internal void DifferentiateTwice(int node, int first, int directions)
    {
        (_layout, Directions) = (Outputs(node), directions);
        int outputs = Network.Nodes[node].Operator.Output.Size;
        _directions.WriteOneHot(Layout, outputs, first, directions);
        View<T> tangent = Tangent(node + 1);
        Kernels.Fill(tangent.Length, T.Zero, tangent);
        Kernels.AddBias(directions, Samples, outputs, 1, new(Layout.Directions, outputs), tangent);
        RunPasses(Layout.TangentNodes.AsSpan(1));
    }

    /// <summary>Weight vectors that a value is there for: all of them if it depends on weights.</summary>
    internal int WeightVectorsOf(int value) => _dependent[value] ? WeightVectors : 1;

    internal View<T> Value(int value) => _memory.Values[value].Slice(0, WeightVectorsOf(value) * Samples * Network.Values[value].Size);

    internal View<T> Adjoint(int value) => PartOf(_adjoints[value], Samples * Network.Values[value].Size);

    internal View<T> Tangent(int value) => PartOf(Layout.Tangents[value], Directions * Samples * Network.Values[value].Size);

    internal View<T> TangentAdjoint(int value) => PartOf(Layout.TangentAdjoints[value], Directions * Samples * Network.Values[value].Size);

    internal View<T> Saved(int node) => _memory.Saved[node].Slice(0, (int)(WeightVectorsOf(node + 1) * Samples * Network.Nodes[node].Operator.SavedLength));

    internal View<int> SavedIndices(int node)
        => _memory.SavedIndices[node].Slice(0, (int)(WeightVectorsOf(node + 1) * Samples * Network.Nodes[node].Operator.SavedIndices));

    internal View<T> Constants(int node) => _memory.Constants[node];

    internal View<int> FixedIndices(int node) => _memory.FixedIndices[node];

    internal View<T> Parameter(Parameter parameter) => _memory.Parameters.Slice(parameter.Offset, parameter.Size);

    internal Batch<T> ParameterOfVectors(Parameter parameter)
        => new(_parameters.Slice(parameter.Offset, _parameters.Length - parameter.Offset), Network.ParameterCount);

    internal View<T> ParameterAdjoint(Parameter parameter) => PartOf(_parameterAdjoints, parameter.Offset, parameter.Size);

    /// <summary>Where the gradient in a tensor goes that is taken a second time, before it is added to the tensor's.</summary>
    internal View<T> TiedAdjoint(int use) => _parameterAdjoints.IsEmpty ? default : _memory.TiedAdjoints[use];

    /// <summary>Σ ω ℓ over the loaded samples, added in double.</summary>
    internal double ReadLoss() => _memory.ReadLoss(Samples);

    /// <summary>Adds ω ℓ of the loaded samples, one after the other, to the loss of each weight vector.</summary>
    internal void AddLosses(Span<double> losses) => _memory.AddLosses(Samples, losses);

    /// <summary>Writes or adds the gradient over the loaded samples.</summary>
    internal void ReadGradient(Memory<double> gradient, bool accumulate) => _memory.ReadGradient(gradient, accumulate);

    /// <summary>How many rows of the loaded samples are answered as their label says.</summary>
    /// <param name="places">Rows of a sample: how many labels it has.</param>
    internal int ReadCorrect(int places) => _memory.ReadCorrect(Samples, places);

    private void Leave()
    {
        lock (_state)
        {
            _busy = false;
            if (_disposed)
                Free();
        }
    }

    private void Free()
    {
        foreach (Plan<T> lane in _lanes.Skip(1))
            lane.Free();
        _memory.Dispose();
        _directions.Dispose();
    }

    private static View<T> PartOf(View<T> place, int length) => PartOf(place, 0, length);

    private static View<T> PartOf(View<T> place, int start, int length) => place.IsEmpty ? default : place.Slice(start, length);

    // adjoints: their places; parameterAdjoints: where the gradient goes; empty if it is not wanted.
    private void RunAdjoints(int[] nodes, View<T>[] adjoints, View<T> parameterAdjoints)
    {
        (_adjoints, _parameterAdjoints) = (adjoints, parameterAdjoints);
        foreach (int n in nodes)
            Network.Nodes[n].Operator.Adjoint(_frames[n]);
    }

    private void AddTiedAdjoints()
    {
        for (int use = 0; use < Network.TiedUses.Length; use++)
        {
            Parameter tensor = Network.TiedUses[use].Parameter;
            Kernels.Copy(1, tensor.Size, Batch<T>.Shared(TiedAdjoint(use)), Batch<T>.Shared(ParameterAdjoint(tensor)), accumulate: true);
        }
    }

    private void StartOneHot(Parameter parameter, int first)
    {
        if (!Layout.CopiesInput)
        {
            _directions.WriteOneHot(Layout, parameter.Size, first, Directions);
            Network.Nodes[parameter.Node].Operator.Tangent(_frames[parameter.Node]);
            return;
        }

        Node node = Network.Nodes[parameter.Node];
        int outputs = node.Operator.Output.Size;
        View<int> sources = _directions.WriteCopiedInputs(node.Operator, parameter.Number, first, Directions);
        var shape = new GatherShape(Directions, Samples, node.Operator.Inputs[0].Size, outputs, IndexEntryStride: outputs, IndexRowStride: 0);
        Kernels.Gather(shape, sources, Batch<T>.Shared(Value(node.Inputs[0])), Tangent(parameter.Node + 1));
    }

    private void RunPasses(ReadOnlySpan<int> tangentNodes)
    {
        foreach (int n in tangentNodes)
            Network.Nodes[n].Operator.Tangent(_frames[n]);
        foreach (int n in Layout.TangentAdjointNodes)
            Network.Nodes[n].Operator.TangentAdjoint(_frames[n]);
        for (int use = 0; use < Network.TiedUses.Length; use++)
        {
            // A tensor that belongs before the first row has no rows in the result.
            Parameter tensor = Network.TiedUses[use].Parameter;
            if (tensor.Offset >= Layout.FirstRow)
                Kernels.Copy(Directions, tensor.Size, Layout.TiedTangentAdjoint(use), Layout.ParameterTangentAdjoint(tensor), accumulate: true);
        }
    }

    /// <summary>The time that a plan computes for one caller.</summary>
    internal readonly struct Turn(Plan<T> plan) : IDisposable
    {
        /// <summary>Ends it.</summary>
        public void Dispose() => plan.Leave();
    }
}
