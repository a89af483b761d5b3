using System.Text.Json;
using Dossier.Protocol;

namespace Dossier.Vision.Cli.Serving.Input;

/// <summary>
/// Finds the pictures in a JSON body of MLflow's scoring protocol: exactly one of <c>dataframe_records</c>, <c>dataframe_split</c>, <c>inputs</c> and
/// <c>instances</c>, optionally <c>params</c>; other members are passed over, as MLflow's own server does. Nothing is decoded or copied here.
/// </summary>
internal ref struct JsonInput
{
    private const string Column = "data";
    private const string Forms = "exactly one of 'dataframe_records', 'dataframe_split', 'inputs' and 'instances'";
    private const string WhatAPictureIs = "a picture is a string with the Base64 of a JPEG or PNG file";

    private static readonly string[] Formats = ["dataframe_records", "dataframe_split", "inputs", "instances"];
    private static readonly JsonReaderOptions Options = new() { MaxDepth = 32 };

    private readonly Memory<byte> _body;
    private readonly int _most;
    private readonly List<EncodedPicture> _pictures;
    private Utf8JsonReader _reader;

    private JsonInput(Memory<byte> body, int most)
    {
        _body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        _most = most;
        _pictures = [];
        _reader = new(_body.Span, Options);
    }

    /// <summary>The pictures of a body, in the order of its rows.</summary>
    /// <param name="body">The body.</param>
    /// <param name="most">The most pictures that are taken.</param>
    /// <exception cref="ProtocolException">It is no such request; the message says where.</exception>
    public static List<EncodedPicture> Read(Memory<byte> body, int most)
    {
        try
        {
            var input = new JsonInput(body, most);
            input.ReadRequest();
            return input._pictures;
        }
        catch (JsonException failure)
        {
            throw Refusals.Bad($"The body is no valid JSON (line {failure.LineNumber + 1}, byte {failure.BytePositionInLine + 1}). Send an object with {Forms}.");
        }
        catch (InvalidOperationException)
        {
            throw Refusals.Bad("The body is no valid JSON: a name in it is no valid text.");
        }
    }

    private void ReadRequest()
    {
        _reader.Read();
        if (_reader.TokenType != JsonTokenType.StartObject)
        {
            throw Refusals.Bad($"The body must be a JSON object with {Forms}, not {Kind()}.");
        }

        string? found = null;
        var names = new List<string>();
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString()!;
            _reader.Read();
            if (!Formats.Contains(name))
            {
                RequireParams(name);
                names.Add(Excerpt.Of(name));
                _reader.Skip();
                continue;
            }

            if (found is not null)
            {
                throw Refusals.Bad($"The body has both '{found}' and '{name}': give {Forms}.");
            }

            found = name;
            ReadFormat(name);
        }

        // What follows the object is a fault as well; reading on finds it.
        _ = _reader.Read();
        if (found is null)
        {
            throw Refusals.Bad($"The body must have {Forms}; it has {(names.Count == 0 ? "nothing" : string.Join(", ", names.Take(10)))}.");
        }
    }

    private void ReadFormat(string name)
    {
        switch (name)
        {
            case "dataframe_split":
                ReadSplit(name);
                break;
            case "inputs" when _reader.TokenType == JsonTokenType.StartObject:
                ReadColumns(name);
                break;
            default:
                ReadRows(name, plainToo: name != "dataframe_records");
                break;
        }
    }

    private readonly void RequireParams(string name)
    {
        if (name == "params" && _reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.Null))
        {
            throw Refusals.Bad($"'params' must be a JSON object, not {Kind()}.");
        }
    }

    // [{"data": "…"}, …], and for inputs and instances also ["…", …] and [["…"], …].
    private void ReadRows(string field, bool plainToo)
    {
        Require(JsonTokenType.StartArray, field, "a list of " + (plainToo ? "pictures or of objects with 'data'" : "objects with 'data'"));
        for (var row = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; row++)
        {
            if (_reader.TokenType == JsonTokenType.StartObject)
            {
                ReadRecord(field, row);
            }
            else if (plainToo && _reader.TokenType == JsonTokenType.StartArray)
            {
                _reader.Read();
                Add(field, row, "[0]");
                _reader.Read();
                Require(JsonTokenType.EndArray, $"{field}[{row}]", "a list with one picture");
            }
            else if (plainToo)
            {
                Add(field, row, "");
            }
            else
            {
                Require(JsonTokenType.StartObject, $"{field}[{row}]", "an object {\"data\": \"…\"}");
            }
        }
    }

    private void ReadRecord(string field, int row)
    {
        var found = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPicture = _reader.ValueTextEquals(Column);
            _reader.Read();
            if (!isPicture)
            {
                _reader.Skip();
            }
            else if (found)
            {
                throw Refusals.Bad($"{field}[{row}] has 'data' twice.");
            }
            else
            {
                Add(field, row, "." + Column);
                found = true;
            }
        }

        if (!found)
        {
            throw Refusals.Bad($"{field}[{row}] has no 'data': {WhatAPictureIs}, in the column 'data'.");
        }
    }

    // {"data": ["…", …]}: columns by name.
    private void ReadColumns(string field)
    {
        var found = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var isPicture = _reader.ValueTextEquals(Column);
            _reader.Read();
            if (!isPicture)
            {
                _reader.Skip();
                continue;
            }

            if (found)
            {
                throw Refusals.Bad($"{field} has 'data' twice.");
            }

            found = true;
            if (_reader.TokenType == JsonTokenType.String)
            {
                Add($"{field}.{Column}", 0, "");
            }
            else
            {
                ReadRows($"{field}.{Column}", plainToo: true);
            }
        }

        if (!found)
        {
            throw Refusals.Bad($"{field} has no 'data': {WhatAPictureIs}, in the column 'data'.");
        }
    }

    // {"columns": ["data"], "data": [["…"], …]}; the rows may come first.
    private void ReadSplit(string field)
    {
        Require(JsonTokenType.StartObject, field, "an object {\"columns\": [\"data\"], \"data\": [[\"…\"], …]}");
        (int At, int Count)? column = null;
        Utf8JsonReader rows = default;
        var hasRows = false;
        while (_reader.Read() && _reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = _reader.GetString();
            _reader.Read();
            if (name == "columns")
            {
                column = ReadColumnNames(field + ".columns");
                continue;
            }

            if (name == "data")
            {
                rows = _reader;
                hasRows = true;
            }

            _reader.Skip();
        }

        if (column is not { } at || !hasRows)
        {
            throw Refusals.Bad($"{field} has no '{(hasRows ? "columns" : "data")}': it must be an object {{\"columns\": [\"data\"], \"data\": [[\"…\"], …]}}.");
        }

        var end = _reader;
        _reader = rows;
        ReadTable(field + ".data", at.At, at.Count);
        _reader = end;
    }

    private (int At, int Count) ReadColumnNames(string field)
    {
        Require(JsonTokenType.StartArray, field, "a list of column names");
        var names = new List<string>();
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            Require(JsonTokenType.String, $"{field}[{names.Count}]", "a column's name");
            names.Add(_reader.GetString()!);
        }

        return names.Count(name => name == Column) == 1
            ? (names.IndexOf(Column), names.Count)
            : throw Refusals.Bad($"{field} must have the column 'data' once; it has {Excerpt.Of(string.Join(", ", names))}.");
    }

    private void ReadTable(string field, int column, int count)
    {
        Require(JsonTokenType.StartArray, field, "a list of rows");
        for (var row = 0; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; row++)
        {
            Require(JsonTokenType.StartArray, $"{field}[{row}]", "a row, which is a list");
            var cells = 0;
            for (; _reader.Read() && _reader.TokenType != JsonTokenType.EndArray; cells++)
            {
                if (cells == column)
                {
                    Add(field, row, $"[{column}]");
                }
                else
                {
                    _reader.Skip();
                }
            }

            if (cells != count)
            {
                throw Refusals.Bad($"{field}[{row}] has {cells} values, and there are {count} columns.");
            }
        }
    }

    private readonly void Add(string field, int row, string column)
    {
        if (_reader.TokenType != JsonTokenType.String)
        {
            throw Refusals.Bad($"{field}[{row}]{column} is {Kind()}: {WhatAPictureIs}.");
        }

        if (_pictures.Count == _most)
        {
            throw Refusals.TooManyPictures(_most);
        }

        // The quote is a part of the token, but not of its value.
        var slice = _body.Slice((int)_reader.TokenStartIndex + 1, _reader.ValueSpan.Length);
        _pictures.Add(new(slice, _reader.ValueIsEscaped ? PictureEncoding.EscapedBase64 : PictureEncoding.Base64, field, row, column));
    }

    private readonly void Require(JsonTokenType type, string field, string whatIsRight)
    {
        if (_reader.TokenType != type)
        {
            throw Refusals.Bad($"{field} must be {whatIsRight}, not {Kind()}.");
        }
    }

    private readonly string Kind() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.EndArray => "an empty list",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "nothing",
    };
}
