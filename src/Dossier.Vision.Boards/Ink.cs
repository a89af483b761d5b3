using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>A canvas in board units with the few strokes that boards are drawn with.</summary>
internal sealed class Ink(SKCanvas canvas) : IDisposable
{
    private readonly SKPaint _fill = new() { IsAntialias = true };
    private readonly SKPaint _stroke = new() { IsAntialias = true, IsStroke = true, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };

    public SKCanvas Canvas => canvas;

    public void Rect(SKRect area, SKColor color, float radius = 0)
    {
        _fill.Color = color;
        canvas.DrawRoundRect(area, radius, radius, _fill);
    }

    public void Rect(SKRect area, SKColor from, SKColor to, float radius, bool down = true)
    {
        using var shader = SKShader.CreateLinearGradient(
            new SKPoint(area.Left, area.Top), down ? new SKPoint(area.Left, area.Bottom) : new SKPoint(area.Right, area.Top), [from, to], SKShaderTileMode.Clamp);
        _fill.Color = SKColors.Black;
        _fill.Shader = shader;
        canvas.DrawRoundRect(area, radius, radius, _fill);
        _fill.Shader = null;
    }

    public void Circle(float x, float y, float radius, SKColor color)
    {
        _fill.Color = color;
        canvas.DrawCircle(x, y, radius, _fill);
    }

    public void Oval(float x, float y, float radiusX, float radiusY, SKColor color)
    {
        _fill.Color = color;
        canvas.DrawOval(x, y, radiusX, radiusY, _fill);
    }

    /// <summary>A disc whose colour runs from the middle to the rim.</summary>
    public void Disc(float x, float y, float radius, params SKColor[] colors) => Ball(x, y, radius, new SKPoint(x, y), radius, colors);

    /// <summary>A disc whose colour runs from a point of its own outwards.</summary>
    public void Ball(float x, float y, float radius, SKPoint from, float reach, params SKColor[] colors)
    {
        using var shader = SKShader.CreateRadialGradient(from, reach, colors, SKShaderTileMode.Clamp);
        _fill.Color = SKColors.Black;
        _fill.Shader = shader;
        canvas.DrawCircle(x, y, radius, _fill);
        _fill.Shader = null;
    }

    public void Ring(float x, float y, float radius, float width, SKColor color)
    {
        Pen(color, width);
        canvas.DrawCircle(x, y, radius, _stroke);
    }

    public void Frame(SKRect area, float width, SKColor color, float radius = 0)
    {
        Pen(color, width);
        canvas.DrawRoundRect(area, radius, radius, _stroke);
    }

    public void Line(float fromX, float fromY, float toX, float toY, float width, SKColor color)
    {
        Pen(color, width);
        canvas.DrawLine(fromX, fromY, toX, toY, _stroke);
    }

    public void Line(ReadOnlySpan<SKPoint> points, float width, SKColor color)
    {
        Pen(color, width);
        using var path = PathOf(points, false);
        canvas.DrawPath(path, _stroke);
    }

    public void Polygon(ReadOnlySpan<SKPoint> points, SKColor color)
    {
        _fill.Color = color;
        using var path = PathOf(points, true);
        canvas.DrawPath(path, _fill);
    }

    public void Dispose()
    {
        _fill.Dispose();
        _stroke.Dispose();
    }

    private static SKPath PathOf(ReadOnlySpan<SKPoint> points, bool close)
    {
        using var builder = new SKPathBuilder();
        builder.AddPoly(points, close);
        return builder.Detach();
    }

    private void Pen(SKColor color, float width)
    {
        _stroke.Color = color;
        _stroke.StrokeWidth = width;
    }
}
