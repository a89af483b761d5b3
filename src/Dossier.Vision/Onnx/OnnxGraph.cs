namespace Dossier.Vision.Onnx;

/// <summary>A graph while it is put together: nodes in the order in which they run, and constants.</summary>
internal sealed class OnnxGraph(string name)
{
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<OnnxTensor> _constants = [];

    /// <summary>The graph's name.</summary>
    public string Name { get; } = name;

    /// <summary>onnx's NodeProto messages.</summary>
    public IReadOnlyList<ProtoMessage> Nodes => _nodes;

    /// <summary>The constants.</summary>
    public IReadOnlyList<OnnxTensor> Constants => _constants;

    /// <summary>Adds a node with one output.</summary>
    /// <param name="type">The operator.</param>
    /// <param name="output">The output's name, which is the node's too.</param>
    /// <param name="inputs">Names of outputs, constants or the graph's input.</param>
    /// <param name="attributes">The operator's attributes.</param>
    /// <returns>The output's name.</returns>
    public string Add(string type, string output, IReadOnlyList<string> inputs, params IReadOnlyList<OnnxAttribute> attributes)
    {
        _nodes.Add(new ProtoMessage()
            .Repeat(inputs, (node, input) => node.Text(1, input))
            .Text(2, output)
            .Text(3, output)
            .Text(4, type)
            .Repeat(attributes, (node, attribute) => node.Message(5, attribute.ToMessage())));
        return output;
    }

    /// <summary>Adds a constant.</summary>
    /// <returns>Its name.</returns>
    public string Add(OnnxTensor constant)
    {
        _constants.Add(constant);
        return constant.Name;
    }
}

/// <summary>An attribute of a node: onnx's AttributeProto with a float, an integer or integers.</summary>
internal sealed record OnnxAttribute(string Name, object Value)
{
    private const int FloatType = 1;
    private const int IntType = 2;
    private const int IntsType = 7;

    /// <summary>The attribute of Transpose.</summary>
    public static OnnxAttribute Order(params int[] axes) => new("perm", axes);

    public ProtoMessage ToMessage()
    {
        var message = new ProtoMessage().Text(1, Name);
        return Value switch
        {
            float number => message.Float(2, number).Int(20, FloatType),
            int number => message.Int(3, number).Int(20, IntType),
            int[] numbers => message.Repeat(numbers, (list, number) => list.Int(8, number)).Int(20, IntsType),
            _ => throw new ArgumentException($"No attribute is a {Value.GetType()}."),
        };
    }
}
