using Dossier.Protocol.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Dossier.Protocol.Yaml;

/// <summary>
/// Reads one YAML 1.1 document into JSON values from the parser's events alone: no object is ever made from a tag. Size, nesting and the
/// growth through aliases are bounded. Merge keys (<c>&lt;&lt;</c>) are ordinary keys: MLmodel files have none.
/// </summary>
public sealed class YamlReader
{
    /// <summary>The longest text that is read, in characters.</summary>
    public const int MaxLength = 8 * 1024 * 1024;

    // Values, and sixteenths of their characters, after aliases are put in: what a hostile file could blow itself up to.
    private const int MaxWeight = 1_000_000;
    private const int CharactersPerWeight = 16;
    private const int MaxKeyLength = 64 * 1024;

    private readonly Parser _parser;
    private readonly int _maxDepth;
    private readonly Dictionary<string, (RecordValue Value, int Weight, int Height)> _anchors = new(StringComparer.Ordinal);
    private int _weight;

    private YamlReader(string text, int maxDepth)
    {
        _parser = new Parser(new Scanner(new StringReader(text), skipComments: true));
        _maxDepth = maxDepth;
    }

    /// <summary>Reads the only document of a text; an empty text is null.</summary>
    /// <exception cref="FormatException">The text is no such YAML, too long, too deep or too large; the message says where and why.</exception>
    public static RecordValue Parse(string text, int maxDepth = JsonReader.MaxDepth)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            throw new FormatException($"Not readable YAML: it is longer than {MaxLength / 1024 / 1024} Mi characters.");
        }

        try
        {
            return new YamlReader(text, maxDepth).ReadDocument();
        }
        catch (YamlException exception)
        {
            throw new FormatException($"Not YAML at line {exception.Start.Line}, column {exception.Start.Column}: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or IndexOutOfRangeException)
        {
            // The parser's own slips on malformed text are the text's fault for whoever reads it.
            throw new FormatException($"Not YAML: {exception.Message}", exception);
        }
    }

    private RecordValue ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (_parser.TryConsume<StreamEnd>(out _))
        {
            return RecordNull.Value;
        }

        _parser.Consume<DocumentStart>();
        var (value, _) = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<StreamEnd>(out _)
            ? value
            : throw new FormatException("Not readable YAML: it holds more than one document; one is expected.");
    }

    private (RecordValue Value, int Height) ReadNode(int depth)
    {
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return ReadAlias(alias, depth);
        }

        var before = _weight;
        Count(1 + ((_parser.Current as Scalar)?.Value.Length ?? 0) / CharactersPerWeight, _parser.Current!);
        var anchor = _parser.Current is NodeEvent { Anchor.IsEmpty: false } node ? node.Anchor.Value : null;
        if (anchor is not null)
        {
            _anchors.Remove(anchor);
        }

        var read = _parser.Current switch
        {
            Scalar => (ReadScalar(_parser.Consume<Scalar>()), 0),
            SequenceStart start => ReadSequence(start, depth),
            MappingStart start => ReadMapping(start, depth),
            var other => throw Bad(other!, "a value is expected"),
        };
        if (anchor is not null)
        {
            _anchors[anchor] = (read.Item1, _weight - before, read.Item2);
        }

        return read;
    }

    private (RecordValue Value, int Height) ReadAlias(AnchorAlias alias, int depth)
    {
        if (!_anchors.TryGetValue(alias.Value.Value, out var target))
        {
            throw Bad(alias, $"the alias '*{alias.Value.Value}' has no anchor before it, or stands inside it");
        }

        Count(target.Weight, alias);
        return depth + target.Height > _maxDepth ? throw Bad(alias, "it is nested too deeply") : (target.Value, target.Height);
    }

    private (RecordValue Value, int Height) ReadSequence(SequenceStart start, int depth)
    {
        Enter(start, depth, "seq");
        _parser.Consume<SequenceStart>();
        var array = new RecordList();
        var height = 0;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            var (item, below) = ReadNode(depth + 1);
            array.Add(item);
            height = Math.Max(height, below);
        }

        return (array, height + 1);
    }

    private (RecordValue Value, int Height) ReadMapping(MappingStart start, int depth)
    {
        Enter(start, depth, "map");
        _parser.Consume<MappingStart>();
        var members = new RecordObject();
        var height = 0;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var keyEvent = _parser.Current!;
            var key = KeyText(keyEvent, ReadNode(depth + 1).Value);
            var (value, below) = ReadNode(depth + 1);
            members[key] = value;
            height = Math.Max(height, below);
        }

        return (members, height + 1);
    }

    private void Enter(NodeEvent start, int depth, string kind)
    {
        if (depth >= _maxDepth)
        {
            throw Bad(start, "it is nested too deeply");
        }

        if (!start.Tag.IsEmpty && start.Tag.Value != "tag:yaml.org,2002:" + kind)
        {
            throw Bad(start, $"the tag '{start.Tag.Value}' is not supported; plain YAML is");
        }
    }

    private static RecordValue ReadScalar(Scalar scalar)
    {
        if (scalar.Tag.IsEmpty)
        {
            return scalar.Style == ScalarStyle.Plain ? YamlScalar.Resolve(scalar.Value) : new RecordText(scalar.Value);
        }

        // "!" is the non-specific tag: the text as it stands.
        return scalar.Tag.IsNonSpecific ? new RecordText(scalar.Value) : scalar.Tag.Value switch
        {
            "!" or "tag:yaml.org,2002:str" or "tag:yaml.org,2002:timestamp" => new RecordText(scalar.Value),
            "tag:yaml.org,2002:null" => RecordNull.Value,
            "tag:yaml.org,2002:bool" when YamlScalar.Resolve(scalar.Value) is RecordBool truth => truth,
            "tag:yaml.org,2002:int" when YamlScalar.TryNumber(scalar.Value) is { IsInteger: true } number => number,
            "tag:yaml.org,2002:float" when YamlScalar.TryNumber(scalar.Value) is { } number => RecordNumber.Of(number.ToDouble()),
            var tag => throw Bad(scalar, $"the tag '{tag}' is not supported here; plain YAML is"),
        };
    }

    private static string KeyText(ParsingEvent at, RecordValue key) => key switch
    {
        RecordText text when text.Value.Length <= MaxKeyLength => text.Value,
        RecordNumber number => number.Text,
        RecordBool truth => truth.Value ? "true" : "false",
        RecordNull => "null",
        _ => throw Bad(at, "a key must be a short scalar"),
    };

    private void Count(int more, ParsingEvent at)
    {
        _weight += more;
        if (_weight > MaxWeight)
        {
            throw Bad(at, "it has too many values, aliases put in");
        }
    }

    private static FormatException Bad(ParsingEvent at, string why) =>
        new($"Not readable YAML at line {at.Start.Line}, column {at.Start.Column}: {why}.");
}
