using Google.Protobuf;

namespace Dossier.Vision.Inference;

/// <summary>
/// Reads an ONNX file before ONNX Runtime does and refuses what a classifier never needs and an attacker might: weights in files elsewhere, operators of
/// unknown origin, graphs in graphs, functions. Weights are passed over, not read. (A graph may still ask for more time or memory than there is.)
/// </summary>
/// <remarks>Tags are field number · 8 + 2 for messages and strings, from onnx's <c>onnx.proto</c>.</remarks>
internal sealed class GraphGuard
{
    private const uint ModelGraph = (7 << 3) | 2;
    private const uint ModelFunction = (25 << 3) | 2;
    private const uint GraphNode = (1 << 3) | 2;
    private const uint GraphConstant = (5 << 3) | 2;
    private const uint GraphSparseConstant = (15 << 3) | 2;
    private const uint NodeOperator = (4 << 3) | 2;
    private const uint NodeAttribute = (5 << 3) | 2;
    private const uint NodeDomain = (7 << 3) | 2;
    private const uint AttributeTensor = (5 << 3) | 2;
    private const uint AttributeGraph = (6 << 3) | 2;
    private const uint AttributeTensors = (10 << 3) | 2;
    private const uint AttributeGraphs = (11 << 3) | 2;
    private const uint AttributeSparseTensor = (22 << 3) | 2;
    private const uint AttributeSparseTensors = (23 << 3) | 2;
    private const uint TensorExternalData = (13 << 3) | 2;
    private const uint EntryKey = (1 << 3) | 2;
    private const uint EntryValue = (2 << 3) | 2;

    private readonly string _file;
    private readonly CodedInputStream _input;

    private GraphGuard(string file, Stream stream)
    {
        _file = file;
        _input = CodedInputStream.CreateWithLimits(stream, int.MaxValue, recursionLimit: 8);
    }

    /// <summary>Checks a file.</summary>
    /// <exception cref="VisionException">The file is missing, not ONNX, or has something that is refused.</exception>
    public static void Check(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            var guard = new GraphGuard(file, stream);
            guard.Each(stream.Length, guard.Model);
        }
        catch (InvalidProtocolBufferException failure)
        {
            throw NotOnnx(file, failure.Message, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new VisionException($"The graph {file} cannot be read: {failure.Message}", failure);
        }
    }

    private void Model(uint tag)
    {
        if (tag == ModelFunction)
        {
            throw Refusal("has functions of its own; export it with its functions inlined");
        }

        Inside(tag == ModelGraph ? Graph : null);
    }

    private void Graph(uint tag)
    {
        if (tag == GraphSparseConstant)
        {
            throw Refusal("has sparse weights");
        }

        if (tag == GraphNode)
        {
            Node();
            return;
        }

        Inside(tag == GraphConstant ? Tensor : null);
    }

    private void Node()
    {
        var (name, domain) = ("", "");
        Each(End(), tag =>
        {
            switch (tag)
            {
                case NodeOperator:
                    name = _input.ReadString();
                    break;
                case NodeDomain:
                    domain = _input.ReadString();
                    break;
                default:
                    Inside(tag == NodeAttribute ? Attribute : null);
                    break;
            }
        });

        // com.microsoft is ONNX Runtime's own: its optimiser writes such nodes.
        if (domain is not ("" or "ai.onnx" or "com.microsoft"))
        {
            throw Refusal($"uses the operator '{name}' of '{domain}', which is not ONNX's or ONNX Runtime's");
        }
    }

    private void Attribute(uint tag)
    {
        if (tag is AttributeGraph or AttributeGraphs)
        {
            throw Refusal("has a graph within a node (If, Loop or Scan), which no vision transformer needs");
        }

        if (tag is AttributeSparseTensor or AttributeSparseTensors)
        {
            throw Refusal("has sparse weights");
        }

        Inside(tag is AttributeTensor or AttributeTensors ? Tensor : null);
    }

    private void Tensor(uint tag)
    {
        if (tag != TensorExternalData)
        {
            _input.SkipLastField();
            return;
        }

        var (key, value) = ("", "");
        Each(End(), field =>
        {
            switch (field)
            {
                case EntryKey:
                    key = _input.ReadString();
                    break;
                case EntryValue:
                    value = _input.ReadString();
                    break;
                default:
                    _input.SkipLastField();
                    break;
            }
        });

        // A file beside the graph has a bare name: that leaves no way out of the folder, nor to the memory that ONNX Runtime knows by a name with slashes.
        if (key == "location" && (value is "" or "." or ".." || value.AsSpan().ContainsAny("/\\:\0") || !File.Exists(Path.Combine(Path.GetDirectoryName(_file)!, value))))
        {
            throw Refusal($"keeps weights in '{value}', which is not a file beside it");
        }
    }

    private void Inside(Action<uint>? field)
    {
        if (field is null)
        {
            _input.SkipLastField();
        }
        else
        {
            Each(End(), field);
        }
    }

    private long End() => _input.ReadLength() + _input.Position;

    private void Each(long end, Action<uint> field)
    {
        while (_input.Position < end)
        {
            var tag = _input.ReadTag();
            if (tag == 0)
            {
                throw NotOnnx("it ends too early");
            }

            field(tag);
        }

        if (_input.Position != end)
        {
            throw NotOnnx("a part is longer than the whole");
        }
    }

    private VisionException NotOnnx(string why) => NotOnnx(_file, why, null);

    private static VisionException NotOnnx(string file, string why, Exception? inner) =>
        new($"{file} is not an ONNX file, or is damaged: {why.TrimEnd('.')}.", inner!);

    private VisionException Refusal(string what) => new($"The graph {_file} {what}. It is not opened.");
}
