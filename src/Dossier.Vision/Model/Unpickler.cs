using System.Buffers.Binary;
using System.Text;

namespace Dossier.Vision.Model;

/// <summary>
/// Reads the pickle of weights as <c>torch.save</c> writes it (protocol 2): texts, numbers, tuples, lists, dictionaries, storages and tensors.
/// A pickle is a program; this runs none of it: a name that is not on the list of <see cref="PickleGlobals"/>, or an instruction that weights do not need,
/// ends the reading. Values never outgrow the bytes that made them.
/// </summary>
internal ref struct Unpickler(string source, ReadOnlySpan<byte> code)
{
    // A model of 256 layers, the most that is taken, makes some 4,000 tensors; each leaves about ten entries in the memo.
    private const int MaximumMemo = 1 << 18;
    private const int MaximumStack = 1 << 16;
    private const int MaximumName = 256;

    private readonly ReadOnlySpan<byte> _code = code;
    private readonly List<object?> _stack = [];
    private readonly List<int> _marks = [];
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;

    /// <summary>The value that the pickle makes: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, an array (a tuple),
    /// a list, a dictionary by names, a <see cref="PickleGlobal"/>, <see cref="PickleStorage"/> or <see cref="PickleTensor"/>.</summary>
    public object? Read()
    {
        while (true)
        {
            var instruction = (char)Take(1)[0];
            switch (instruction)
            {
                case '.':
                    return Pop();
                case '\x80':
                    if (Take(1)[0] is var protocol and not 2)
                    {
                        throw Wrong($"is pickle protocol {protocol}; torch.save writes 2");
                    }

                    break;
                case '(':
                    Bounded(_marks.Count, MaximumStack, "marks");
                    _marks.Add(_stack.Count);
                    break;
                case 'c':
                    Push(Global());
                    break;
                case 'i':
                    throw Refused(Name());
                case 'R':
                    var arguments = Pop<object?[]>("a call's arguments");
                    Push(Call(Pop<PickleGlobal>("something to call"), arguments));
                    break;
                case 'Q':
                    Push(Persistent(Pop<object?[]>("a storage's description")));
                    break;
                case 'b':
                    // What is kept beside a state dict (_metadata: versions of modules) is of no use here.
                    Pop();
                    _ = Peek<Dictionary<string, object?>>("a dictionary");
                    break;
                case 's':
                case 'u':
                    SetItems(instruction == 's' ? _stack.Count - 2 : Mark());
                    break;
                case 'a':
                case 'e':
                    Append(instruction == 'a' ? _stack.Count - 1 : Mark());
                    break;
                case 't':
                    Push(PopFrom(Mark()));
                    break;
                case ')':
                    Push(Array.Empty<object?>());
                    break;
                case '\x85' or '\x86' or '\x87':
                    Push(PopFrom(_stack.Count - (instruction - '\x84')));
                    break;
                case ']':
                    Push(new List<object?>());
                    break;
                case '}':
                    Push(new Dictionary<string, object?>());
                    break;
                case 'q':
                    Remember(Take(1)[0]);
                    break;
                case 'r':
                    Remember(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)));
                    break;
                case 'h':
                    Push(Recall(Take(1)[0]));
                    break;
                case 'j':
                    Push(Recall(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                    break;
                default:
                    Push(Constant(instruction));
                    break;
            }
        }
    }

    private object? Constant(char instruction) => instruction switch
    {
        'N' => null,
        '\x88' => true,
        '\x89' => false,
        'K' => (long)Take(1)[0],
        'M' => (long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)),
        'J' => (long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        '\x8a' => Long(Take(Take(1)[0])),
        'G' => BinaryPrimitives.ReadDoubleBigEndian(Take(8)),
        'X' => Text(Take(BinaryPrimitives.ReadUInt32LittleEndian(Take(4)))),
        _ => throw Wrong($"uses the pickle instruction 0x{(int)instruction:x2}, which weights do not need: nothing was run"),
    };

    private PickleGlobal Global()
    {
        var name = Name();
        return PickleGlobals.Find(name) ?? throw Refused(name);
    }

    private string Name()
    {
        var module = Line();
        return $"{module}.{Line()}";
    }

    private string Line()
    {
        var length = _code[_at..].IndexOf((byte)'\n');
        if (length is < 0 or > MaximumName)
        {
            throw Wrong("names something endless");
        }

        var line = Text(Take((uint)length));
        Take(1);
        return line;
    }

    private readonly object Call(PickleGlobal global, object?[] arguments) => (global, arguments) switch
    {
        (PickleGlobal.OrderedDict, []) => new Dictionary<string, object?>(),
        (PickleGlobal.RebuildTensor, [PickleStorage storage, long offset, object?[] shape, object?[] strides, bool, Dictionary<string, object?>, ..]) =>
            PickleTensor.Create(storage, offset, Numbers(shape), Numbers(strides))
                ?? throw Wrong($"holds a tensor that does not fit its storage of {storage.Count} numbers: shape {ViTWeights.Show(Numbers(shape))}, strides {ViTWeights.Show(Numbers(strides))}, offset {offset}"),
        (PickleGlobal.RebuildParameter, [PickleTensor tensor, bool, Dictionary<string, object?>]) => tensor,
        _ => throw Wrong($"calls {global} with unsupported arguments"),
    };

    private readonly PickleStorage Persistent(object?[] id) =>
        id is ["storage", PickleGlobal type, string key, string, long and >= 0 and var count] && PickleGlobals.Element(type) is { } element
            ? new PickleStorage(element, key, count)
            : throw Wrong("describes a storage in a way that is not PyTorch's");

    private void SetItems(int from)
    {
        var items = PopFrom(from);
        var target = Peek<Dictionary<string, object?>>("a dictionary");
        for (var i = 0; i < items.Length; i += 2)
        {
            if (items[i] is not string name || i + 1 == items.Length)
            {
                throw Wrong("has a dictionary whose keys are not texts");
            }

            target[name] = items[i + 1];
        }
    }

    private void Append(int from)
    {
        var items = PopFrom(from);
        Peek<List<object?>>("a list").AddRange(items);
    }

    private readonly long[] Numbers(object?[] values)
    {
        var numbers = new long[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = values[i] is long number ? number : throw Wrong("has a shape that is not of whole numbers");
        }

        return numbers;
    }

    private readonly long Long(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > sizeof(long))
        {
            throw Wrong("has a number of more than 64 bits");
        }

        Span<byte> wide = stackalloc byte[sizeof(long)];
        wide.Fill(bytes.Length > 0 && bytes[^1] >= 0x80 ? (byte)0xff : (byte)0);
        bytes.CopyTo(wide);
        return BinaryPrimitives.ReadInt64LittleEndian(wide);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private ReadOnlySpan<byte> Take(uint count)
    {
        if (count > _code.Length - _at)
        {
            throw Wrong("is cut off");
        }

        var taken = _code.Slice(_at, (int)count);
        _at += (int)count;
        return taken;
    }

    private readonly void Push(object? value)
    {
        Bounded(_stack.Count, MaximumStack, "values at once");
        _stack.Add(value);
    }

    private readonly object? Pop() => PopFrom(_stack.Count - 1)[0];

    private readonly T Pop<T>(string wanted) => Pop() is T value ? value : throw Wrong($"is malformed: {wanted} should come here");

    private readonly T Peek<T>(string wanted) => _stack is [.., T value] ? value : throw Wrong($"is malformed: {wanted} should come here");

    private readonly object?[] PopFrom(int place)
    {
        // Below a mark lies what the mark's owner will take: reaching below it is an error, as in Python.
        if (place < (_marks.Count > 0 ? _marks[^1] : 0))
        {
            throw Wrong("is malformed: it takes more values than there are");
        }

        var values = _stack[place..].ToArray();
        _stack.RemoveRange(place, values.Length);
        return values;
    }

    private readonly int Mark()
    {
        if (_marks.Count == 0)
        {
            throw Wrong("is malformed: a mark is missing");
        }

        var mark = _marks[^1];
        _marks.RemoveAt(_marks.Count - 1);
        return mark;
    }

    private readonly void Remember(uint place)
    {
        Bounded(_memo.Count, MaximumMemo, "remembered values");
        _memo[place] = _stack is [.., var top] ? top : throw Wrong("is malformed: nothing to remember");
    }

    private readonly object? Recall(uint place) =>
        _memo.TryGetValue(place, out var value) ? value : throw Wrong("is malformed: it reads a memo entry that was never written");

    private readonly void Bounded(int count, int most, string what)
    {
        if (count >= most)
        {
            throw Wrong($"has more than {most} {what}");
        }
    }

    private readonly VisionException Refused(string name) =>
        new($"{source} asks for {name}, which no weights need: refused, nothing was run. Only a state dict is read: texts, numbers and tensors of floats.");

    private readonly VisionException Wrong(string what) => new($"{source}: at byte {_at}, its pickle {what}.");
}
