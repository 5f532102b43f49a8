using Mono.Cecil;
using Mono.Cecil.Cil;

namespace BasinVolume.Architecture.Tests;

/// <summary>
/// Which folders of a project refer to which, from its compiled assembly: a folder is a namespace, and a reference whatever stands in signatures, fields,
/// attributes or code.
/// </summary>
internal sealed class FolderGraph
{
    private readonly ModuleDefinition _module;
    private readonly SortedDictionary<string, SortedSet<string>> _targets = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _reasons = new(StringComparer.Ordinal);

    public FolderGraph(ModuleDefinition module)
    {
        _module = module;
        foreach (TypeDefinition type in module.GetTypes().Where(type => Outermost(type).Namespace.Length > 0))
            Read(type);
    }

    /// <summary>
    /// The knots: sets of folders each of which is reached from each other one, by names without the project's, "." for the project's own folder.
    /// </summary>
    public string[] Knots()
    {
        string[] folders = [.. _targets.Keys];
        Dictionary<string, HashSet<string>> reached = folders.ToDictionary(folder => folder, Reached);
        return
        [
            .. folders
                .Select(folder => folders.Where(other => reached[folder].Contains(other) && reached[other].Contains(folder)).ToArray())
                .Where(knot => knot.Length > 1)
                .Select(knot => string.Join(' ', knot))
                .Distinct(),
        ];
    }

    /// <summary>The arrows within a knot, each with a type that it leads to.</summary>
    public IEnumerable<string> Arrows(string knot)
    {
        string[] folders = knot.Split(' ');
        return from folder in folders
               from target in _targets[folder]
               where folders.Contains(target)
               select $"{folder} -> {target} ({_reasons[$"{folder} {target}"]})";
    }

    private HashSet<string> Reached(string from)
    {
        HashSet<string> reached = [];
        Stack<string> open = new([from]);
        while (open.TryPop(out string? folder))
        {
            foreach (string target in _targets.GetValueOrDefault(folder) ?? [])
            {
                if (reached.Add(target))
                    open.Push(target);
            }
        }

        return reached;
    }

    private void Read(TypeDefinition type)
    {
        string from = FolderOf(type);
        void Add(TypeReference? reference) => Refer(from, reference);
        Add(type.BaseType);
        foreach (InterfaceImplementation implemented in type.Interfaces)
            Add(implemented.InterfaceType);
        foreach (FieldDefinition field in type.Fields)
            Add(field.FieldType);
        foreach (CustomAttribute attribute in type.CustomAttributes)
            Add(attribute.AttributeType);
        foreach (MethodDefinition method in type.Methods)
            Read(method, Add);
    }

    private static void Read(MethodDefinition method, Action<TypeReference?> add)
    {
        add(method.ReturnType);
        foreach (ParameterDefinition parameter in method.Parameters)
            add(parameter.ParameterType);
        foreach (
            TypeReference constraint in method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType))
            add(constraint);
        if (!method.HasBody)
            return;
        foreach (VariableDefinition variable in method.Body.Variables)
            add(variable.VariableType);
        foreach (Instruction instruction in method.Body.Instructions)
        {
            switch (instruction.Operand)
            {
                case TypeReference reference:
                    add(reference);
                    break;
                case FieldReference field:
                    add(field.DeclaringType);
                    add(field.FieldType);
                    break;
                case MethodReference called:
                    add(called.DeclaringType);
                    foreach (TypeReference argument in (called as GenericInstanceMethod)?.GenericArguments ?? [])
                        add(argument);
                    break;
                default:
                    break;
            }
        }
    }

    private void Refer(string from, TypeReference? reference)
    {
        switch (reference)
        {
            case null or GenericParameter:
                return;
            case GenericInstanceType generic:
                foreach (TypeReference argument in generic.GenericArguments)
                    Refer(from, argument);
                break;
            default:
                break;
        }

        if (reference is TypeSpecification specification)
        {
            Refer(from, specification.ElementType);
            return;
        }

        // What the compiler makes for collection expressions and tables belongs to no folder.
        if (reference.Scope != _module || IsGenerated(reference))
            return;
        string to = FolderOf(reference);
        if (!_targets.TryGetValue(from, out SortedSet<string>? targets))
            _targets.Add(from, targets = new(StringComparer.Ordinal));
        if (to != from && targets.Add(to))
            _reasons.Add($"{from} {to}", reference.Name);
    }

    private static bool IsGenerated(TypeReference type) => Outermost(type) is { Namespace: "" };

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private string FolderOf(TypeReference type)
    {
        type = Outermost(type);
        string project = _module.Assembly.Name.Name;
        return type.Namespace.Length > project.Length ? type.Namespace[(project.Length + 1)..] : ".";
    }
}
