using Dossier.Protocol.Json;

namespace Dossier.Reports.Document;

/// <summary>Collects a report's blocks, with the combinations that recur.</summary>
internal sealed class BlockList
{
    private readonly List<Block> _blocks = [];

    public IReadOnlyList<Block> Blocks => _blocks;

    public void Heading(int level, string title) => _blocks.Add(new Block.Heading(level, title));

    public void Absent() => _blocks.Add(new Block.Absent());

    public void Fence(JsonValue value) => _blocks.Add(new Block.Fence(value));

    public void Grid(IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<JsonValue>> rows) => _blocks.Add(new Block.Grid(columns, rows));

    /// <summary>A title (level 0 is a caption), then the value's members as a table, or the absent marker.</summary>
    public void KeyValues(int level, string title, JsonValue? value, string name = "Name", string column = "Value")
    {
        _blocks.Add(level == 0 ? new Block.Caption(title) : new Block.Heading(level, title));
        KeyValues(value, name, column);
    }

    /// <summary>The value's members as a table, or the absent marker; a value that should have members but has none of that kind is shown as it is.</summary>
    public void KeyValues(JsonValue? value, string name = "Name", string column = "Value")
    {
        switch (value)
        {
            case null or { IsEmpty: true }:
                Absent();
                break;
            case JsonObject members:
                _blocks.Add(new Block.KeyValueTable(name, column, members));
                break;
            default:
                Fence(value);
                break;
        }
    }

    /// <summary>The value as JSON, or the absent marker.</summary>
    public void FenceOrAbsent(JsonValue? value)
    {
        if (value is null or { IsEmpty: true })
        {
            Absent();
        }
        else
        {
            Fence(value);
        }
    }
}
