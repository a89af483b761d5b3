using SkiaSharp;

namespace Dossier.Vision.Boards;

/// <summary>The parts there are, with their pins and pads.</summary>
internal static class Footprints
{
    public static Part Qfp(int perSide)
    {
        const float pitch = 8, width = 4.4f, length = 12;
        var side = perSide * pitch + 2;
        var leads = new List<Lead>();
        for (var n = 0; n < perSide; n++)
        {
            var along = (n - (perSide - 1) / 2f) * pitch;
            leads.Add(new Lead(along, -side / 2, 0, -1, width, length));
            leads.Add(new Lead(along, side / 2, 0, 1, width, length));
            leads.Add(new Lead(-side / 2, along, -1, 0, width, length));
            leads.Add(new Lead(side / 2, along, 1, 0, width, length));
        }

        return Chip(PartKind.Qfp, side, side, leads);
    }

    public static Part Soic(int perSide)
    {
        const float pitch = 10, width = 5.4f, length = 12;
        var height = perSide * pitch + 2;
        var leads = new List<Lead>();
        for (var n = 0; n < perSide; n++)
        {
            var along = (n - (perSide - 1) / 2f) * pitch;
            leads.Add(new Lead(-13, along, -1, 0, width, length));
            leads.Add(new Lead(13, along, 1, 0, width, length));
        }

        return Chip(PartKind.Soic, 26, height, leads);
    }

    /// <summary>A resistor, capacitor or light-emitting diode with two ends.</summary>
    public static Part Chip(PartKind kind, float width, float height)
    {
        var pad = height + 2;
        return new Part
        {
            Kind = kind,
            Width = width,
            Height = height,
            Leads = [],
            Pads = [Around(-width / 2 + 1, 0, 9, pad), Around(width / 2 - 1, 0, 9, pad)],
        };
    }

    public static Part Electrolytic(float radius) => new()
    {
        Kind = PartKind.Electrolytic,
        Width = 2 * radius,
        Height = 2 * radius,
        Leads = [],
        Pads = [Around(-radius + 3, 0, 13, 9), Around(radius - 3, 0, 13, 9)],
    };

    public static Part Crystal() => new()
    {
        Kind = PartKind.Crystal,
        Width = 38,
        Height = 16,
        Leads = [],
        Pads = [Around(-12, 0, 11, 9), Around(12, 0, 11, 9)],
    };

    public static Part Inductor(float side) => new()
    {
        Kind = PartKind.Inductor,
        Width = side,
        Height = side,
        Leads = [],
        Pads = [Around(-side / 2 + 2, 0, 9, side * 0.7f), Around(side / 2 - 2, 0, 9, side * 0.7f)],
    };

    /// <summary>A row of pins that stick out over the board's lower edge.</summary>
    public static Part Header(int pins)
    {
        const float pitch = 20;
        var leads = new List<Lead>();
        var pads = new List<SKRect>();
        for (var n = 0; n < pins; n++)
        {
            var along = (n - (pins - 1) / 2f) * pitch;
            leads.Add(new Lead(along, 6, 0, 1, 8, 34));
            pads.Add(Around(along, -12, 10, 10));
        }

        return new Part { Kind = PartKind.Header, Width = pins * pitch, Height = 12, Leads = leads, Pads = pads };
    }

    private static Part Chip(PartKind kind, float width, float height, List<Lead> leads) => new()
    {
        Kind = kind,
        Width = width,
        Height = height,
        Leads = leads,
        Pads = [.. leads.Select(lead => Around(
            lead.X + lead.OutX * 8, lead.Y + lead.OutY * 8,
            lead.OutX != 0 ? 12 : lead.Width + 1, lead.OutX != 0 ? lead.Width + 1 : 12))],
    };

    private static SKRect Around(float x, float y, float width, float height) =>
        new(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
}
