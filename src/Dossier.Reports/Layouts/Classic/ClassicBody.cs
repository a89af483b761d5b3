using Dossier.Protocol.Json;
using Dossier.Reports.Data;
using Dossier.Reports.Document;

namespace Dossier.Reports.Layouts.Classic;

/// <summary>The body of a classic report, built of the combinations that recur in it. Values are shown as Python prints them.</summary>
internal sealed class ClassicBody
{
    private readonly DocumentBuilder _document = new();

    public IReadOnlyList<Block> Blocks => _document.Blocks;

    public void Heading(int level, string title) => _document.Heading(level, title);

    public void ErrorHeading(int level) => _document.Heading(level, new Inline.Status(StatusLevel.Error, "Error"));

    public void Absent() => _document.Add(new Block.Absent());

    public void Data(RecordValue value) => _document.Add(new Block.Data(value));

    public void Grid(IReadOnlyList<string> columns, IEnumerable<IEnumerable<RecordValue>> rows) =>
        _document.Table(columns, [.. rows.Select(row => row.Select(value => Value(value, keepsLines: false)).ToList())]);

    /// <summary>A title, then the value's members as a table, or the absent marker. At level 0 the title is a caption.</summary>
    public void KeyValues(int level, string title, RecordValue? value, string name = "Name", string column = "Value")
    {
        if (level == 0)
        {
            _document.Caption(title);
        }
        else
        {
            Heading(level, title);
        }

        KeyValues(value, name, column);
    }

    /// <summary>The value's members as a table, or the absent marker; a value that should have members but has none of that kind is shown as it is.</summary>
    public void KeyValues(RecordValue? value, string name = "Name", string column = "Value")
    {
        if (value is RecordObject { IsEmpty: false } members)
        {
            _document.Table(
                [name, column], [.. members.Select(member => new[] { new Cell.Text(member.Key), Value(member.Value, keepsLines: true) })]);
        }
        else
        {
            DataOrAbsent(value);
        }
    }

    /// <summary>The members that are strings, numbers or truth values. Nulls and containers are not shown there.</summary>
    public void Details(RecordObject members) => KeyValues(
        2, "Details", new RecordObject(members.Where(member => member.Value is RecordText or RecordNumber or RecordBool)));

    /// <summary>The value as JSON, or the absent marker.</summary>
    public void DataOrAbsent(RecordValue? value)
    {
        if (value is null or { IsEmpty: true })
        {
            Absent();
        }
        else
        {
            Data(value);
        }
    }

    private static Cell Value(RecordValue value, bool keepsLines) => value is RecordNumber number
        ? new Cell.Number(number)
        : new Cell.Text(PythonText.Of(value), keepsLines && value is RecordText);
}
